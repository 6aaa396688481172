/**
 * Opens every WebArena-Infinity app and asks a verifier about its first page. Bar: all apps open, each with controls in view
 * and a state that equals the seed its authors compute.
 *
 *   node bench/infinity.ts
 *   node bench/infinity.ts --learn [--apps linear-account-settings,gmail,superhuman-general] [--seeds 1] [--iterations 20]
 *                          [--minutes 40] [--out DIR] [--set a.b=c …]
 *
 * `--learn` trains one linear policy an app on its functional tasks from zero weights, and evaluates it on each of them before and
 * after: success on tasks that were trained on, as found, no bar. A row that was stopped goes on where it was.
 *
 * Needs the apps on this machine: halo tasks fetch webarena-infinity --from CLONE.
 */
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { appRow, lineOf } from "./infinity/learn.ts";
import { openApps } from "./infinity/open-apps.ts";
import { partSignal, runRow } from "./sites/run-row.ts";

const { values: flags } = parseArgs({
  options: {
    learn: { type: "boolean", default: false },
    apps: { type: "string", default: "linear-account-settings,gmail,superhuman-general" },
    seeds: { type: "string", default: "1" },
    iterations: { type: "string", default: "20" },
    minutes: { type: "string" },
    out: { type: "string", default: "runs/bench-infinity" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const left = flags.learn ? await learn() : await openApps();
if (left > 0) process.exitCode = 1;

/** How many rows have not ended. */
async function learn(): Promise<number> {
  const signal = partSignal(flags.minutes);
  const unended: string[] = [];
  for (const app of flags.apps.split(",")) {
    const row = await appRow(app, { iterations: Number(flags.iterations) });
    for (const seed of flags.seeds.split(",").map(Number)) {
      const done = await runRow(row, { seed, out: path.resolve(flags.out), sets: flags.set, signal });
      if (done) console.log(lineOf(app, seed, done));
      else unended.push(`${app}-${seed}`);
    }
  }
  if (unended.length > 0) console.log(`not ended yet, call again: ${unended.join(", ")}`);
  return unended.length;
}
