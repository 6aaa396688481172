import type { RunFolder } from "../../record/run-folder.ts";
import { HaloError } from "../../util/errors.ts";
import type { Io } from "../io.ts";

/** A file of an export by its path in the folder. */
export interface ExportedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
  /** Lines of a file of JSON Lines. */
  readonly lines?: number;
}

/** What a format asks for besides the run. */
export interface FormatOptions {
  readonly pack: string | undefined;
  readonly io: Io;
  /** Told how much was left out, and why. */
  leftOut(what: string): void;
}

/** The files of a format, at least one. Throws HALO_EXPORT_EMPTY before the first one where the run holds nothing of it. */
export type Format = (run: RunFolder, o: FormatOptions) => AsyncIterable<ExportedFile>;

/** HALO_EXPORT_EMPTY: the run holds nothing of it, or recorded no page for what it holds. */
export function nothing(
  run: RunFolder,
  what: string,
  { skipped = 0 }: { readonly skipped?: number } = {},
): HaloError {
  return skipped > 0
    ? new HaloError("HALO_EXPORT_EMPTY", `run ${run.id} recorded no page for any of its ${skipped} ${what}`, {
      hint: "let the next run keep its pages: --set record.pages=all",
    })
    : new HaloError("HALO_EXPORT_EMPTY", `run ${run.id} has no ${what}`, {
      hint: `halo runs show ${run.id} says what it did; --format trajectories writes every episode, solved or not`,
    });
}
