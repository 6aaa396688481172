import type { ActionError } from "../domain/action.ts";
import type { Call } from "../domain/call.ts";
import { isPress } from "../domain/keys.ts";
import type { HaloPage } from "./page.ts";
import { within } from "../util/within.ts";

/** An unknown key is an error of the action: an observation, not a fault. */
export interface Pressed {
  readonly error?: ActionError;
}

/** Presses keys one after another. Copy, cut and paste use the page's own clipboard: the real one is shared by all pages. */
export async function press(page: HaloPage, keys: readonly string[], o: Call): Promise<Pressed> {
  for (const key of keys) {
    if (!isPress(key)) {
      const message = `there is no key ${
        JSON.stringify(key)
      }; names are those of Playwright, e.g. "Enter", "Control+a"`;
      return { error: { code: "UNKNOWN_KEY", message } };
    }
    const chord = key.split("+").map((part) => part.length === 1 ? part.toLowerCase() : part).join("+");
    if (/^(Control|Meta|ControlOrMeta)\+[cx]$/.test(chord)) {
      page.clipboard = await page.look<string>("selected", [], o) || page.clipboard;
    }
    if (/^(Control|Meta|ControlOrMeta)\+v$/.test(chord)) {
      if (await page.look<boolean>("paste", [page.clipboard], o) && page.clipboard !== "") {
        await page.insert(page.clipboard, o);
      }
      continue;
    }
    try {
      await within(page.page.keyboard.press(key), o.signal);
    } catch (e) {
      throw page.lost ?? e;
    }
  }
  return {};
}
