import { readCall } from "./call-reader.ts";
import { findObjects, type FoundObject } from "./loose-json.ts";
import type { Screen } from "./mend-values.ts";
import { type Form, isActionLike, verbIn } from "./names.ts";
import { functionStart, readXmlCall } from "./qwen-xml.ts";
import { type Fields, quoted, Refusal } from "./refusal.ts";
import type { RepairStep } from "./steps.ts";
import { isInsideObject } from "./thoughts.ts";
import { argumentsOf } from "./ui-tars.ts";

/** One action found in a text. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly steps: ReadonlySet<RepairStep>;
  readonly isCall: boolean;
  readonly fields: Fields | Refusal;
  /** The output ends before the action is closed. */
  readonly isOpen: boolean;
}

/** The dialects of `output.ts`: `qwen-xml` has Qwen's names in another wrapper. */
export type Spoken = Form | "qwen-xml";

/** What a reading may use, and the rungs it took so far. */
export interface Ladder {
  readonly dialect: Spoken;
  readonly screen: Screen | undefined;
  readonly steps: Set<RepairStep>;
}

/** Every action of a body in the form that it is written in, or why there is none to read. */
export function candidates(body: string, ladder: Ladder): readonly Candidate[] | Refusal {
  const { dialect, steps } = ladder;
  const tagged = functionStart(body);
  const brace = body.search(/[{｛]/);
  if (tagged !== undefined && (dialect === "qwen-xml" || brace < 0 || tagged < brace)) {
    if (dialect !== "qwen-xml") steps.add("dialect");
    return findXmlCalls(body, tagged);
  }
  const calls = findCalls(body, marks);
  const isInLine = dialect === "ui-tars" && calls.length === 0 && !/[{｛]/.test(body.slice(0, body.search(inLineMark)));
  const called = isInLine ? findCalls(body, inLineMarks) : calls;
  // A call inside an object is part of a text.
  const isFree = called.length > 0 && !isInsideObject(body.slice(0, called[0]!.start));
  if (dialect === "ui-tars" && isFree) return called;
  const { found, failure } = objectsOf(body);
  if (failure) return failure;
  const acting = found.filter(({ value }) => isActionLike(value));
  if (acting.length > 0 && isFree) {
    return new Refusal("AMBIGUOUS", "expected one action, got an object and a call");
  }
  const chosen = acting.length > 0 ? toCandidates(acting) : isFree ? called : findCalls(body, bareCalls);
  if (chosen.length === 0) {
    return found.length > 0
      ? new Refusal("MISSING_FIELD", `field "action" is missing`)
      : new Refusal("PARSE", `expected one action, got ${quoted(body)}`);
  }
  if (chosen[0]!.isCall !== (dialect === "ui-tars") || dialect === "qwen-xml") steps.add("dialect");
  return chosen;
}

/** The objects of a body, also one whose first brace is missing. */
function objectsOf(body: string): ReturnType<typeof findObjects> {
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
}

function findXmlCalls(body: string, first: number): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let from: number | undefined = first; from !== undefined;) {
    const steps = new Set<RepairStep>();
    const call = readXmlCall(body, { from, steps });
    const isCall = false;
    if (call instanceof Refusal) {
      return [...found, { start: from, end: body.length, steps, isCall, isOpen: true, fields: call }];
    }
    const { start, end, isOpen, name, fields } = call;
    found.push({ start, end, steps, isCall, isOpen, fields: { name, arguments: fields } });
    from = functionStart(body, end);
  }
  return found;
}

function toCandidates(objects: readonly FoundObject[]): readonly Candidate[] {
  return objects.map(({ value, start, end, steps, isOpen }) => ({
    start,
    end,
    steps,
    isCall: false,
    isOpen,
    fields: value,
  }));
}

/** `Action:` at the start of a line, with its markdown, full-width colon and fence. */
export const marks =
  /(?:^|\n)[ \t]*(?:[>#*_-]{1,4}[ \t]*)?Action[*_]{0,3}[ \t]*[:：][*_]{0,3}[ \t\n]*(?:```[a-z]{0,12}\s*|`)?/g;
/** `Action:` behind a thought on the same line; one in quotes is spoken of. */
const inLineMarks = /(?<=[^\n"'`“‘「])Action[*_]{0,3}[ \t]*[:：][*_]{0,3}[ \t]*`?(?=[A-Za-z_]{3,20}[ \t]*[(（])/g;
const inLineMark = new RegExp(inLineMarks.source);
/** A call at the start of a line, which counts when its verb is known. */
const bareCalls = /(?:^|\n)[ \t]*(?=[A-Za-z_]{3,20}[(（])/g;

/** Calls that begin where `starts` ends, and those that follow them at once. */
function findCalls(body: string, starts: RegExp): readonly Candidate[] {
  const found: Candidate[] = [];
  starts.lastIndex = 0;
  for (let match = starts.exec(body); match; match = starts.exec(body)) {
    let from = match.index + match[0].length;
    if (starts.lastIndex === match.index) starts.lastIndex++;
    for (;;) {
      const steps = new Set<RepairStep>();
      const call = readCall(body, { from, steps });
      if (call instanceof Refusal) {
        // Text that is no call at all is prose; a call that breaks off is not.
        if (isCallStart(body.slice(from, from + 40))) {
          found.push({ start: from, end: body.length, steps, isCall: true, isOpen: true, fields: call });
          starts.lastIndex = body.length;
        }
        break;
      }
      if (verbIn("ui-tars", call.name) === undefined && starts !== marks) break;
      const { end, isOpen } = call;
      found.push({ start: from, end, steps, isCall: true, isOpen, fields: argumentsOf(call) });
      from = end;
      while (from < body.length && " \t\r\n;".includes(body[from]!)) from++;
      starts.lastIndex = end;
      if (!isCallStart(body.slice(from, from + 40))) break;
    }
  }
  return found;
}

function isCallStart(text: string): boolean {
  const name = /^([A-Za-z_]{3,20})\s*[(（]/.exec(text)?.[1];
  return verbIn("ui-tars", name) !== undefined;
}
