import type { Action, Parsed } from "../domain/action.ts";
import { nearest } from "../util/nearest.ts";
import { unknownPress } from "./key-names.ts";
import { type Fields, isObject, quoted, Refusal, shown } from "./refusal.ts";
import { type FieldSchema, verbs, type VerbSchema } from "./schema.ts";

export type { ParseCode } from "./refusal.ts";

/** Longest text that is looked at, in UTF-16 units. */
export const maxActionLength = 65_536;

/**
 * Reads a policy's output strictly: exactly one JSON object, white space around it allowed, that is an action as
 * `domain/action.ts` says. Nothing is guessed or repaired. Never throws.
 */
export function parseAction(text: string): Parsed {
  const read = readObject(text);
  const action = read instanceof Refusal ? read : checkAction(read);
  if (action instanceof Refusal) return { ok: false, code: action.code, message: action.message };
  return { ok: true, action, repairs: 0 };
}

/** True when `value` is an action as it stands. */
export function isAction(value: unknown): value is Action {
  return isObject(value) && !(checkAction(value) instanceof Refusal);
}

/** The one JSON object that `text` is. */
export function readObject(text: string): Fields | Refusal {
  if (text.length > maxActionLength) {
    return new Refusal("TOO_LONG", `expected at most ${maxActionLength} characters, got ${text.length}`);
  }
  if (text.trim() === "") return new Refusal("EMPTY", "expected one JSON object, got nothing");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Refusal("PARSE", `expected one JSON object, got ${quoted(text.trim())}`);
  }
  if (!isObject(value)) return new Refusal("PARSE", `expected one JSON object, got ${quoted(text.trim())}`);
  const twice = duplicateKey(text);
  return twice === undefined ? value : new Refusal("PARSE", `field ${quoted(twice)} stands twice`);
}

/** `value` as an action, or what is wrong with it. Every dialect ends here, so a final newline submits in all of them. */
export function checkAction(value: Fields): Action | Refusal {
  const verb = value.action;
  if (verb === undefined) return new Refusal("MISSING_FIELD", `field "action" is missing`);
  if (typeof verb !== "string") return new Refusal("SCHEMA", `"action": expected a text, got ${shown(verb)}`);
  if (!Object.hasOwn(verbs, verb)) {
    return new Refusal("UNKNOWN_VERB", `unknown action ${quoted(verb)}${meant(verb, Object.keys(verbs))}`);
  }
  const schema = verbs[verb as keyof typeof verbs];
  const wrong = wrongField(value, { verb, schema });
  if (wrong) return wrong;
  const action = value as unknown as Action;
  const unknown = action.action === "key" ? unknownPress(action.keys) : undefined;
  if (unknown === undefined) return submitted(action);
  return new Refusal("UNKNOWN_KEY", `there is no key ${quoted(unknown)}; names are such as "Enter" and "Control+a"`);
}

/** A text that ends in a newline is typed without it and submitted, unless the action says whether it submits. */
function submitted(action: Action): Action {
  if (action.action !== "type" || action.submit !== undefined || !action.text.endsWith("\n")) return action;
  return { ...action, text: action.text.slice(0, -1), submit: true };
}

/** An action as JSON that is read as the same one: a text that ends in a newline says that it does not submit. */
export function explicit(action: Action): Action {
  const isSilent = action.action === "type" && action.submit === undefined && action.text.endsWith("\n");
  return isSilent ? { ...action, submit: false } : action;
}

function wrongField(
  value: Fields,
  { verb, schema }: { readonly verb: string; readonly schema: VerbSchema },
): Refusal | undefined {
  const { fields, required, isPointed } = schema;
  for (const name of Object.keys(value)) {
    if (name !== "action" && !Object.hasOwn(fields, name)) {
      return new Refusal("UNKNOWN_FIELD", `${verb} has no field ${quoted(name)}${meant(name, Object.keys(fields))}`);
    }
  }
  for (const name of required) {
    if (!Object.hasOwn(value, name)) return new Refusal("MISSING_FIELD", `${verb} needs the field "${name}"`);
  }
  if (isPointed && !Object.hasOwn(value, "el") && !Object.hasOwn(value, "at")) {
    return new Refusal("MISSING_FIELD", `${verb} needs the field "el" or "at"`);
  }
  for (const [name, field] of Object.entries(fields)) {
    const wrong = Object.hasOwn(value, name) ? wrongValue(value[name], field, `"${name}"`) : undefined;
    if (wrong) return wrong;
  }
  return undefined;
}

function wrongValue(value: unknown, schema: FieldSchema, at: string): Refusal | undefined {
  const expected = (what: string, code: Refusal["code"] = "SCHEMA") =>
    new Refusal(code, `${at}: expected ${what}, got ${shown(value)}`);
  switch (schema.type) {
    case "string": {
      if (typeof value !== "string") return expected("a text");
      if (value.length < (schema.minLength ?? 0)) return expected("a text that is not empty", "RANGE");
      if (value.length > schema.maxLength) return expected(`at most ${schema.maxLength} characters`, "RANGE");
      const isWrong = schema.pattern !== undefined && !new RegExp(schema.pattern).test(value);
      return isWrong ? expected(`an element id such as "e12"`) : undefined;
    }
    case "boolean":
      return typeof value === "boolean" ? undefined : expected("true or false");
    case "integer": {
      if (typeof value !== "number" || !Number.isInteger(value)) return expected("an integer");
      const isInside = value >= schema.minimum && value <= schema.maximum;
      return isInside ? undefined : expected(`${schema.minimum} to ${schema.maximum}`, "RANGE");
    }
    case "array": {
      if (!Array.isArray(value)) return expected("a list");
      const { minItems, maxItems } = schema;
      if (value.length < minItems || value.length > maxItems) {
        const count = minItems === maxItems ? `${minItems}` : `${minItems} to ${maxItems}`;
        return expected(`${count} items`);
      }
      for (const [i, item] of value.entries()) {
        const wrong = wrongValue(item, schema.items, `${at}[${i}]`);
        if (wrong) return wrong;
      }
      return undefined;
    }
  }
}

/** The first key that stands twice in one object, which `JSON.parse` accepts in silence. `json` is valid JSON. */
function duplicateKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (let i = 0; i < json.length; i++) {
    const c = json[i]!;
    if (c === "{" || c === "[") open.push(new Set());
    else if (c === "}" || c === "]") open.pop();
    if (c !== '"') continue;
    const start = i;
    for (i++; json[i] !== '"'; i++) if (json[i] === "\\") i++;
    let next = i + 1;
    while (next < json.length && " \t\n\r".includes(json[next]!)) next++;
    if (json[next] !== ":") continue;
    const key = JSON.parse(json.slice(start, i + 1)) as string;
    if (open.at(-1)!.has(key)) return key;
    open.at(-1)!.add(key);
  }
  return undefined;
}

/** `; did you mean "x"?` when one of `names` is near a word of a policy. */
export function meant(word: string, names: readonly string[]): string {
  const name = word.length > 40 ? undefined : nearest(word, names);
  return name === undefined ? "" : `; did you mean "${name}"?`;
}
