import type { ActionError } from "../domain/action.ts";
import type { Call } from "../domain/call.ts";
import { isPress, keyName, keysOf, modifierNames } from "../domain/keys.ts";
import type { HaloPage } from "./page.ts";

const modifiers: readonly string[] = modifierNames;

/** An unknown key is an error of the action: an observation, not a fault. */
export interface Pressed {
  readonly error?: ActionError;
}

/** Presses keys one after another. Copy, cut and paste use the page's own clipboard: the real one is shared by all pages. */
export async function press(page: HaloPage, keys: readonly string[], o: Call): Promise<Pressed> {
  for (const key of keys) {
    const chord = chordOf(key);
    if (!isPress(chord)) {
      const message = `there is no key ${
        JSON.stringify(key)
      }; names are those of Playwright, e.g. "Enter", "Control+a"`;
      return { error: { code: "UNKNOWN_KEY", message } };
    }
    if (/^(Control|Meta|ControlOrMeta)\+[cx]$/.test(chord)) {
      page.clipboard = await page.inPage<string>("selected", [], o) || page.clipboard;
    }
    if (/^(Control|Meta|ControlOrMeta)\+v$/.test(chord)) {
      if (await page.inPage<boolean>("paste", [page.clipboard], o) && page.clipboard !== "") {
        await page.insert(page.clipboard, o);
      }
      continue;
    }
    try {
      await page.stroke(chord, o);
    } catch (e) {
      throw page.lost ?? e;
    }
  }
  return {};
}

/**
 * A chord in Playwright's names. Modifiers may be written as people write them, `ctrl` or `Cmd`; with one, a letter means its
 * key, not its capital.
 */
function chordOf(key: string): string {
  const parts = keysOf(key);
  if (parts.length < 2) return key;
  const held = parts.slice(0, -1).map((part) => {
    const name = keyName(part);
    return modifiers.includes(name) ? name : part;
  });
  const last = parts.at(-1)!;
  return [...held, last.length === 1 && !held.includes("Shift") ? last.toLowerCase() : last].join("+");
}
