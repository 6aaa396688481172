import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Mark } from "../domain/environment.ts";
import type { Point } from "../domain/point.ts";
import type { Task } from "../domain/task.ts";
import type { Blobs } from "./blobs.ts";
import { fileNameOf } from "./file-name.ts";
import { folderSize } from "./folder-size.ts";
import type { Seen, SeenPoint } from "./seen.ts";
import { readSeen, seenBytes, writeSeen } from "./seen-file.ts";

/** Where the screenshots of all pages go, those of pages that nothing was drawn at included. */
export type Shots = Pick<Blobs, "put">;

export interface PageKeeperOptions {
  /** Folder of the run. */
  readonly run: string;
  readonly maxBytes: number;
  readonly warn: (message: string) => unknown;
}

/** Collects the points that one slot or episode meets. */
export interface PageCollector {
  /** A point with its page; `mark` is absent where nobody can go back to it. */
  readonly add: (point: Point, mark: Mark | undefined) => void;
  /** Keeps what was collected under the id of the slot or episode. Never throws: without pages a run goes on. */
  keep(of: string, task: Task): Promise<void>;
}

/** Reads the pages that a slot or episode met; undefined where none were kept. */
export async function readPages(run: string, of: string): Promise<Seen | undefined> {
  return await readSeen(pagesPath(run, of));
}

const folderOf = (run: string): string => join(run, "pages");

/** The file of the pages that a slot or episode met. */
export const pagesPath = (run: string, of: string): string => join(folderOf(run), `${fileNameOf(of)}.br`);

/** Keeps the pages that a run's policy met, up to a number of bytes; beyond it, and where the disk refuses, it says so once. */
export class PageKeeper {
  readonly #o: PageKeeperOptions;
  #opened: Promise<void> | undefined;
  #bytes = 0;
  #hasStopped = false;

  constructor(o: PageKeeperOptions) {
    this.#o = o;
  }

  /** Collects the points of one slot or episode; `shots` keeps their screenshots as well. */
  collector(shots?: Shots): PageCollector {
    const points = new Map<string, SeenPoint>();
    const putting: Promise<unknown>[] = [];
    let goal: string | undefined;
    return {
      add: (point, mark) => {
        goal = point.task.text;
        const png = point.observation.screenshot?.png;
        if (shots && png && !this.#hasStopped) putting.push(shots.put(png).catch((e: unknown) => this.#fail(e)));
        points.set(point.id, seenPoint(point, mark));
      },
      keep: async (of, task) => {
        await Promise.all(putting);
        if (this.#hasStopped) return;
        const asked = goal === task.goal.text ? undefined : goal;
        const sorted = [...points.values()].sort((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1));
        try {
          await this.#write({ of, task, ...(asked !== undefined && { asked }), points: sorted });
        } catch (e) {
          this.#fail(e);
        }
      },
    };
  }

  async #write(seen: Seen): Promise<void> {
    const bytes = await seenBytes(seen);
    await (this.#opened ??= this.#open());
    const { maxBytes, run } = this.#o;
    if (this.#bytes + bytes.length > maxBytes) {
      return this.#stop(`with them the run would take more than record.max_mb, ${maxBytes / 1e6} MB`);
    }
    this.#bytes += bytes.length;
    await writeSeen(pagesPath(run, seen.of), bytes);
  }

  /** Counts what earlier attempts of the run kept. */
  async #open(): Promise<void> {
    const folder = folderOf(this.#o.run);
    await mkdir(folder, { recursive: true });
    this.#bytes = await folderSize(folder);
  }

  #fail(e: unknown): void {
    this.#stop(e instanceof Error ? e.message : String(e));
  }

  #stop(reason: string): void {
    if (this.#hasStopped) return;
    this.#hasStopped = true;
    this.#o.warn(`pages are recorded no longer: ${reason}`);
  }
}

function seenPoint({ id, depth, observation, history }: Point, mark: Mark | undefined): SeenPoint {
  const { screenshot, ...seen } = observation;
  const page = { ...seen, ...(screenshot && { shot: screenshot.sha256 }) };
  const point = { id, depth, page, ...(depth > 0 && { error: history.at(-1)?.error ?? null }) };
  if (!mark) return point;
  const { task: _, ...kept } = mark;
  return { ...point, mark: kept };
}
