import type { Adapter } from "../domain/batch.ts";
import { fileFormat } from "./file-format.ts";
import { count, mapOf, number, object, optional, type Shape, text } from "./shape.ts";

/** Counters of a run that survive a resume. */
export interface Counters {
  /** Number of the last committed iteration; also the version of the policy that samples now. */
  readonly iteration: number;
  /** Number of training tasks drawn so far. */
  readonly nextTask: number;
  readonly envSteps: number;
  readonly groups: number;
  readonly deadGroups: number;
  readonly trainMs: number;
  /** The train stage that works now or worked last, and the counters it started from; index −1 before the first. */
  readonly stage: { readonly index: number; readonly iteration: number; readonly envSteps: number };
}

/** COMMIT: progress of a run when an iteration is durable; what a resume starts from. */
export interface CommitRecord extends Counters {
  /** The published adapter; its folder is the iteration's own. */
  readonly adapter: Omit<Adapter, "dir">;
}

const adapterShape: Shape<CommitRecord["adapter"]> = object<CommitRecord["adapter"]>({
  format: { schema: text.schema },
  base: text,
  version: count,
  sha256: text,
});

export const commitFormat = fileFormat<CommitRecord>(
  "halo.commit/1",
  object<CommitRecord>({
    iteration: count,
    nextTask: count,
    envSteps: count,
    groups: count,
    deadGroups: count,
    trainMs: number,
    stage: object<Counters["stage"]>({ index: { schema: { type: "integer" } }, iteration: count, envSteps: count }),
    adapter: adapterShape,
  }),
);

/** The beginning of a journal, up to the end of a line. */
export interface JournalStart {
  readonly bytes: number;
  readonly sha256: string;
}

/** files.json: what a run was made of when an iteration was committed. */
export interface CommittedFiles {
  /** sha256 of every file of state/ and adapter/, by its path in the iteration's folder. */
  readonly files: Readonly<Record<string, string>>;
  /** What journals held whose lines decide what a resume does, by name. Absent in runs of an older halo. */
  readonly journals?: Readonly<Record<string, JournalStart>>;
}

export const filesFormat = fileFormat<CommittedFiles>(
  "halo.files/1",
  object<CommittedFiles>({
    files: mapOf(text),
    journals: optional(mapOf(object<JournalStart>({ bytes: count, sha256: text }))),
  }),
);
