import type { Adapter, Batch, Loss, UpdateReport } from "./batch.ts";
import type { Call, Closable } from "./call.ts";
import type { Prompt } from "./sample.ts";

/** Turns batches into weights. */
export interface Trainer extends Closable {
  readonly accepts: Prompt["kind"];
  readonly losses: readonly Loss["kind"][];
  /** True when it learns from pairs of whole episodes (`rest` of a pair). */
  readonly episodePairs?: boolean;
  readonly adapters: { readonly format: Adapter["format"]; readonly base: string };
  /** True when equal batches in equal order give bit-equal weights. */
  readonly deterministic: boolean;
  /** Asks whether what it depends on is there; throws what is missing. Before a run only. */
  ready?(o: Call): Promise<void>;
  /** Idempotent by `batch.seq`: a batch already applied returns its report again and changes nothing. */
  update(batch: Batch, o: Call): Promise<UpdateReport>;
  /** Writes all that `restore` needs into an existing empty folder. */
  checkpoint(dir: string, o: Call): Promise<void>;
  /** `batch` reads a sealed batch of this run again, so that a replay buffer can be stored as references. */
  restore(
    dir: string,
    o: Call & { readonly batch: (seq: number) => Promise<Batch> },
  ): Promise<{ readonly seq: number }>;
  /** Writes the current weights into an existing empty folder in the adapter's format. */
  publish(dir: string, o: Call): Promise<Adapter>;
}
