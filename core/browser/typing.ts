import type { Action, ActionError } from "../domain/action.ts";
import type { Call } from "../domain/call.ts";
import type { Acted } from "./acted.ts";
import { press } from "./keys.ts";
import type { HaloPage, Spot } from "./page.ts";

type Typing = Extract<Action, { action: "type" }>;

/** Characters up to which each is a key of its own; of a longer text, or one of several lines, only the last one is. */
const longestKeyed = 64;

/**
 * Types into the field that has focus, whatever frame it lies in, and checks that the text arrived. A newline at the end is
 * Enter. A text that a date or number field cannot hold leaves it as it is. `spot` is where the field was clicked, if it was:
 * the text is then appended.
 */
export async function typeInto(page: HaloPage, action: Typing, spot: Spot | undefined, o: Call): Promise<Acted> {
  const clear = action.clear === true;
  const text = action.text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const isSubmitted = action.submit === true || action.text.endsWith("\n");
  const field = await page.look<"typed" | "ended" | "picked" | "unknown" | "none">(
    "prepare",
    [{ clear, isAppended: spot !== undefined }],
    o,
  );
  if (field === "none") {
    return spot
      ? failed("NOT_EDITABLE", `${inWords(spot)} takes no text`)
      : failed("NO_FOCUS", "no field has focus to type into");
  }
  let missed: Acted = {};
  if (field === "picked") missed = await pick(page, text, o);
  else missed = await write(page, text, { ...o, field, clear });
  if (isSubmitted && !missed.error) await press(page, ["Enter"], o);
  return missed;
}

async function pick(page: HaloPage, text: string, o: Call): Promise<Acted> {
  if (await page.look<boolean>("pick", [text], o)) return {};
  const ways = 'a date is written "2026-07-19" or "07/19/2026", a time "14:30" or "2:30 PM"';
  return failed("VALUE_NOT_PERSISTED", `the field holds no ${JSON.stringify(text)} and keeps what it had; ${ways}`);
}

async function write(
  page: HaloPage,
  text: string,
  o: Call & { readonly field: "typed" | "ended" | "unknown"; readonly clear: boolean },
): Promise<Acted> {
  const isKnown = o.field !== "unknown";
  const keys = isKnown ? await page.look<string | undefined | null>("keysFor", [text, { clear: o.clear }], o) : text;
  if (keys === undefined || keys === null) {
    return failed(
      "VALUE_NOT_PERSISTED",
      `the field holds numbers only, no ${JSON.stringify(text)}, and keeps what it had`,
    );
  }
  if (o.clear && !isKnown) await press(page, ["Control+a"], o);
  if (o.field === "ended") await press(page, ["End"], o);
  if (keys === "" && o.clear) await press(page, ["Delete"], o);
  await strokes(page, keys, o);
  const value = isKnown ? await page.look<string | undefined>("filledValue", [], o) : undefined;
  if (value === undefined || isMasked(value) || hasArrived(keys, value)) return {};
  return failed(
    "VALUE_NOT_PERSISTED",
    `the field holds ${JSON.stringify(value)} after typing ${JSON.stringify(text)}`,
  );
}

/** On our own pages one insertion; on foreign ones key by key, as their listeners expect, each answered before the next. */
async function strokes(page: HaloPage, text: string, o: Call): Promise<void> {
  if (text === "") return;
  if (page.isOwn) return await page.insert(text, o);
  const characters = [...text];
  const isShort = characters.length <= longestKeyed && !text.includes("\n");
  const keyed = isShort ? characters.splice(0) : characters.splice(-1);
  if (characters.length > 0) await page.insert(characters.join(""), o);
  for (const part of partsOf(keyed.join(""))) {
    if (/^[ -~]$/.test(part)) await page.stroke(part, o);
    else await page.compose(part, o);
    await page.look("turn", [], o);
  }
}

/** Keys of a plain keyboard one by one; what lies between them, such as words of other scripts, as a whole. */
const partsOf = (text: string): readonly string[] => text.match(/[ -~]|[^ -~]+/g) ?? [];

/** Masks, case and separators are the field's business: a text has arrived when its letters and digits have. */
function hasArrived(text: string, value: string): boolean {
  const [wanted, found] = [lettersOf(text), lettersOf(value)];
  return wanted === "" ? squeezed(value).includes(squeezed(text)) : found.includes(wanted);
}

const lettersOf = (text: string): string => text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim();
const isMasked = (value: string): boolean => /^•+$/.test(value);
const inWords = ({ role, name }: Spot): string => role === "" ? "what is there" : `${role} "${name}"`;
const failed = (code: ActionError["code"], message: string): Acted => ({ error: { code, message } });
