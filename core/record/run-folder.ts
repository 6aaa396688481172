import { randomBytes } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import process from "node:process";
import type { Json } from "../domain/json.ts";
import { HaloError } from "../util/errors.ts";
import { Blobs } from "./blobs.ts";
import type { CommitRecord } from "./commit.ts";
import { makeDir, moveWhole, removeUnfinished, writeWhole } from "./durable.ts";
import { eachOnce, episodeFormat, type EpisodeSummary, stepFormat, type StepRecord } from "./episode.ts";
import { eventFormat, type RecordedEvent, type RunEvent } from "./events.ts";
import { faultFormat, type FaultRecord } from "./faults.ts";
import { fileNameOf, slugOf } from "./file-name.ts";
import { Iteration, iterationNumbers } from "./iteration.ts";
import { jsonText, readJson, writeJson } from "./json-file.ts";
import { isTorn, Journal, readJsonl, readWholeJsonl, wholeJsonl } from "./jsonl.ts";
import { RunLock } from "./run-lock.ts";
import { isAlive, isAnother, thisProcess } from "../util/process-id.ts";
import { metricsFormat, type MetricsRecord } from "./metrics.ts";
import { readPages } from "./page-keeper.ts";
import { runFormat, type RunInfo, type RunState, type RunStatus, stateFormat } from "./run-info.ts";
import type { Seen } from "./seen.ts";

export type { Iteration } from "./iteration.ts";

/** What identifies a new run; a `Pipeline` has it all. */
export interface NewRun {
  readonly name: string;
  /** Names the folder; made from name and time when absent. */
  readonly id?: string;
  readonly seed: number;
  readonly document: Json;
  readonly base: string;
  readonly versions?: Readonly<Record<string, string>>;
}

/** Makes a run folder that nobody else has: name, UTC time and a random suffix. It appears with its run.json or not at all. */
export async function createRun(runsDir: string, o: NewRun): Promise<RunFolder> {
  const created = new Date().toISOString();
  const time = created.slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  const id = o.id ?? `${slugOf(o.name) || "run"}-${time}-${randomBytes(3).toString("hex")}`;
  const body = {
    id,
    name: o.name,
    seed: o.seed,
    created,
    document: o.document,
    base: o.base,
    versions: { ...runtimeVersions(), ...o.versions },
  };
  const info: RunInfo = { schema: runFormat.schema, ...body };
  const path = resolve(runsDir, id);
  const unfinished = join(dirname(path), `.${id}.tmp`);
  await makeDir(unfinished);
  await writeWhole(join(unfinished, "run.json"), jsonText(runFormat.schema, body, { indent: 2 }));
  await moveWhole(unfinished, path);
  return new RunFolder(path, info);
}

function runtimeVersions(): Readonly<Record<string, string>> {
  const { deno, node } = process.versions as Readonly<Record<string, string | undefined>>;
  return {
    ...(deno !== undefined ? { deno } : { node: node ?? "unknown" }),
    platform: `${process.platform}-${process.arch}`,
  };
}

/** One run on disk: append-only journals, files that are replaced whole, and readers that never see half of anything. */
export class RunFolder {
  readonly id: string;
  readonly path: string;
  readonly info: RunInfo;
  readonly blobs: Blobs;
  readonly #lock: RunLock;
  readonly #events: Journal;
  readonly #metrics: Journal;
  readonly #episodes: Journal;
  readonly #faults: Journal;
  /** Ids of the episodes on disk, read once before the first is added. */
  #known: Promise<Set<string>> | undefined;

  constructor(path: string, info: RunInfo) {
    this.id = info.id;
    this.path = path;
    this.info = info;
    this.blobs = new Blobs(dirname(path));
    this.#lock = new RunLock(path);
    this.#events = new Journal(join(path, "events.jsonl"), { schema: eventFormat.schema });
    this.#metrics = new Journal(join(path, "metrics.jsonl"), { schema: metricsFormat.schema });
    this.#episodes = new Journal(join(path, "episodes.jsonl"), { schema: episodeFormat.schema, sync: true });
    this.#faults = new Journal(join(path, "faults.jsonl"), { schema: faultFormat.schema, sync: true });
  }

  /** Appends an event; `ts` is added. */
  async event({ type, ...data }: RunEvent): Promise<void> {
    await this.#events.append({ type, ts: new Date().toISOString(), ...data });
  }

  /** Appends the metrics of a step (an iteration). */
  async metrics(step: number, values: Readonly<Record<string, number>>): Promise<void> {
    await this.#metrics.append({ step, ts: new Date().toISOString(), values });
  }

  /** Declares an episode finished. An id that is there already is not added again. */
  async episode(summary: EpisodeSummary): Promise<void> {
    this.#known ??= this.episodes().then((all) => new Set(all.map((e) => e.id)));
    const known = await this.#known;
    if (known.has(summary.id)) return;
    known.add(summary.id);
    try {
      await this.#episodes.append(summary);
    } catch (e) {
      known.delete(summary.id);
      throw e;
    }
  }

  /** Declares an episode or slot set aside for good. */
  async fault(record: FaultRecord): Promise<void> {
    await this.#faults.append(record);
  }

