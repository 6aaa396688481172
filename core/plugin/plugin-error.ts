import type { ErrorCode } from "../util/codes.ts";
import { HaloError, type HaloErrorOptions } from "../util/errors.ts";

/** An error about one plugin of a pipeline; `path` says where it stands there, so that its line can be shown. */
export class PluginError extends HaloError {
  readonly path: string;

  constructor(code: ErrorCode, message: string, o: HaloErrorOptions & { readonly path: string }) {
    super(code, message, o);
    this.path = o.path;
  }
}
