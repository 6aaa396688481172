import { HaloError } from "./errors.ts";

const denied = ["writing is not allowed", "give the user who runs halo the right to write there"] as const;
const causes: Readonly<Record<string, readonly [what: string, mend: string]>> = {
  ENOSPC: ["the disk is full", "free some space"],
  EDQUOT: ["the disk quota is used up", "free some space, or have the quota raised"],
  EROFS: ["the disk is read-only", "mount it for writing"],
};

export interface DiskErrorOptions {
  readonly path?: string;
  /** True where a path was to be written: a refused permission is the disk's too. */
  readonly isWrite?: boolean;
}

/** What a failed write says of the disk as HALO_DISK; anything else as it is. */
export function diskError(e: unknown, o: DiskErrorOptions = {}): unknown {
  const { code, path: own } = (e ?? {}) as { readonly code?: unknown; readonly path?: unknown };
  if (typeof code !== "string" || e instanceof HaloError) return e;
  const cause = o.isWrite && (code === "EACCES" || code === "EPERM")
    ? denied
    : Object.hasOwn(causes, code)
    ? causes[code]
    : undefined;
  if (!cause) return e;
  const path = o.path ?? (typeof own === "string" ? own : undefined);
  const [what, mend] = cause;
  return new HaloError("HALO_DISK", `${what}${path === undefined ? "" : `: ${path} was not written`} (${code})`, {
    hint: `${mend}, then go on with the run: halo run --resume latest`,
    cause: e,
  });
}
