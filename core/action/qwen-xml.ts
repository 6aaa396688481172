import type { Action } from "../domain/action.ts";
import { canonicalAction } from "./canonical.ts";
import type { Dialect } from "./dialect.ts";
import { findObjects } from "./loose-json.ts";
import { checkAction, explicit, maxActionLength } from "./parse.ts";
import { argumentsOf, computerUseTool, qwen } from "./qwen.ts";
import { type Fields, quoted, Refusal } from "./refusal.ts";
import type { RepairStep } from "./steps.ts";
import { thoughtEnd } from "./thoughts.ts";

/** The same tool as `qwen`, called the way Qwen3.5 does: one tag for the function and one for each parameter. */
export const qwenXml: Dialect = { read, print, describe, toHalo: qwen.toHalo };

/** A call in tags, as written. */
export interface XmlCall {
  readonly name: string;
  readonly fields: Fields;
  readonly start: number;
  readonly end: number;
  /** The closing tag of the function is missing: the output may have been cut. */
  readonly isOpen: boolean;
}

const lists = ["coordinate", "start_coordinate", "keys", "options"];
const numbers = ["pixels", "time"];
const flags = ["clear", "submit"];
const openingTag = /<(function|parameter)(?:=|\s+name=)("?)([A-Za-z_][\w.-]{0,60})\2>/y;

/** Free text, then exactly one tool call. */
function read(text: string): Action | Refusal {
  if (text.length > maxActionLength) {
    return new Refusal("TOO_LONG", `expected at most ${maxActionLength} characters, got ${text.length}`);
  }
  if (text.trim() === "") return new Refusal("EMPTY", "expected one tool call, got nothing");
  const body = text.slice(thoughtEnd(text) ?? 0);
  const wrong = () =>
    new Refusal("PARSE", `expected one <tool_call><function=…>…</tool_call> at the end, got ${quoted(body.trim())}`);
  const from = functionStart(body);
  if (from === undefined || !/<tool_call>\s*$/.test(body.slice(0, from))) return wrong();
  const steps = new Set<RepairStep>();
  const call = readXmlCall(body, { from, steps });
  if (call instanceof Refusal) return call;
  const isOne = body.indexOf("<tool_call>") === body.lastIndexOf("<tool_call>", from);
  if (steps.size > 0 || !isOne || body.slice(call.end).trim() !== "</tool_call>") return wrong();
  if (call.name !== "computer_use") {
    return new Refusal("UNKNOWN_VERB", `expected the tool "computer_use", got ${quoted(call.name)}`);
  }
  const fields = qwen.toHalo(call.fields);
  return fields instanceof Refusal ? fields : checkAction(fields);
}

/** Where the first function tag stands that opens a line or a tool call, from `from` on. */
export function functionStart(text: string, from = 0): number | undefined {
  const tag = /<function(?:=|\s+name=)/g;
  tag.lastIndex = from;
  for (let match = tag.exec(text); match; match = tag.exec(text)) {
    if (/(?:^|\n|<tool_call>)[ \t]*$/.test(text.slice(Math.max(0, match.index - 40), match.index))) return match.index;
  }
  return undefined;
}

/** Reads the call whose function tag stands at `from`; tags that are missing or of another form are noted in `steps`. */
export function readXmlCall(
  text: string,
  { from, steps }: { readonly from: number; readonly steps: Set<RepairStep> },
): XmlCall | Refusal {
  const head = tagAt(text, from);
  if (head === undefined) {
    const isCut = text.indexOf(">", from) < 0;
    return new Refusal(isCut ? "CUT_OFF" : "PARSE", `expected <function=name>, got ${quoted(text.slice(from).trim())}`);
  }
  if (head.isOther) steps.add("tags");
  const fields: Record<string, unknown> = {};
  let at = head.end;
  for (;;) {
    at = skip(text, at);
    if (text.startsWith("</function>", at)) {
      return { name: head.name, fields, start: from, end: at + 11, isOpen: false };
    }
    if (at >= text.length || text.startsWith("</tool_call>", at)) {
      if (Object.keys(fields).length === 0) return new Refusal("CUT_OFF", "the output ends inside a call");
      steps.add("tags");
      return { name: head.name, fields, start: from, end: at, isOpen: true };
    }
    const tag = tagAt(text, at);
    if (tag === undefined || tag.kind !== "parameter") {
      const isCut = "<parameter=".startsWith(text.slice(at, at + 11)) || "</function>".startsWith(text.slice(at));
      return new Refusal(isCut ? "CUT_OFF" : "PARSE", `expected a parameter, got ${quoted(text.slice(at).trim())}`);
    }
    if (tag.isOther) steps.add("tags");
    const end = valueEnd(text, tag.end);
    if (end === undefined) return new Refusal("CUT_OFF", `the output ends inside the parameter ${quoted(tag.name)}`);
    const value = valueOf(tag.name, { written: text.slice(tag.end, end), steps });
    if (Object.hasOwn(fields, tag.name)) return new Refusal("AMBIGUOUS", `parameter ${quoted(tag.name)} stands twice`);
    Object.defineProperty(fields, tag.name, { value, enumerable: true, configurable: true, writable: true });
    at = end + 12;
  }
}

interface Tag {
  readonly kind: string;
  readonly name: string;
  readonly end: number;
  /** Written as an attribute or in quotes. */
  readonly isOther: boolean;
}

function tagAt(text: string, at: number): Tag | undefined {
  openingTag.lastIndex = at;
  const match = openingTag.exec(text);
  if (!match) return undefined;
  const isOther = match[2] !== "" || !match[0].includes(`<${match[1]}=`);
  return { kind: match[1]!, name: match[3]!, end: at + match[0].length, isOther };
}

/** A value ends at the first closing tag that the next parameter or the end of the call follows; it may spell others. */
function valueEnd(text: string, from: number): number | undefined {
  for (let end = text.indexOf("</parameter>", from); end >= 0; end = text.indexOf("</parameter>", end + 1)) {
    const next = skip(text, end + 12);
    const isEnd = next >= text.length || text.startsWith("</function>", next) ||
      text.startsWith("</tool_call>", next) ||
      text.startsWith("<parameter", next);
    if (isEnd) return end;
  }
  return undefined;
}

/** Texts stand as they are, without the newlines that Qwen puts around a value; all else is JSON. */
function valueOf(
  name: string,
  { written, steps }: { readonly written: string; readonly steps: Set<RepairStep> },
): unknown {
  const line = written.startsWith("\r\n") ? "\r\n" : "\n";
  const opened = written.startsWith(line) ? written.slice(line.length) : written;
  const text = opened.endsWith(line) ? opened.slice(0, -line.length) : opened;
  const bare = text.trim();
  if (name === "text" || name === "url") return text;
  if (flags.includes(name) && /^(?:true|false)$/i.test(bare)) return bare.toLowerCase() === "true";
  if (numbers.includes(name) && /^-?\d{1,9}(?:\.\d{1,6})?$/.test(bare)) return Number(bare);
  if (!lists.includes(name) || !bare.startsWith("[")) return bare;
  try {
    return JSON.parse(bare) as unknown;
  } catch {
    const { found, failure } = findObjects(`{"list":${bare}}`);
    if (failure || found.length !== 1 || !Array.isArray(found[0]!.value.list)) return { list: bare };
    for (const step of found[0]!.steps) steps.add(step);
    return found[0]!.value.list;
  }
}

function skip(text: string, at: number): number {
  let next = at;
  while (next < text.length && " \t\r\n".includes(text[next]!)) next++;
  return next;
}

function print(action: Action, { thought }: { readonly thought?: string }): string | undefined {
  const args = argumentsOf(explicit(action));
  if (args === undefined) return undefined;
  const parameters = Object.entries(args)
    .map(([name, value]) =>
      `<parameter=${name}>\n${typeof value === "string" ? value : spaced(value)}\n</parameter>\n`
    );
  const said = thought === undefined
    ? ""
    : `Thought: ${thought.replace(/<(?=\/?(?:tool_call|think|function))/g, "< ")}\n`;
  const text = `${said}<tool_call>\n<function=computer_use>\n${parameters.join("")}</function>\n</tool_call>`;
  // The form has no escapes: a text that spells its tags cannot be said in it.
  const back = read(text);
  return back instanceof Refusal || canonicalAction(back) !== canonicalAction(action) ? undefined : text;
}

/** JSON as Python prints it. */
function spaced(value: unknown): string {
  return Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(", ")}]` : JSON.stringify(value);
}

function describe(o: { readonly elements?: boolean } = {}): string {
  return [
    "# Tools",
    "You have one tool. Its signature stands between the tags:",
    `<tools>\n${JSON.stringify(computerUseTool(o))}\n</tools>`,
    "End every answer with exactly one call in this form; texts stand as they are, other values as JSON:",
    "<tool_call>\n<function=computer_use>\n<parameter=action>\nleft_click\n</parameter>\n<parameter=coordinate>\n" +
    "[500, 300]\n</parameter>\n</function>\n</tool_call>",
  ].join("\n");
}
