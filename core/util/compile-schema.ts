import { Ajv, type ErrorObject } from "ajv";

/** Checks data against a schema in place: fills defaults in and returns what is wrong, nothing when all is well. */
export type Check = (data: unknown) => readonly ErrorObject[];

/** Compiles a JSON Schema with ajv in strict mode. Throws ajv's own error when the schema itself is wrong. */
export function compileSchema(schema: object): Check {
  const ajv = new Ajv({ strict: true, allErrors: true, verbose: true, useDefaults: true, discriminator: true });
  const validate = ajv.compile(schema);
  return (data) => validate(data) ? [] : validate.errors ?? [];
}
