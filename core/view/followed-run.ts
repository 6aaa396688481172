import { join } from "node:path";
import type { Batch } from "../domain/batch.ts";
import { eachOnce, episodeFormat, type EpisodeSummary } from "../record/episode.ts";
import { eventFormat, type RecordedEvent } from "../record/events.ts";
import { Iteration } from "../record/iteration.ts";
import { pagesPath } from "../record/page-keeper.ts";
import { RunFolder } from "../record/run-folder.ts";
import type { Seen } from "../record/seen.ts";
import type { Slot } from "../record/slot.ts";
import { readSlotByParts } from "../record/slot-by-parts.ts";
import { FollowedJournals } from "./followed-journals.ts";
import { keptFiles } from "./kept-files.ts";

/** What a viewer remembers of the files of its runs; what changes on disk is read again. */
export class ViewMemory {
  readonly journals = new FollowedJournals(24_000_000);
  readonly slots = keptFiles<Slot | undefined>(12_000_000);
  readonly batches = keptFiles<Batch | undefined>(8_000_000);
  /** Packed about thirty times. */
  readonly pages = keptFiles<Seen | undefined>(500_000);
}

/** A run whose files are read once and again only when they changed; a journal that grew is read on. */
export class FollowedRun extends RunFolder {
  readonly #memory: ViewMemory;
  readonly #events: () => Promise<readonly RecordedEvent[]>;
  readonly #summaries: () => Promise<readonly EpisodeSummary[]>;

  constructor({ path, info }: Pick<RunFolder, "path" | "info">, memory: ViewMemory) {
    super(path, info);
    this.#memory = memory;
    this.#events = memory.journals.follow(join(path, "events.jsonl"), eventFormat);
    this.#summaries = memory.journals.follow(join(path, "episodes.jsonl"), episodeFormat);
  }

  override readEvents(): Promise<readonly RecordedEvent[]> {
    return this.#events();
  }

  override async episodes(): Promise<readonly EpisodeSummary[]> {
    return eachOnce(await this.#summaries());
  }

  override iteration(n: number): Iteration {
    return new FollowedIteration(this.path, n, this.#memory);
  }

  override readPages(of: string): Promise<Seen | undefined> {
    return this.#memory.pages(pagesPath(this.path, of), () => super.readPages(of));
  }
}

class FollowedIteration extends Iteration {
  readonly #memory: ViewMemory;

  constructor(runPath: string, n: number, memory: ViewMemory) {
    super(runPath, n);
    this.#memory = memory;
  }

  override readSlot(id: string): Promise<Slot | undefined> {
    const path = this.slotPath(id);
    return this.#memory.slots(path, async () => await readSlotByParts(path) ?? await super.readSlot(id));
  }

  override readBatch(): Promise<Batch | undefined> {
    return this.#memory.batches(this.batchPath, () => super.readBatch());
  }
}
