/**
 * What one linear policy a suite learns of MiniWoB++ from zero weights, beside the published figures: success on the published
 * seeds with its 95 % Wilson interval, steps, episodes, wall time. A row that was stopped goes on where it was; a row that ended is
 * read from its file. Bar: 70 % of the rows reach the published figure within their interval.
 *
 *   node bench/miniwob.ts [--suites click,forms] [--seeds 1,2,3] [--iterations N] [--episodes 100] [--untrained]
 *                         [--minutes 40] [--out DIR] [--set a.b=c …] [--peer PYTHON]
 *
 * --minutes   stop after so many; call again       --untrained  evaluate zero weights as well
 * --peer      a Python with browsergym-miniwob: its own environment is stepped in the same run, like for like (bar: 10 times)
 *
 * Needs the pages on this machine: halo tasks fetch miniwob. Runs of other iterations, episodes or sets need another --out.
 */
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { percent } from "../core/cli/report/lines.ts";
import type { Done } from "../core/record/events.ts";
import { published } from "./miniwob/published.ts";
import { iterationsOf, suiteRows, taughtIn, untrainedRow } from "./miniwob/rows.ts";
import { lineOf, rowsOf } from "./miniwob/table.ts";
import { miniwobPeer, peerLine } from "./peer/miniwob-peer.ts";
import { partSignal, type RunRow, runRow } from "./sites/run-row.ts";

const { values: flags } = parseArgs({
  options: {
    suites: { type: "string", default: "click,forms" },
    seeds: { type: "string", default: "1,2,3" },
    iterations: { type: "string" },
    episodes: { type: "string", default: "100" },
    untrained: { type: "boolean", default: false },
    minutes: { type: "string" },
    out: { type: "string", default: "runs/bench-miniwob" },
    set: { type: "string", multiple: true, default: [] },
    peer: { type: "string" },
  },
});
const suites = flags.suites === "" ? [] : flags.suites.split(",");
const unknown = suites.find((name) => !(name in published));
if (unknown) throw new Error(`unknown suite "${unknown}", expected some of ${Object.keys(published).join(", ")}`);
const lengthOf = (suite: string) => ({
  iterations: iterationsOf(suite, flags.iterations),
  episodes: Number(flags.episodes),
});
const bar = 0.7;

const signal = partSignal(flags.minutes);

const misses: string[] = [];
const left: string[] = [];
let reached = 0;
let rows = 0;
if (flags.peer !== undefined) await stepPeer(flags.peer);
for (const suite of suites) {
  for (const seed of flags.seeds.split(",").map(Number)) {
    const [training, evaluation] = suiteRows(suite, lengthOf(suite));
    const learned = await run(training, seed);
    const evaluated = learned && await run(evaluation, seed);
    if (evaluated) report(suite, { seed, learned, evaluated });
    const untrained = flags.untrained ? await run(untrainedRow(suite, lengthOf(suite)), seed) : undefined;
    if (untrained) console.log(`  zero weights: ${percent(untrained.evaluations[0]!.success_rate)}`);
  }
}
if (rows > 0) {
  const share = percent(reached / rows);
  console.log(`${reached} of ${rows} rows reach the published figure within their interval (${share})`);
  if (reached / rows < bar) misses.push(`${share} of the rows, bar ${percent(bar)}`);
}
if (left.length > 0) console.log(`not ended yet, call again: ${left.join(", ")}`);
console.log(misses.length > 0 ? `MISSED ${misses.join("; ")}` : "ok");
process.exitCode = misses.length > 0 || left.length > 0 ? 1 : 0;

async function run(row: RunRow, seed: number): Promise<Done | undefined> {
  const done = await runRow(row, { seed, out: path.resolve(flags.out), sets: flags.set, signal });
  if (done === undefined) left.push(`${row.name}-${seed}`);
  return done;
}

function report(
  suite: string,
  { seed, learned, evaluated }: { readonly seed: number; readonly learned: Done; readonly evaluated: Done },
): void {
  const [evaluation] = evaluated.evaluations;
  const episodes = lengthOf(suite).iterations * taughtIn(suite).length;
  const cost = `${episodes} episodes, ${learned.env_steps} steps, ${learned.train_s.toFixed(0)} s`;
  console.log(
    `${suite} seed ${seed}: ${percent(evaluation!.success_rate)} of ${evaluation!.n}; learned from ${cost}`,
  );
  for (const row of rowsOf(suite, evaluation!)) {
    console.log(lineOf(row));
    rows++;
    if (row.isReached) reached++;
  }
}

async function stepPeer(python: string): Promise<void> {
  for (const row of await miniwobPeer(python, { signal: AbortSignal.timeout(1_200_000) })) {
    console.log(peerLine(row));
    const isSlow = row.bar !== undefined && row.ratio < row.bar;
    if (isSlow) misses.push(`${row.ratio.toFixed(1)} times the peer's speed, ${row.what}`);
  }
}
