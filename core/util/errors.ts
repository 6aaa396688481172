import type { ErrorCode } from "./codes.ts";

/** Where an error sits in a file the user wrote: 1-based line and column. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

export interface HaloErrorOptions {
  readonly at?: Location;
  /** What to do next, as an instruction or a command. */
  readonly hint?: string;
  /** The option a plugin's `create` refuses, for example "gigpo.omega": core finds its line in the pipeline. */
  readonly option?: string;
  /** Key of the task whose text is meant; `option` is then a part of it, and core finds its line where the tasks are. */
  readonly task?: string;
  /** True where neither time nor a repetition is likely to mend it: the same pipeline meets it again. */
  readonly isLasting?: boolean;
  readonly cause?: unknown;
}

/**
 * Every error halo and its plugins raise on purpose. `code` is `HALO_<AREA>_<WHAT>`, one of `util/codes.ts` or one that the plugin
 * declares under `errors`; docs/errors.md lists them.
 */
export class HaloError extends Error {
  override readonly name = "HaloError";
  readonly code: ErrorCode;
  readonly at: Location | undefined;
  readonly hint: string | undefined;
  readonly option: string | undefined;
  readonly task: string | undefined;
  readonly isLasting: boolean;

  constructor(code: ErrorCode, message: string, o: HaloErrorOptions = {}) {
    super(message, o.cause === undefined ? undefined : { cause: o.cause });
    this.code = code;
    this.at = o.at;
    this.hint = o.hint;
    this.option = o.option;
    this.task = o.task;
    this.isLasting = o.isLasting === true;
  }
}

/** True for a HaloError, of this code when one is given. */
export function isHaloError(e: unknown, code?: ErrorCode): e is HaloError {
  return e instanceof HaloError && (code === undefined || e.code === code);
}
