/** The names of keys as the browser knows them: what the parser checks and the browser presses by. */
const named = [
  "Escape F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12",
  "Backquote Minus Equal Backslash Backspace Tab BracketLeft BracketRight CapsLock Semicolon Quote Enter",
  "Comma Period Slash Space ContextMenu PrintScreen ScrollLock Pause PageUp PageDown Insert Delete Home End",
  "ArrowLeft ArrowUp ArrowRight ArrowDown",
  "Digit0 Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9",
  "Shift ShiftLeft ShiftRight Control ControlLeft ControlRight ControlOrMeta",
  "Alt AltLeft AltRight AltGraph Meta MetaLeft MetaRight",
  "NumLock NumpadDivide NumpadMultiply NumpadSubtract NumpadAdd NumpadDecimal NumpadEnter",
  "Numpad0 Numpad1 Numpad2 Numpad3 Numpad4 Numpad5 Numpad6 Numpad7 Numpad8 Numpad9",
  "AudioVolumeMute AudioVolumeDown AudioVolumeUp MediaTrackNext MediaTrackPrevious MediaPlayPause",
].flatMap((row) => row.split(" "));

/** Characters from space to tilde stand for themselves. */
const characters = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const letters = characters.filter((c) => c >= "A" && c <= "Z").map((letter) => `Key${letter}`);

/** Every name of a key that the browser knows. */
export const keyNames: ReadonlySet<string> = new Set([...named, ...letters, ...characters]);

/** Keys that are held while another is pressed. */
export const modifierNames = ["Control", "Shift", "Alt", "Meta", "ControlOrMeta"] as const;

/** The browser's key names by the lower-case names that models and people write. The first name of a key is the one halo prints. */
export const keysByShortName: Readonly<Record<string, string>> = {
  ctrl: "Control",
  esc: "Escape",
  up: "ArrowUp",
  down: "ArrowDown",
  left: "ArrowLeft",
  right: "ArrowRight",
  ...Object.fromEntries([...keyNames].filter((name) => name.length > 1).map((name) => [name.toLowerCase(), name])),
  ...spelled({
    Control: "control_l control_r ctrl_l ctrl_r ⌃",
    Shift: "shift_l shift_r ⇧",
    Alt: "option alt_l alt_r ⌥",
    Meta: "cmd command win windows super super_l super_r ⌘",
    Enter: "return kp_enter ⏎ ↵",
    Backspace: "back_space ⌫",
    Delete: "del",
    Insert: "ins",
    Space: "spacebar space_bar",
    PageUp: "page_up pgup",
    PageDown: "page_down pgdn pgdown",
    ArrowUp: "arrow_up up_arrow ↑",
    ArrowDown: "arrow_down down_arrow ↓",
    ArrowLeft: "arrow_left left_arrow ←",
    ArrowRight: "arrow_right right_arrow →",
    CapsLock: "caps_lock",
    NumLock: "num_lock",
    ScrollLock: "scroll_lock",
    PrintScreen: "print_screen",
    ContextMenu: "context_menu",
    "+": "plus",
  }),
  "\n": "Enter",
};

function spelled(table: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, others]) => others.split(" ").map((other) => [other, name])),
  );
}

/** The browser's name of one key; a name that is not known is returned as it is. */
export function keyName(short: string): string {
  const lower = short.toLowerCase();
  return short.length > 0 && Object.hasOwn(keysByShortName, lower) ? keysByShortName[lower]! : short;
}

/** The keys of one press, `Control+a` or `Control++`, in the order they go down. */
export function keysOf(press: string): readonly string[] {
  const keys = [""];
  for (const c of press) {
    if (c === "+" && keys.at(-1) !== "") keys.push("");
    else keys[keys.length - 1] += c;
  }
  return keys;
}

/** True when the browser knows every key of a press. */
export function isPress(press: string): boolean {
  return keysOf(press).every((key) => keyNames.has(key));
}
