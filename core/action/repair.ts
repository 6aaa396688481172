import type { Action, Parsed } from "../domain/action.ts";
import { readCall } from "./call-reader.ts";
import { canonicalAction } from "./canonical.ts";
import { findObjects, type FoundObject } from "./loose-json.ts";
import { mendValues, numberOf, type Screen } from "./mend-values.ts";
import { type Form, isActionLike, renamed, shows, verbIn, wrapped } from "./names.ts";
import { checkAction, maxActionLength } from "./parse.ts";
import { qwen } from "./qwen.ts";
import { type Fields, isObject, quoted, Refusal } from "./refusal.ts";
import { type RepairStep, repairSteps } from "./steps.ts";
import { actionMark, argumentsOf, uiTars } from "./ui-tars.ts";

/** What the ladder made of an output, and the rungs it took in their order. */
export interface Repair {
  readonly parsed: Parsed;
  readonly steps: readonly RepairStep[];
}

/** One action found in a text. */
interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly steps: ReadonlySet<RepairStep>;
  readonly isCall: boolean;
  readonly fields: Fields | Refusal;
}

interface Ladder {
  readonly dialect: Form;
  readonly screen: Screen | undefined;
  readonly steps: Set<RepairStep>;
}

/**
 * Reads an output that is not valid as written, by the rungs of `repairSteps`. Each rung changes how the action is written,
 * none chooses between two actions: several different readings are AMBIGUOUS, a value that is cut off is CUT_OFF.
 */
export function repairOutput(text: string, o: { readonly dialect: Form; readonly screen?: Screen }): Repair {
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
  noteWrapping(body, { found, ladder });
  const actions = found.map((one) => resolve(one, ladder));
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
  const end = body.lastIndexOf("</think>");
  if (end >= 0) {
    body = body.slice(end + 8).trim();
    if (dialect === "halo") steps.add("think");
  } else if (body.startsWith("<think>")) return new Refusal("CUT_OFF", "the output ends inside its thoughts");
  return body === "" ? new Refusal("EMPTY", "expected an action, got nothing") : body;
}

const endMarks = ["<|im_end|>", "<|endoftext|>", "<|eot_id|>", "</s>", "[EOS]", "\u200b", "\ufeff"];

