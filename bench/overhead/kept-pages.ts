import path from "node:path";
import process from "node:process";
import { loadPipeline } from "../../core/config/load.ts";
import { fileSign } from "../../core/record/file-sign.ts";
import { pagesPath } from "../../core/record/page-keeper.ts";
import { openRun } from "../../core/record/runs.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { median, type MedianInterval, medianInterval } from "./paired.ts";

/** What keeping the pages of a run costs. */
export interface KeptPagesCost {
  /** Milliseconds of processor time for each environment step, this process and what it asks of the disk. */
  readonly cpuMs: MedianInterval;
  /** Milliseconds by the clock for each environment step. */
  readonly clockMs: MedianInterval;
  /** Milliseconds of a step without pages, by the clock. */
  readonly stepMs: number;
  /** Bytes of `pages/` for a slot of training and for an episode of an evaluation. */
  readonly bytesOf: { readonly slot: number; readonly episode: number };
}

interface Played {
  readonly cpuMs: number;
  readonly clockMs: number;
  readonly bytesOf: KeptPagesCost["bytesOf"];
}

/** What is played, and how often. */
export interface PairsOptions {
  readonly pipeline: string;
  readonly pairs: number;
  readonly iterations: number;
}

/**
 * Plays the beginning of a pipeline's training with and without pages kept, in pairs of equal seeds whose order alternates: both play
 * the same episodes, so what differs is the keeping.
 */
export async function keptPagesCost(
  runsDir: string,
  { pairs, ...o }: PairsOptions,
): Promise<KeptPagesCost> {
  const play = (pages: "all" | "none", seed: number) => played(runsDir, { ...o, pages, seed });
  // The first run starts the browser and compiles.
  await play("all", 0);
  const [cpu, clock, steps, kept]: [number[], number[], number[], Played[]] = [[], [], [], []];
  for (let seed = 1; seed <= pairs; seed++) {
    const first = await play(seed % 2 === 0 ? "all" : "none", seed);
    const second = await play(seed % 2 === 0 ? "none" : "all", seed);
    const [without, withPages] = seed % 2 === 0 ? [second, first] : [first, second];
    cpu.push(withPages.cpuMs - without.cpuMs);
    clock.push(withPages.clockMs - without.clockMs);
    steps.push(without.clockMs);
    kept.push(withPages);
    console.log(
      `pair ${seed}: ${without.clockMs.toFixed(1)} ms a step without pages, ${
        withPages.clockMs.toFixed(1)
      } with; processor ${without.cpuMs.toFixed(1)}, then ${withPages.cpuMs.toFixed(1)}`,
    );
  }
  const bytes = (of: keyof KeptPagesCost["bytesOf"]) => median(kept.map(({ bytesOf }) => bytesOf[of]));
  return {
    cpuMs: medianInterval(cpu),
    clockMs: medianInterval(clock),
    stepMs: median(steps),
    bytesOf: { slot: bytes("slot"), episode: bytes("episode") },
  };
}

async function played(
  runsDir: string,
  { pipeline: file, pages, seed, iterations }: Omit<PairsOptions, "pairs"> & {
    readonly pages: "all" | "none";
    readonly seed: number;
  },
): Promise<Played> {
  const root = packageRoot();
  const evaluations = 4;
  const train = `{train: {iterations: ${iterations}, tasks_per_iteration: 4}}`;
  const sets = [
    `runs_dir=${runsDir}`,
    `record.pages=${pages}`,
    `seed=${seed}`,
    `stages=[{evaluate: {label: before, split: eval, sample_size: ${evaluations}}}, ${train}]`,
  ];
  const pipeline = await loadPipeline(path.join(root, file), { sets, env: {}, cwd: root });
  const [start, before] = [performance.now(), process.cpuUsage()];
  const { signal } = new AbortController();
  const done = await runPipeline(pipeline, { log: silentLog, signal, packageRoot: root });
  const clockMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  if (done.error) throw new Error(`${done.error.code}: ${done.error.message}`);
  const run = await openRun(done.run, runsDir);
  const evaluated = (await run.episodes()).filter(({ label }) => label !== "train");
  const steps = done.env_steps + evaluated.reduce((sum, episode) => sum + episode.steps, 0);
  const slots = (await Promise.all((await run.iterations()).map((n) => run.iteration(n).readSlots()))).flat();
  const bytesOf = async (ids: readonly string[]) => {
    const files = await Promise.all(ids.map((id) => fileSign(pagesPath(run.path, id))));
    return files.reduce((sum, file) => sum + (file?.size ?? 0), 0) / ids.length;
  };
  return {
    cpuMs: (user + system) / 1000 / steps,
    clockMs: clockMs / steps,
    bytesOf: {
      slot: await bytesOf(slots.map(({ id }) => id)),
      episode: await bytesOf(evaluated.map(({ id }) => id)),
    },
  };
}
