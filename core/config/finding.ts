import type { ErrorCode } from "../util/codes.ts";

/** Something about a pipeline as a whole; without `code` it is a warning. */
export interface Finding {
  readonly code?: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  /** Where it stands in the pipeline: "stages.3.compare.b". */
  readonly path: string;
}