function candidates(body: string, ladder: Ladder): readonly Candidate[] | Refusal {
  const { dialect, steps } = ladder;
  const calls = findCalls(body, { isMarked: true });
  const objects = () => {
    const read = findObjects(body);
    if (read.found.length > 0 || read.failure || !/^["'“]?action["'”]?\s*:/.test(body)) return read;
    const opened = findObjects(`{${body}`);
    const found = opened.found.map((one): FoundObject => ({
      ...one,
      start: Math.max(0, one.start - 1),
      end: one.end - 1,
      steps: new Set([...one.steps, "braces"]),
    }));
    return { ...opened, found };
  };
  if (dialect === "ui-tars" && calls.length > 0) return calls;
  const { found, failure } = objects();
  const acting = found.filter(({ value }) => isActionLike(value));
  if (failure && (acting.length > 0 || calls.length === 0)) return failure;
  if (acting.length > 0 && calls.length > 0) {
    return new Refusal("AMBIGUOUS", "expected one action, got an object and a call");
  }
  const others = calls.length > 0 || acting.length > 0 ? calls : findCalls(body, { isMarked: false });
  const chosen = dialect === "ui-tars"
    ? (others.length > 0 && acting.length === 0 ? others : toCandidates(acting))
    : acting.length > 0
    ? toCandidates(acting)
    : others;
  if (chosen.length === 0) {
    return found.length > 0
      ? new Refusal("MISSING_FIELD", `field "action" is missing`)
      : new Refusal("PARSE", `expected one action, got ${quoted(body)}`);
  }
  if (chosen[0]!.isCall !== (dialect === "ui-tars")) steps.add("dialect");
  return chosen;
}

function toCandidates(objects: readonly FoundObject[]): readonly Candidate[] {
  return objects.map(({ value, start, end, steps }) => ({ start, end, steps, isCall: false, fields: value }));
}

/** Calls after `Action:`, or, unmarked, calls of a known verb at the start of a line. */
function findCalls(body: string, { isMarked }: { readonly isMarked: boolean }): readonly Candidate[] {
  const found: Candidate[] = [];
  const first = actionMark(body);
  if (isMarked && first === undefined) return found;
  const starts = isMarked ? /(?:^|\n)[ \t]*Action:[ \t\n]*/g : /(?:^|\n)[ \t]*(?=[A-Za-z_]{3,20}\()/g;
  for (let match = starts.exec(body); match; match = starts.exec(body)) {
    let from = match.index + match[0].length;
    if (starts.lastIndex === match.index) starts.lastIndex++;
    for (;;) {
      const steps = new Set<RepairStep>();
      const call = readCall(body, { from, steps });
      if (call instanceof Refusal) {
        // Text that is no call at all is prose; a call that breaks off is not.
        if (isCallStart(body.slice(from, from + 40))) {
          found.push({ start: from, end: body.length, steps, isCall: true, fields: call });
          starts.lastIndex = body.length;
        }
        break;
      }
      if (verbIn("ui-tars", call.name) === undefined && !isMarked) break;
      found.push({ start: from, end: call.end, steps, isCall: true, fields: argumentsOf(call) });
      from = call.end;
      while (from < body.length && " \t\r\n;".includes(body[from]!)) from++;
      starts.lastIndex = call.end;
      if (!isCallStart(body.slice(from, from + 40))) break;
    }
  }
  return found;
}

function isCallStart(text: string): boolean {
  const name = /^([A-Za-z_]{3,20})\s*\(/.exec(text)?.[1];
  return verbIn("ui-tars", name) !== undefined;
}

/** Notes the rungs for what stands around the actions. Text before the action is part of both foreign dialects. */
function noteWrapping(
  body: string,
  { found, ladder: { dialect, steps } }: { readonly found: readonly Candidate[]; readonly ladder: Ladder },
): void {
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
  const isAgreed = dialect === "qwen" && !isCall;
  if (isAgreed ? opened !== 1 || closed !== 1 : dialect === "halo" && (opened > 0 || closed > 0)) steps.add("tags");
  if (dialect === "ui-tars" && isCall && actionMark(body) === undefined) steps.add("tags");
  if (body.includes("```") && [before, ...after].some((part) => part!.includes("```"))) steps.add("fence");
  const bare = (part: string) => part.replace(/```[A-Za-z]*|<\/?tool_call>/g, "").trim();
  const lead = bare(before!);
  const isLed = isCall ? lead.replace(/(?:^|\n)[ \t]*Action:$/, "").trim() !== "" : lead !== "";
  const rest = after.map((part) => bare(isCall ? part.replace(/(?:^|\n)[ \t]*Action:/g, "") : part)).join("");
  if (lead === "[" || (lead.endsWith("[") && rest.startsWith("]"))) steps.add("list");
  else if (isLed && dialect === "halo" && !isCall) steps.add("prose");
  if (lead.endsWith("[") && lead !== "[" && dialect === "halo") steps.add("prose");
  const loose = lead.endsWith("[") ? rest.replace(/^[,]*\]/, "") : rest;
  if (loose !== "") steps.add(/^[\s{}[\])"'`;,.]+$/.test(loose) ? "braces" : "prose");
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

/** Amounts that are converted before they are checked, and values whose form decides how a list is read. */
function mendAmounts(
  fields: Fields,
  { form, steps }: { readonly form: "qwen" | "ui-tars"; readonly steps: Set<RepairStep> },
): Fields {
  const out: Record<string, unknown> = { ...fields };
  for (const name of ["pixels", "time", "ms"]) {
    const number = typeof out[name] === "string" ? numberOf(out[name]) : undefined;
    if (number === undefined) continue;
    out[name] = number;
    steps.add("number");
  }
  for (const name of ["status", "direction"]) {
    const word = out[name];
    const lower = typeof word === "string" ? word.trim().toLowerCase() : word;
    if (lower === word) continue;
    out[name] = lower;
    steps.add("verb");
  }
  if (form === "qwen" && out.action === "key" && typeof out.keys === "string") {
    out.keys = out.keys.length > 1 && out.keys.length < 60 ? out.keys.split("+") : [out.keys];
    steps.add("item");
  }
  if (form === "ui-tars" && Array.isArray(out.key) && out.key.every((key) => typeof key === "string")) {
    out.key = out.key.join(" ");
    steps.add("item");
  }
  return out;
}

interface Read {
  readonly fields: Fields;
  readonly form: Form;
}

/** The fields inside the wrapper that the dialect has, lacks or should not have, and whose names they carry. */
function unwrap(value: Fields, ladder: Ladder): Read | Refusal {
  const { dialect, steps } = ladder;
  const own: "halo" | "qwen" = dialect === "qwen" ? "qwen" : "halo";
  let fields = value;
  if (isObject(fields.function)) {
    fields = fields.function;
    steps.add("nesting");
  }
  const argsKey = ["arguments", "parameters", "args"].find((key) => Object.hasOwn(fields, key));
  if (argsKey !== undefined && typeof fields.name === "string") {
    const { name, [argsKey]: written, ...rest } = fields;
    const isTool = (name as string).trim().toLowerCase() === "computer_use";
    const args = typeof written === "string" ? inner(written) : written;
    if (!isObject(args)) return new Refusal("SCHEMA", `"${argsKey}": expected an object`);
    const extra = Object.keys(rest).find((key) => key !== "id" && key !== "type");
    if (extra !== undefined) return new Refusal("UNKNOWN_FIELD", `a tool call has no field ${quoted(extra)}`);
    if (Object.keys(rest).length > 0) steps.add("extra");
    if (args !== written || argsKey !== "arguments" || !isTool) steps.add("nesting");
    else if (name !== "computer_use") steps.add("verb");
    if (isTool) {
      const form = dialect === "qwen" || !shows("halo", args) || shows("qwen", args) ? "qwen" : "halo";
      if (form !== own || dialect === "ui-tars") steps.add("dialect");
      return { fields: args, form };
    }
    if (Object.hasOwn(args, "action")) return new Refusal("UNKNOWN_VERB", `unknown tool ${quoted(name as string)}`);
    fields = { action: name, ...args };
  } else {
    const short = wrapped(fields);
    const inside = isObject(fields.action) ? fields.action : undefined;
    if (short ?? inside) {
      steps.add("nesting");
      if (inside && Object.keys(fields).length > 1) {
        return new Refusal("AMBIGUOUS", 'fields stand inside and outside of "action"');
      }
      fields = inside ? wrapped(inside) ?? inside : short!;
    } else if (dialect === "qwen") steps.add("nesting");
  }
  const other = own === "qwen" ? "halo" : "qwen";
  const form = !shows(own, fields) && shows(other, fields) ? other : own;
  if (form !== own) steps.add("dialect");
  return { fields, form };
}

/** Arguments written as a text that holds JSON. */
function inner(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
