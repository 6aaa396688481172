import type { Action, Parsed } from "../domain/action.ts";
import { type Candidate, candidates, type Ladder, marks, type Spoken } from "./candidates.ts";
import { canonicalAction } from "./canonical.ts";
import { mendAmounts } from "./mend-amounts.ts";
import { mendValues, type Screen } from "./mend-values.ts";
import { renamed } from "./names.ts";
import { checkAction, maxActionLength } from "./parse.ts";
import { qwen } from "./qwen.ts";
import { type Fields, quoted, Refusal } from "./refusal.ts";
import { type RepairStep, repairSteps } from "./steps.ts";
import { thoughtEnd } from "./thoughts.ts";
import { actionMark, uiTars } from "./ui-tars.ts";
import { type Read, unwrap } from "./unwrap.ts";
import { wholeText } from "./whole-text.ts";

/** What the ladder made of an output, and the rungs it took in their order. */
export interface Repair {
  readonly parsed: Parsed;
  readonly steps: readonly RepairStep[];
}

/**
 * Reads an output that is not valid as written, by the rungs of `repairSteps`. Each rung changes how the action is written,
 * none chooses between two actions: several different readings are AMBIGUOUS, a value that is cut off is CUT_OFF.
 */
export function repairOutput(text: string, o: { readonly dialect: Spoken; readonly screen?: Screen }): Repair {
  const ladder: Ladder = { dialect: o.dialect, screen: o.screen, steps: new Set() };
  const action = climb(text, ladder);
  if (action instanceof Refusal) {
    return { parsed: { ok: false, code: action.code, message: action.message }, steps: [] };
  }
  const steps = (Object.keys(repairSteps) as RepairStep[]).filter((step) => ladder.steps.has(step));
  return { parsed: { ok: true, action, repairs: steps.length }, steps };
}

function climb(text: string, ladder: Ladder): Action | Refusal {
  if (text.length > maxActionLength) {
    return new Refusal("TOO_LONG", `expected at most ${maxActionLength} characters, got ${text.length}`);
  }
  const body = answer(text, ladder);
  if (body instanceof Refusal) return body;
  const found = candidates(body, ladder);
  if (found instanceof Refusal) return found;
  const after = noteWrapping(body, { found, ladder });
  const isOpen = found.some((one) => one.isOpen);
  const actions = found.map((one) => {
    const action = resolve(one, ladder);
    return action instanceof Refusal ? action : wholeText(action, { after, steps: ladder.steps, isOpen });
  });
  const wrong = actions.find((one) => one instanceof Refusal);
  if (wrong) {
    return actions.length === 1 ? wrong : new Refusal("AMBIGUOUS", `expected one action, got ${actions.length}`);
  }
  const distinct = new Set((actions as Action[]).map(canonicalAction));
  if (distinct.size > 1) return new Refusal("AMBIGUOUS", `expected one action, got ${distinct.size} different ones`);
  if (actions.length > 1) ladder.steps.add("repeat");
  return actions[0]!;
}

/** What is left of an output without marks and thoughts. */
function answer(text: string, { dialect, steps }: Ladder): string | Refusal {
  let body = text.trim().replace(/^[\ufeff\u200b\s]+/, "");
  for (let isTrimmed = true; isTrimmed;) {
    const mark = endMarks.find((one) => body.endsWith(one));
    isTrimmed = mark !== undefined;
    if (mark !== undefined) body = body.slice(0, -mark.length).trimEnd();
  }
  const start = text.indexOf(body);
  if (/[^ \t\r\n]/.test(text.slice(0, start) + text.slice(start + body.length))) steps.add("marks");
  const end = thoughtEnd(body);
  if (end === body.length && !/<\/\w+>$/.test(body)) {
    return new Refusal("CUT_OFF", "the output ends inside its thoughts");
  }
  if (end !== undefined) {
    body = body.slice(end).trim();
    if (dialect === "halo") steps.add("think");
  }
  return body === "" ? new Refusal("EMPTY", "expected an action, got nothing") : body;
}

const endMarks = ["<|im_end|>", "<|endoftext|>", "<|eot_id|>", "</s>", "[EOS]", "\u200b", "\ufeff"];

/** Notes the rungs for what stands around the actions, and returns what follows each. Text before the action is part of both foreign dialects. */
function noteWrapping(
  body: string,
  { found, ladder: { dialect, steps } }: { readonly found: readonly Candidate[]; readonly ladder: Ladder },
): readonly string[] {
  const { isCall } = found[0]!;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, steps: used } of found) {
    parts.push(body.slice(at, start));
    at = end;
    for (const step of used) steps.add(step);
  }
  const [before, ...after] = [...parts, body.slice(at)];
  const opened = body.split("<tool_call>").length - 1;
  const closed = body.split("</tool_call>").length - 1;
  const isAgreed = (dialect === "qwen" || dialect === "qwen-xml") && !isCall;
  if (isAgreed ? opened !== 1 || closed !== 1 : dialect === "halo" && (opened > 0 || closed > 0)) steps.add("tags");
  if (dialect === "ui-tars" && isCall && actionMark(body) === undefined) steps.add("tags");
  if (body.includes("```") && [before, ...after].some((part) => part!.includes("```"))) steps.add("fence");
  const bare = (part: string) => part.replace(/```[A-Za-z]*|<\/?tool_call>|<\/function>/g, "").trim();
  const lead = bare(before!);
  const isLed = isCall ? lead.replace(/(?:^|\n)[ \t]*Action:$/, "").trim() !== "" : lead !== "";
  const rest = after.map((part) => bare(isCall ? part.replace(marks, "") : part)).join("");
  if (lead === "[" || (lead.endsWith("[") && rest.startsWith("]"))) steps.add("list");
  else if (isLed && dialect === "halo" && !isCall) steps.add("prose");
  if (lead.endsWith("[") && lead !== "[" && dialect === "halo") steps.add("prose");
  const loose = lead.endsWith("[") ? rest.replace(/^[,]*\]/, "") : rest;
  if (loose !== "") steps.add(/^[\s{}[\])"'`;,.]+$/.test(loose) ? "braces" : "prose");
  return after;
}

function resolve(one: Candidate, ladder: Ladder): Action | Refusal {
  const { steps } = ladder;
  if (one.fields instanceof Refusal) return one.fields;
  const read: Read | Refusal = one.isCall ? { fields: one.fields, form: "ui-tars" } : unwrap(one.fields, ladder);
  if (read instanceof Refusal) return read;
  const { form } = read;
  const named = renamed(read.fields, { form, steps });
  if (isClash(named)) return new Refusal("AMBIGUOUS", `field ${quoted(named.clash)} has two values`);
  const fields = form === "halo"
    ? named
    : (form === "qwen" ? qwen : uiTars).toHalo(mendAmounts(named, { form, steps }));
  if (fields instanceof Refusal) return fields;
  const mended = mendValues(fields, ladder);
  return mended instanceof Refusal ? mended : checkAction(mended);
}

function isClash(value: Fields | { readonly clash: string }): value is { readonly clash: string } {
  return Object.keys(value).length === 1 && typeof value.clash === "string";
}
