import type { Action, ActionError } from "../domain/action.ts";
import type { Call } from "../domain/call.ts";
import type { Acted } from "./acted.ts";
import { press } from "./keys.ts";
import type { HaloPage, Spot } from "./page.ts";

type Typing = Extract<Action, { action: "type" }>;

/** Characters up to which each is a key of its own; a longer text, or one of several lines, is one insertion. */
const longestKeyed = 64;

/**
 * Types into the field that has focus, whatever frame it lies in, and checks that the text arrived. A newline at the end is
 * Enter unless `submit` says otherwise. A text that a date or number field cannot hold leaves it as it is. `spot` is where the
 * field was clicked, if it was: the text is then appended.
 */
export async function typeInto(page: HaloPage, action: Typing, spot: Spot | undefined, o: Call): Promise<Acted> {
  const clear = action.clear === true;
  const whole = action.text.replace(/\r\n?/g, "\n");
  const isEnded = action.submit === undefined && whole.endsWith("\n");
  const text = isEnded ? whole.slice(0, -1) : whole;
  const isSubmitted = isEnded || action.submit === true;
  const field = await page.inPage<"typed" | "ended" | "picked" | "unknown" | "none">(
    "prepare",
    [{ clear, isAppended: spot !== undefined }],
    o,
  );
  if (field === "none") {
    return spot
      ? failed("NOT_EDITABLE", `${inWords(spot)} takes no text`)
      : failed("NO_FOCUS", "no field has focus to type into");
  }
  const { isRefused, ...typed }: Typed = field === "picked"
    ? await pick(page, text, o)
    : await write(page, text, { ...o, field, clear });
  if (isSubmitted && !isRefused) await press(page, ["Enter"], o);
  return typed;
}

/** `isRefused`: the field is as it was. */
type Typed = Acted & { readonly isRefused?: true };
const refused = (message: string): Typed => ({ isRefused: true, ...failed("VALUE_NOT_PERSISTED", message) });

async function pick(page: HaloPage, text: string, o: Call): Promise<Typed> {
  if (await page.inPage<boolean>("pick", [text], o)) return {};
  const ways = 'a date is written "2026-07-19" or "07/19/2026", a time "14:30" or "2:30 PM"';
  return refused(`the field holds no ${JSON.stringify(text)} and keeps what it had; ${ways}`);
}

async function write(
  page: HaloPage,
  text: string,
  o: Call & { readonly field: "typed" | "ended" | "unknown"; readonly clear: boolean },
): Promise<Typed> {
  const isKnown = o.field !== "unknown";
  const keys = isKnown ? await page.inPage<string | undefined | null>("keysFor", [text, { clear: o.clear }], o) : text;
  if (keys === undefined || keys === null) {
    return refused(`the field holds numbers only, no ${JSON.stringify(text)}, and keeps what it had`);
  }
  if (o.clear && !isKnown) await press(page, ["Control+a"], o);
  if (o.field === "ended") await press(page, ["End"], o);
  if (keys === "" && o.clear) await press(page, ["Delete"], o);
  await strokes(page, keys, o);
  const value = isKnown ? await page.inPage<string | undefined>("filledValue", [], o) : undefined;
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
  if (text.includes("\n") && await page.inPage<boolean>("isRich", [], o)) return await lines(page, text.split("\n"), o);
  if ([...text].length > longestKeyed || text.includes("\n")) return await page.compose(text, o);
  for (const part of partsOf(text)) {
    if (/^[ -~]$/.test(part)) await page.stroke(part, o);
    else await page.compose(part, o);
    await page.inPage("turn", [], o);
  }
}

/** In an editable region an inserted newline would begin a paragraph, which reads as two; a line break reads as one. */
async function lines(page: HaloPage, texts: readonly string[], o: Call): Promise<void> {
  for (const [i, text] of texts.entries()) {
    if (i > 0) await page.inPage("breakLine", [], o);
    if (text !== "") await page.compose(text, o);
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
