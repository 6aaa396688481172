import type { ErrorObject } from "ajv";
import { type Check, compileSchema } from "../util/compile-schema.ts";
import type { Shape } from "./shape.ts";

/** What the records of one kind of file look like. */
export interface FileFormat<T> {
  /** First line or first field of the file: "halo.slot/1". Another number means another shape. */
  readonly schema: string;
  /** What is wrong with a record, "expected …, got …"; undefined when it has the shape of T. */
  problem(record: unknown): string | undefined;
  /** Never set: it carries T. */
  readonly of?: T;
}

/** A format whose check is compiled when a record is first looked at: most name a right sum, and none is. */
export function fileFormat<T>(schema: string, shape: Shape<T>): FileFormat<T> {
  let check: Check | undefined;
  return {
    schema,
    problem(record) {
      check ??= compileSchema(shape.schema);
      const [first] = check(record);
      return first && explained(first);
    },
  };
}

/** Whether the sum that a file or line names is that of its text; one of an older halo names none. */
export type SumState = "right" | "wrong" | "none";

/**
 * The record as what its format says; `fail` makes the error from what is wrong. A right sum tells that halo wrote the text,
 * so that its shape is known; else the shape is looked at, which also names what somebody has changed.
 */
export function verified<T>(
  record: unknown,
  { sum, format, fail, changed }: {
    readonly sum: SumState;
    readonly format: FileFormat<T>;
    readonly fail: (problem: string) => Error;
    /** What is wrong with a record of the right shape that is not the one that was written. */
    readonly changed: string;
  },
): T {
  if (sum === "right") return record as T;
  const problem = format.problem(record) ?? (sum === "wrong" ? changed : undefined);
  if (problem !== undefined) throw fail(problem);
  return record as T;
}

/** Names a schema that is not the expected one, and whether an older or a newer halo wrote it. */
export function otherSchema(
  found: unknown,
  expected: string,
): { readonly got: string; readonly hint?: string } {
  const version = (name: unknown) => typeof name === "string" ? /^(.+)\/(\d+)$/.exec(name) : null;
  const [there, here] = [version(found), version(expected)];
  if (found === undefined) return { got: "no schema" };
  const got = `schema ${JSON.stringify(found)}`;
  if (!there || !here || there[1] !== here[1]) return { got };
  const writer = Number(there[2]) < Number(here[2]) ? "an older halo" : "a newer halo";
  return { got: `${got}, which ${writer} wrote`, hint: `read this run with ${writer}` };
}

function explained({ instancePath, keyword, params, message = "", data }: ErrorObject): string {
  const at = instancePath.slice(1).replaceAll("/", ".");
  const inside = at === "" ? "" : ` in "${at}"`;
  switch (keyword) {
    case "required":
      return `expected the property "${params["missingProperty"]}"${inside}, got none`;
    case "enum":
      return `expected one of ${params["allowedValues"].join(", ")}${inside}, got ${shown(data)}`;
    case "discriminator":
      return `expected a known "${params["tag"]}"${inside}, got ${shown(params["tagValue"])}`;
    default:
      return `expected ${message.replace(/^must be /, "").replace(/^must /, "it to ")}${inside}, got ${shown(data)}`;
  }
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 80);
