/**
 * Does it learn what REAL's mail goals are like? Each seed trains from zero weights on the drills and twelve families of the
 * mail site, in Chromium on 2 cores, and is then evaluated once on the 21 tasks of REAL, which it never trained on: greedy, by the
 * rules of REAL's own harness (`--mode strict`), with the banner of the official pages. Bar: the official scripts pass
 * 12 of 21 in the median of the seeds, training takes 15 minutes at most. A seed that was stopped goes on where it was.
 *
 *   node bench/real.ts [--seeds 1,2,3] [--rehearse] [--control shuffled] [--set a.b=c …] [--out DIR] [--minutes 8]
 *
 * --rehearse  trains on the site's own views without a browser (docs/sites.md); the 21 tasks stay on the page
 * --control   rewards permuted within each group: what is left is chance     --minutes  stop after so many; call again
 *
 * Needs the tasks on this machine: halo tasks fetch real.
 */
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { percent } from "../core/cli/report/lines.ts";
import type { EpisodeSummary } from "../core/record/episode.ts";
import type { Done } from "../core/record/events.ts";
import { openRun } from "../core/record/runs.ts";
import { wilson } from "../core/stats/wilson.ts";
import { packageRoot } from "../core/util/package-root.ts";
import { shuffledSet } from "./shuffled.ts";
import { idOf, partSignal, type RunRow, runRow } from "./sites/run-row.ts";

const bar = { official: 12, trainingS: 900 };

const { values: flags } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3" },
    rehearse: { type: "boolean", default: false },
    control: { type: "string" },
    set: { type: "string", multiple: true, default: [] },
    out: { type: "string" },
    minutes: { type: "string" },
  },
});
if (flags.control !== undefined && flags.control !== "shuffled") {
  throw new Error(`unknown control "${flags.control}", expected shuffled`);
}
const out = path.resolve(flags.out ?? (flags.rehearse ? "runs/bench-real-rehearsed" : "runs/bench-real"));
// Without path credit, which would imitate what really succeeded.
const shuffled = shuffledSet("{ use: grpo, options: { loss_type: dr_grpo, group: step, widen: 16 } }");
const inMemory = `environment={ use: ${
  path.join(packageRoot(), "bench/sites/rehearsal/environment.ts")
}, options: { sites: [{ use: gomail, options: { banner: random } }], stop: declared, rows: 15 } }`;
const drills: RunRow = {
  name: flags.control === undefined ? "drills" : "drills-shuffled",
  pipeline: "grpo-real-gomail",
  sets: [...flags.rehearse ? [inMemory] : [], ...flags.control === undefined ? [] : [shuffled], ...flags.set],
};
const real: RunRow = {
  name: drills.name.replace("drills", "real"),
  pipeline: "eval-real-gomail",
  sets: [],
  mode: "strict",
  after: drills.name,
};

/** What one seed came to. */
interface Outcome {
  readonly seed: number;
  readonly training: Done;
  readonly episodes: readonly EpisodeSummary[];
}

const signal = partSignal(flags.minutes);

const outcomes: Outcome[] = [];
const left: number[] = [];
for (const seed of flags.seeds.split(",").map(Number)) {
  const outcome = await runSeed(seed);
  if (outcome === undefined) {
    left.push(seed);
    continue;
  }
  outcomes.push(outcome);
  console.log(lineOf(outcome));
}
for (const line of tableOf(outcomes)) console.log(line);
if (left.length > 0) console.log(`not ended yet, call again: seeds ${left.join(", ")}`);
if (outcomes.length > 0) console.log(judged(outcomes));
process.exitCode = left.length > 0 || missedBars(outcomes).length > 0 ? 1 : 0;

async function runSeed(seed: number): Promise<Outcome | undefined> {
  const o = { seed, out, sets: [], signal };
  const training = await runRow(drills, o);
  if (training === undefined || await runRow(real, o) === undefined) return undefined;
  const episodes = await (await openRun(idOf(real, seed), out)).episodes();
  return { seed, training, episodes: episodes.filter(({ label }) => label === "real") };
}

function passedBy(all: readonly Outcome[]): readonly number[] {
  return all.map(({ episodes }) => count(episodes, isOfficial)).sort((a, b) => a - b);
}

function missedBars(all: readonly Outcome[]): readonly string[] {
  if (flags.control !== undefined || all.length === 0) return [];
  const passed = passedBy(all);
  const middle = passed[Math.floor((passed.length - 1) / 2)]!;
  const slowest = Math.max(...all.map(({ training }) => training.train_s));
  return [
    ...middle >= bar.official ? [] : [`${middle} of 21 in the median, bar ${bar.official}`],
    ...slowest <= bar.trainingS ? [] : [`training ${slowest.toFixed(0)} s, bar ${bar.trainingS} s`],
  ];
}

function judged(all: readonly Outcome[]): string {
  const missed = missedBars(all);
  const head = missed.length > 0 ? `MISSED ${missed.join("; ")}` : "ok";
  return `${head} real gomail, official verdict ${passedBy(all).join("/")} of 21`;
}

function isOfficial({ success }: EpisodeSummary): boolean {
  return success;
}

/** True when our own rule passes as well: all that was asked for, on exactly what is meant, declared, nothing else. */
function isStrict({ success, verdict }: EpisodeSummary): boolean {
  return success && verdict.strict?.success === true;
}

function count(episodes: readonly EpisodeSummary[], test: (one: EpisodeSummary) => boolean): number {
  return episodes.filter(test).length;
}

function lineOf({ seed, training, episodes }: Outcome): string {
  const shown = [["official", isOfficial], ["strict", isStrict]] as const;
  const rates = shown.map(([name, test]) => {
    const [n, of] = [count(episodes, test), episodes.length];
    const [low, high] = wilson(n, of);
    return `${name} ${n}/${of} [${percent(low)}, ${percent(high)}]`;
  });
  const own = training.evaluations.map((e) => `${e.label} ${e.successes}/${e.n}`);
  const cost = `train ${training.train_s.toFixed(0)} s, ${training.env_steps} steps`;
  return [`seed ${seed}`, ...rates, ...own, cost].join("  ");
}

/** Per task: how many seeds pass by each verdict, and what the strict rule says of the first that does not. */
function tableOf(all: readonly Outcome[]): readonly string[] {
  const number = (id: string): number => Number(id.slice(id.lastIndexOf("-") + 1));
  const ids = (all[0]?.episodes.map(({ template }) => template) ?? []).sort((a, b) => number(a) - number(b));
  return ids.map((id) => {
    const own = all.map(({ episodes }) => episodes.find(({ template }) => template === id)!);
    const failed = own.find((one) => !isStrict(one));
    const why = failed === undefined ? "" : `${failed.stop}: ${failed.verdict.strict?.reason ?? failed.verdict.reason}`;
    return `${id.padEnd(13)} official ${count(own, isOfficial)}/${own.length}  strict ${
      count(own, isStrict)
    }/${own.length}  ${why}`;
  });
}
