import type { Json } from "./json.ts";
import type { ScriptedWork } from "./scripted-work.ts";
import type { Task } from "./task.ts";
import type { Verdict } from "./verdict.ts";

/** A file of a replica site, served under its path. */
export interface Asset {
  readonly type: string;
  readonly body: Uint8Array;
}

/**
 * A replica site: a web application whose whole state is one JSON value per page.
 *
 * Its page sets `globalThis.__halo` before `load` fires:
 * `snapshot(): string` (canonical JSON of the whole state, drafts, open dialogs and timers included),
 * `restore(state: string): void` (shows that state, synchronously), `pending(): number` (work not yet shown; 0 = idle).
 * Focus, caret, scroll and pointer belong to the browser and are kept by the environment.
 */
export interface Site {
  readonly name: string;
  /** Host name the page sees, for example "gomail.halo.test". */
  readonly host: string;
  /** ISO time the page's clock starts at, and the page's time zone. */
  readonly clock: { readonly start: string; readonly timezone: string };
  /** Files by absolute path; "/" is the page, "/*" what is at every path without a dot that is no other. Built once, then cached. */
  assets(): Promise<ReadonlyMap<string, Asset>>;
  /** State in which the task begins. Pure. */
  start(task: Task): Json;
  /** The strict predicate: is the task achieved, and nothing else done? Pure. */
  judge(task: Task, start: Json, now: Json): Verdict;
  /** What ties the site to the REAL benchmark. */
  readonly official?: {
    /** Ids of the tasks it has a strict predicate for, and of those of the benchmark's first version. */
    readonly tasks: readonly string[];
    readonly earlier?: readonly string[];
    /** What users do for each task. */
    works?(): Promise<Readonly<Record<string, readonly ScriptedWork[]>>>;
  };
  /** What the site's `/finish` page shows: how `now` differs from `start`, for rules from outside. Pure. */
  report?(task: Task, start: Json, now: Json): Json;
}