  /** What was set aside, each id once. */
  async readFaults(): Promise<readonly FaultRecord[]> {
    const { records } = await readJsonl(this.#faults.path, faultFormat);
    return [...new Map(records.map((record) => [record.id, record])).values()];
  }

  /** Keeps all steps of an episode, replacing those of an earlier attempt. Call it before `episode`. */
  async writeSteps(episodeId: string, steps: readonly StepRecord[]): Promise<void> {
    await this.#replaceSteps(episodeId, wholeJsonl(stepFormat.schema, steps));
  }

  /** Appends an episode's steps one by one, so that they can be watched; starts anew over an earlier attempt. */
  steps(episodeId: string): { append(step: StepRecord): Promise<void> } {
    const journal = new Journal(this.#stepsPath(episodeId), { schema: stepFormat.schema });
    let fresh: Promise<void> | undefined;
    return {
      append: async (step) => {
        fresh ??= this.#replaceSteps(episodeId, `${JSON.stringify({ schema: stepFormat.schema })}\n`);
        await fresh;
        await journal.append(step);
      },
    };
  }

  /**
   * Declares how the run stands. Throws HALO_RUN_BUSY while another live process is running it. RUNNING removes the files
   * that a killed process left unfinished.
   */
  async status(status: RunStatus): Promise<void> {
    const owner = thisProcess();
    const before = await this.readStatus();
    if (before?.status === "RUNNING" && isAnother(before.owner)) {
      throw new HaloError(
        "HALO_RUN_BUSY",
        `${this.id} is being run by process ${before.owner.pid} since ${before.since}`,
        { hint: `wait for it to end, or end it; if machine "${before.owner.host}" is gone, delete ${this.#statePath}` },
      );
    }
    if (status === "RUNNING") await this.#lock.take();
    const state: Omit<RunState, "schema"> = { status, since: new Date().toISOString(), owner };
    await writeJson(this.#statePath, stateFormat.schema, state);
    if (status !== "RUNNING") await this.#lock.free();
    // The arms of an A/B run are runs of their own, each with its own state.
    else await removeUnfinished(this.path, { except: "arms" });
  }

  /**
   * Makes iteration `n` the last one: later ones, episodes of their weights and lines that cannot be read are put aside. Throws
   * HALO_RUN_ITERATION when `n` is not committed; 0 is the beginning.
   */
  async fallBackTo(n: number): Promise<void> {
    const numbers = await this.iterations();
    if (n !== 0 && !(numbers.includes(n) && await this.iteration(n).isCommitted())) {
      throw new HaloError("HALO_RUN_ITERATION", `iteration ${n} of ${this.id} is not committed`, {
        hint: `0 begins anew; iterations on disk: ${numbers.join(", ") || "none"}`,
      });
    }
    const time = new Date().toISOString().replace(/[-:.]/g, "");
    for (const later of numbers.filter((m) => m > n)) {
      const { path } = this.iteration(later);
      await moveWhole(path, `${path}.aside-${time}`);
    }
    await this.#episodes.keepOnly(episodeFormat, (e) => (e.iteration ?? 0) <= n && e.policyVersion <= n, {
      asideAs: `${this.#episodes.path}.aside-${time}`,
    });
    await this.#faults.keepOnly(faultFormat, ({ id }) => Number(id.match(/^i(\d+)\./)?.[1] ?? 0) <= n, {
      asideAs: `${this.#faults.path}.aside-${time}`,
    });
    this.#known = undefined;
  }

  iteration(n: number): Iteration {
    return new Iteration(this.path, n);
  }

  /** Numbers of the iterations on disk, finished or not, ascending. */
  async iterations(): Promise<readonly number[]> {
    return await iterationNumbers(this.path);
  }

  /** What the newest committed iteration was committed with; undefined when there is none. */
  async lastCommit(): Promise<CommitRecord | undefined> {
    for (const n of [...await this.iterations()].reverse()) {
      const record = await this.iteration(n).readCommit();
      if (record !== undefined) return record;
    }
    return undefined;
  }

  /** The state last written; undefined before the run started. RUNNING reads STOPPED when its process is gone. */
  async readStatus(): Promise<RunState | undefined> {
    const hint = "delete this one file: it only says how the run stands";
    const state = await readJson(this.#statePath, stateFormat, { hint });
    const isLost = state?.status === "RUNNING" && !isAlive(state.owner);
    return isLost ? { ...state, status: "STOPPED" } : state;
  }

  /** Finished episodes in the order they ended, each once. */
  async episodes(): Promise<readonly EpisodeSummary[]> {
    return eachOnce((await readJsonl(this.#episodes.path, episodeFormat)).records);
  }

  /** The steps kept for an episode; empty when none were. */
  async readSteps(episodeId: string): Promise<readonly StepRecord[]> {
    return await readWholeJsonl(this.#stepsPath(episodeId), stepFormat);
  }

  /** The pages that a slot or episode met; undefined where none were kept. */
  async readPages(of: string): Promise<Seen | undefined> {
    return await readPages(this.path, of);
  }

  async readEvents(): Promise<readonly RecordedEvent[]> {
    return (await readJsonl(this.#events.path, eventFormat)).records;
  }

  async readMetrics(): Promise<readonly MetricsRecord[]> {
    return (await readJsonl(this.#metrics.path, metricsFormat)).records;
  }

  /** Names of the journals whose last line was not written to its end, and is left out by what reads them. */
  async tornJournals(): Promise<readonly string[]> {
    const journals = [this.#episodes, this.#events, this.#metrics, this.#faults];
    const torn = await Promise.all(journals.map(async ({ path }) => (await isTorn(path)) ? [basename(path)] : []));
    return torn.flat();
  }

  async #replaceSteps(episodeId: string, text: string): Promise<void> {
    await makeDir(this.#episodePath(episodeId));
    await writeWhole(this.#stepsPath(episodeId), text);
  }

  get #statePath(): string {
    return join(this.path, "state.json");
  }

  #episodePath(id: string): string {
    return join(this.path, "ep", fileNameOf(id));
  }

  #stepsPath(id: string): string {
    return join(this.#episodePath(id), "steps.jsonl");
  }
}
