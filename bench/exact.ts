/**
 * Whether recorded points are shown again exactly: runs of the main job's kind on replica sites keep every screenshot, points
 * drawn from them at random are shown from their records, and each picture is compared pixel by pixel with the one that was
 * taken when the page was met. Half of the points are special in some way: off the path, scrolled, half typed, with a dialog.
 *
 *   npm run bench:exact [-- --points 200 --sites gomail,gocalendar --iterations 3 --seed 1]
 *
 * Bar: 200 of 200 equal.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { kindsText } from "./exact/kinds-text.ts";
import { drawPoints, recordedRun, showAgain, type ShownAgain } from "./exact/show-again.ts";

const { values } = parseArgs({
  options: {
    points: { type: "string", default: "200" },
    sites: { type: "string", default: "gomail,gocalendar" },
    iterations: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
  },
});
const [points, iterations, seed] = [Number(values.points), Number(values.iterations), Number(values.seed)];
const sites = values.sites.split(",");
const folder = mkdtempSync(path.join(tmpdir(), "halo-exact-"));
const { signal } = new AbortController();
const shown: ShownAgain[] = [];
try {
  for (const [i, site] of sites.entries()) {
    const run = await recordedRun(folder, { pipeline: `pipelines/grpo-${site}.yaml`, iterations, signal });
    const count = Math.round(points * (i + 1) / sites.length) - Math.round(points * i / sites.length);
    const own = await showAgain(await drawPoints(run, { count, seed }), signal);
    console.log(`${site}: ${own.filter(({ cause }) => !cause).length} of ${own.length} equal; ${kindsText(own)}`);
    shown.push(...own);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const wrong = shown.filter(({ cause }) => cause !== undefined);
for (const [cause, own] of Map.groupBy(wrong, ({ cause }) => cause!)) {
  console.log(`${String(own.length).padStart(4)}  ${cause}, as at ${own[0]!.point.id} of ${own[0]!.seen.of}`);
}
const ok = wrong.length === 0 && shown.length === points;
console.log(
  `${ok ? "ok" : "MISSED"} exact: ${shown.length - wrong.length} of ${shown.length} points shown again are equal`,
);
if (shown.length < points) console.log(`asked for ${points}: give more --iterations`);
process.exitCode = ok ? 0 : 1;
