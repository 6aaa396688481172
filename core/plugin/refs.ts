import type { AnswerStore } from "../domain/answer-store.ts";
import type { Budget } from "../domain/budget.ts";
import type { Policy } from "../domain/policy.ts";
import type { TaskSource } from "../domain/task.ts";
import type { Environment } from "../domain/environment.ts";
import type { Log } from "../util/log.ts";

/** Reads what a run keeps by its sha256. Throws HALO_RUN_CORRUPT when it is missing or is not what its name says. */
export interface BlobReader {
  get(sha256: string): Promise<Uint8Array>;
}

/** A typed name for something a plugin needs. */
export interface Ref<T> {
  readonly id: string;
  /** Never set; carries the type. */
  readonly type?: T;
}

/** Makes a ref. Two refs with equal ids are the same ref. */
export function ref<T>(id: string): Ref<T> {
  return { id };
}

/** What the core provides to any plugin's `needs`. */
export const refs = {
  log: ref<Log>("core.log"),
  /** Seed of the run. */
  seed: ref<number>("core.seed"),
  /** Absolute path of halo's own package. */
  packageRoot: ref<string>("core.package_root"),
  /** Screenshots of this and earlier runs by sha256, for what must send them on. */
  blobs: ref<BlobReader>("core.blobs"),
  /** What the run may pay for models of others. */
  budget: ref<Budget>("core.budget"),
  /** Answers that this run has paid for. */
  answers: ref<AnswerStore>("core.answers"),
  /** The pipeline's task source; a policy that needs it is privileged and says so in its summary. */
  tasks: ref<TaskSource>("pipeline.tasks"),
  environment: ref<Environment>("pipeline.environment"),
  policy: ref<Policy>("pipeline.policy"),
} as const;
