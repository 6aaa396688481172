import type { Ladder } from "./candidates.ts";
import { argumentsKey, type Form, onlyCall, shows, wrapped } from "./names.ts";
import { type Fields, isObject, quoted, Refusal } from "./refusal.ts";

/** Fields and whose names they carry. */
export interface Read {
  readonly fields: Fields;
  readonly form: Form;
}

/** The fields inside the wrapper that the dialect has, lacks or should not have, and whose names they carry. */
export function unwrap(value: Fields, ladder: Ladder): Read | Refusal {
  const { dialect, steps } = ladder;
  const own: "halo" | "qwen" = dialect === "qwen" || dialect === "qwen-xml" ? "qwen" : "halo";
  let fields = onlyCall(value) ?? value;
  if (fields !== value) steps.add("nesting");
  if (isObject(fields.function)) {
    fields = fields.function;
    steps.add("nesting");
  }
  const argsKey = argumentsKey(fields);
  if (argsKey !== undefined && typeof fields.name === "string") {
    const { name: called, [argsKey]: written, ...rest } = fields;
    const name = (called as string).replace(/^functions\./, "");
    const isTool = name.trim().toLowerCase() === "computer_use";
    const args = typeof written === "string" ? inner(written) : written;
    if (!isObject(args)) return new Refusal("SCHEMA", `"${argsKey}": expected an object`);
    const extra = Object.keys(rest).find((key) => key !== "id" && key !== "type");
    if (extra !== undefined) return new Refusal("UNKNOWN_FIELD", `a tool call has no field ${quoted(extra)}`);
    if (Object.keys(rest).length > 0) steps.add("extra");
    if (args !== written || argsKey !== "arguments" || !isTool) steps.add("nesting");
    else if (name !== "computer_use") steps.add("verb");
    if (isTool) {
      const form = own === "qwen" || !shows("halo", args) || shows("qwen", args) ? "qwen" : "halo";
      if (form !== own || dialect === "ui-tars") steps.add("dialect");
      return { fields: args, form };
    }
    if (Object.hasOwn(args, "action")) return new Refusal("UNKNOWN_VERB", `unknown tool ${quoted(name)}`);
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
    } else if (own === "qwen") steps.add("nesting");
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
