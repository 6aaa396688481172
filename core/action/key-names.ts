import { isPress, keyName, keyNames, keysByShortName, modifierNames } from "../domain/keys.ts";
import { Refusal, shown } from "./refusal.ts";

/** The name that halo prints of each key: the first one of the table. */
const shortNames = new Map<string, string>();
for (const [short, name] of Object.entries(keysByShortName)) if (!shortNames.has(name)) shortNames.set(name, short);

const modifiers: readonly string[] = modifierNames;

/**
 * Keys held together, as the foreign dialects list them, as presses: modifiers and one key are a chord, plain keys are
 * pressed one after another, and anything between the two is ambiguous. A capital in a chord is its key: Shift is said.
 */
export function pressesOf(held: readonly string[], at: string): readonly string[] | Refusal {
  const names = held.map(keyName);
  const plain = names.filter((name) => !modifiers.includes(name));
  if (plain.length === names.length || names.length === 1) return names;
  const isChord = plain.length <= 1 && !names.slice(0, -1).some((name) => !modifiers.includes(name)) &&
    !plain.some((name) => name.length > 1 && name.includes("+"));
  if (isChord) return [names.map((name) => name.length === 1 ? name.toLowerCase() : name).join("+")];
  return new Refusal("AMBIGUOUS", `${at}: expected modifiers and one key, got ${shown(held.join(" "))}`);
}

/**
 * The names of keys that words spell in other ways: `ctrl+a`, `Ctrl A`, `ctrl-a`, `page down`, `ctrl, c`. Undefined when a
 * part of them names no key.
 */
export function namesIn(words: readonly string[]): readonly string[] | undefined {
  const parts = words.flatMap((word) => word.length > 60 ? [word] : partsOf(word));
  const names: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    const both = `${parts[i]}_${parts[i + 1]}`.toLowerCase();
    const isOne = i + 1 < parts.length && Object.hasOwn(keysByShortName, both);
    const name = keyName(isOne ? both : parts[i]!);
    if (!keyNames.has(name)) return undefined;
    if (isOne) i++;
    names.push(name);
  }
  return names.length === 0 ? undefined : names;
}

function partsOf(word: string): readonly string[] {
  if (keyNames.has(keyName(word))) return [word];
  // The last plus of "ctrl++" and the last minus of "ctrl--" are the key.
  return word.trim().split(/\s*\+\s*(?=.)|\s*,\s*(?=.)|\s+|(?<=\w)-(?=.)/).filter((part) => part !== "");
}

/**
 * Presses with the browser's names, each by itself; undefined when nothing is to mend or a part names no key. A modifier
 * between other presses is ambiguous: it may be meant to be held.
 */
export function mendPresses(presses: readonly string[]): readonly string[] | Refusal | undefined {
  if (presses.every(isPress)) return undefined;
  const mended: string[] = [];
  for (const press of presses) {
    const names = isPress(press) ? undefined : namesIn([press]);
    if (names === undefined && !isPress(press)) return undefined;
    const own = names === undefined ? [press] : pressesOf(names, `"keys"`);
    if (own instanceof Refusal) return own;
    mended.push(...own);
  }
  const isHeld = mended.length > 1 && mended.some((press) => modifiers.includes(press));
  return isHeld
    ? new Refusal("AMBIGUOUS", `"keys": held together or one after another: ${shown(mended.join(" "))}`)
    : mended;
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

/** The first press of an action that the browser has no key for. */
export function unknownPress(presses: readonly string[]): string | undefined {
  return presses.find((press) => !isPress(press));
}
