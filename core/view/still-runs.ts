import type { Batch } from "../domain/batch.ts";
import type { EpisodeSummary } from "../record/episode.ts";
import { Iteration } from "../record/iteration.ts";
import { RunFolder } from "../record/run-folder.ts";
import type { Seen } from "../record/seen.ts";
import type { Slot } from "../record/slot.ts";
import type { KnownRun, Runs } from "./known-runs.ts";

/** These runs as they are now, for somebody who asks about all that they hold: what many answers need is read once. */
export async function stillRuns(runs: Runs): Promise<Runs & { readonly known: readonly KnownRun[] }> {
  const known = (await runs.list()).map(({ listing, folder }): KnownRun => (
    { listing, ...(folder && { folder: new StillRun(folder.path, folder.info) }) }
  ));
  return {
    known,
    list: () => Promise.resolve(known),
    open: async (name) => known.find(({ listing }) => listing.id === name)?.folder ?? await runs.open(name),
  };
}

/** Keeps its episodes, and of its iterations and of the files of pages the one asked for last. */
class StillRun extends RunFolder {
  #episodes: Promise<readonly EpisodeSummary[]> | undefined;
  #last: StillIteration | undefined;
  #pages: { readonly of: string; readonly seen: Promise<Seen | undefined> } | undefined;

  override episodes(): Promise<readonly EpisodeSummary[]> {
    return this.#episodes ??= super.episodes();
  }

  override iteration(n: number): Iteration {
    if (this.#last?.n !== n) this.#last = new StillIteration(this.path, n);
    return this.#last;
  }

  override readPages(of: string): Promise<Seen | undefined> {
    if (this.#pages?.of !== of) this.#pages = { of, seen: super.readPages(of) };
    return this.#pages.seen;
  }
}

class StillIteration extends Iteration {
  #slots: Promise<readonly Slot[]> | undefined;
  #batch: Promise<Batch | undefined> | undefined;

  override readSlots(): Promise<readonly Slot[]> {
    return this.#slots ??= super.readSlots();
  }

  override readBatch(): Promise<Batch | undefined> {
    return this.#batch ??= super.readBatch();
  }
}
