import { stat } from "node:fs/promises";

/** What tells a file from the one that stood there before. */
export interface FileSign {
  /** Another one for a file that was put in its place. */
  readonly file: string;
  readonly size: number;
  readonly changedMs: number;
}

/** The sign of a file as it is now; undefined where there is none. */
export async function fileSign(path: string): Promise<FileSign | undefined> {
  try {
    const { dev, ino, birthtimeMs, size, mtimeMs } = await stat(path);
    return { file: `${dev}:${ino}:${birthtimeMs}`, size, changedMs: mtimeMs };
  } catch (e) {
    const { code } = e as { code?: string };
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw e;
  }
}

/** True where a file has not been touched between two looks. */
export const isUntouched = (a: FileSign | undefined, b: FileSign | undefined): boolean =>
  a?.file === b?.file && a?.size === b?.size && a?.changedMs === b?.changedMs;
