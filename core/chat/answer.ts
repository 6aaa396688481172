import { Ajv, type ValidateFunction } from "ajv";
import type { Json } from "../domain/json.ts";
import { HaloError } from "../util/errors.ts";

const ajv = new Ajv({ strict: false });
const compiled = new WeakMap<object, ValidateFunction>();

/** A model's answer read as JSON of this schema; thoughts and a code fence around it are dropped. Throws HALO_MODEL_REPLY, which says what is wrong with it. */
export function jsonAnswer(text: string, schema: object): Json {
  let value: Json;
  try {
    value = JSON.parse(text.replace(/^[\s\S]*<\/think>/, "").replace(/^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/, "$1"));
  } catch (cause) {
    throw new HaloError("HALO_MODEL_REPLY", `expected JSON, got ${shortened(text)}`, { cause });
  }
  let validate = compiled.get(schema);
  if (!validate) compiled.set(schema, validate = ajv.compile(schema));
  if (validate(value)) return value;
  const [first] = validate.errors ?? [];
  const message = `the answer${first?.instancePath ?? ""} ${first?.message ?? "is wrong"}, got ${shortened(text)}`;
  throw new HaloError("HALO_MODEL_REPLY", message);
}

const shortened = (text: string): string => JSON.stringify(text.length > 120 ? `${text.slice(0, 119)}…` : text);
