import { Refusal, shown } from "./refusal.ts";

/** Playwright's key names by the lower-case names that models print. The first name of a key is the one halo prints. */
const byShortName: Readonly<Record<string, string>> = {
  ctrl: "Control",
  control: "Control",
  shift: "Shift",
  alt: "Alt",
  option: "Alt",
  meta: "Meta",
  cmd: "Meta",
  command: "Meta",
  win: "Meta",
  super: "Meta",
  enter: "Enter",
  return: "Enter",
  esc: "Escape",
  escape: "Escape",
  tab: "Tab",
  space: "Space",
  backspace: "Backspace",
  delete: "Delete",
  del: "Delete",
  insert: "Insert",
  home: "Home",
  end: "End",
  pageup: "PageUp",
  page_up: "PageUp",
  pgup: "PageUp",
  pagedown: "PageDown",
  page_down: "PageDown",
  pgdn: "PageDown",
  up: "ArrowUp",
  arrowup: "ArrowUp",
  down: "ArrowDown",
  arrowdown: "ArrowDown",
  left: "ArrowLeft",
  arrowleft: "ArrowLeft",
  right: "ArrowRight",
  arrowright: "ArrowRight",
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`f${i + 1}`, `F${i + 1}`])),
};

const shortNames = new Map<string, string>();
for (const [short, name] of Object.entries(byShortName)) if (!shortNames.has(name)) shortNames.set(name, short);

const modifiers = ["Control", "Shift", "Alt", "Meta", "ControlOrMeta"];

/** Playwright's name of one key; names it does not know pass as they are, the browser answers for them. */
export function keyName(short: string): string {
  const lower = short.toLowerCase();
  return Object.hasOwn(byShortName, lower) ? byShortName[lower]! : short;
}

/**
 * Keys held down together, as both foreign dialects list them, as presses: modifiers and one key are a chord, plain keys
 * are pressed one after another, and anything between the two is ambiguous.
 */
export function pressesOf(held: readonly string[], at: string): readonly string[] | Refusal {
  const names = held.map(keyName);
  const plain = names.filter((name) => !modifiers.includes(name));
  if (plain.length === names.length || names.length === 1) return names;
  const isChord = plain.length <= 1 && !names.slice(0, -1).some((name) => !modifiers.includes(name)) &&
    !plain.some((name) => name.length > 1 && name.includes("+"));
  if (isChord) return [names.join("+")];
  return new Refusal("AMBIGUOUS", `${at}: expected modifiers and one key, got ${shown(held.join(" "))}`);
}

/** Presses as keys held together, in short names; undefined when the dialect would read them as something else. */
export function heldFor(presses: readonly string[]): readonly string[] | undefined {
  const only = presses.length === 1 ? presses[0]! : undefined;
  const parts = only === undefined || only === "+" ? presses : only.endsWith("++") ? undefined : only.split("+");
  const held = parts?.map((name) => shortNames.get(name) ?? name);
  if (held === undefined || held.some((name) => name === "")) return undefined;
  const back = pressesOf(held, "");
  const isSame = !(back instanceof Refusal) && JSON.stringify(back) === JSON.stringify(presses);
  return isSame ? held : undefined;
}
