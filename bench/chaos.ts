/**
 * One run after another in which faults are planted: kinds of them in one call of so many, tasks that fault for good, with forks
 * and without. Every fault must be outlived, none may become a reward: weights and episodes must be those of a run in which
 * nothing went wrong but the same tasks were set aside.
 *
 *   npm run bench:chaos [-- --site board --site own --site foreign --seeds 4 --every 12 --set KEY=VALUE]
 *
 * `board` has no browser, `own` plays on a replica site, `foreign` on pages of a server that fails by itself. In the latter two
 * renderers, the network process and the browser are killed or stand still as well.
 *
 * Bars: >= 20 kinds, >= 300 faults over >= 500 episodes; episodes = finished + set aside; equal weights and episodes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { endBrowsers } from "../core/browser/temp-folder.ts";
import { chaosRun } from "./chaos/chaos-run.ts";
import { openShop } from "./chaos/shop.ts";
import { chaosSite } from "./chaos/sites.ts";

const { values } = parseArgs({
  options: {
    site: { type: "string", multiple: true, default: ["board"] },
    seeds: { type: "string", default: "4" },
    every: { type: "string", default: "12" },
    set: { type: "string", multiple: true, default: [] },
  },
});
const shop = await openShop();
const runs = mkdtempSync(join(tmpdir(), "halo-chaos-"));
const kinds = new Set<string>();
let [faults, finished, setAside, differing] = [0, 0, 0, 0];
try {
  for (const [name, seed, isForking] of plan()) {
    const site = chaosSite(name, shop);
    const o = {
      runs,
      seed,
      isForking,
      doomed: site.doomed,
      pipeline: site.pipeline,
      environment: site.environment,
      strikes: site.inBrowser,
      sets: [
        `seed=${seed}`,
        "limits.faulty_tasks=0.4",
        "limits.fault_retries=12",
        ...site.sets,
        ...values.set,
        ...isForking ? site.learns : site.plays,
      ],
    };
    const calm = await chaosRun({ ...o, every: 0 });
    shop.plant({ every: Number(values.every), seed });
    const wild = await chaosRun({ ...o, every: Number(values.every) });
    shop.plant({ every: 0, seed });
    for (const kind of wild.kinds) kinds.add(kind);
    faults += wild.planted;
    finished += wild.finished;
    setAside += wild.setAside;
    const isEqual = wild.done.exit === 0 && calm.weights === wild.weights && calm.episodes === wild.episodes &&
      calm.setAside === wild.setAside;
    if (!isEqual) differing++;
    console.log(
      `${name} seed ${seed} ${isForking ? "forks  " : "no fork"}  ${wild.planted} faults, ${wild.finished} episodes, ` +
        `${wild.setAside} set aside, exit ${wild.done.exit} ${wild.done.error?.message ?? ""} ${
          isEqual ? "equal" : "DIFFERS"
        }`,
    );
  }
} finally {
  shop.close();
  rmSync(runs, { recursive: true, force: true });
}
const { orphans } = await endBrowsers({ limitMs: 3_000 });
console.log(
  `${kinds.size} kinds, ${faults} faults over ${finished + setAside} episodes, ${setAside} set aside; ` +
    `runs that differ: ${differing}; orphans: ${orphans}`,
);
const holds = kinds.size >= 20 && faults >= 300 && finished + setAside >= 500 && differing === 0 && orphans === 0;
process.exitCode = holds ? 0 : 1;

/** Every site with every seed, with forks and without. */
function plan() {
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
  const names = values.site as readonly Parameters<typeof chaosSite>[0][];
  return names.flatMap((name) => seeds.flatMap((seed) => [true, false].map((forks) => [name, seed, forks] as const)));
}
