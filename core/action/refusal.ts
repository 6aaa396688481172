/** Why a text is not an action. */
export type ParseCode =
  | "EMPTY"
  | "TOO_LONG"
  | "PARSE"
  | "SCHEMA"
  | "RANGE"
  | "UNKNOWN_VERB"
  | "UNKNOWN_FIELD"
  | "MISSING_FIELD"
  /** A key that the browser does not know. */
  | "UNKNOWN_KEY"
  /** An action of the dialect that halo has no counterpart for. */
  | "UNSUPPORTED"
  /** Several readings are possible and they differ. */
  | "AMBIGUOUS"
  /** The output ends inside a value. */
  | "CUT_OFF";

/** A reading that failed: a value, not an exception. */
export class Refusal {
  readonly code: ParseCode;
  readonly message: string;

  constructor(code: ParseCode, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** Text from a policy as messages show it: quoted and shortened. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** A value in a few words; never walks into it, so that deep nesting costs nothing. */
export function shown(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isObject(value) ? "an object" : String(value);
}

export type Fields = Readonly<Record<string, unknown>>;

/** True for a map of fields. */
export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
