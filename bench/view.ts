/**
 * How quick `halo view` is on a run of 100,000 steps with a tree of 5,000 points, every answer cold: first page < 300 ms,
 * any group < 300 ms, the tree < 1 s, the server's memory < 300 MB. Writing the run takes minutes and 800 MB of disk.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { openRun } from "../core/record/runs.ts";
import { measureView } from "./view/measure-view.ts";
import { writeSyntheticRun } from "./view/synthetic-run.ts";

const [given] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), "halo-view-"));
try {
  const run = given === undefined
    ? await writeSyntheticRun(folder, { steps: 100_000, treePoints: 5000 })
    : await openRun(given, "runs");
  const iterations = (await run.iterations()).length - 1;
  const { firstPageMs, runMs, groupMs, tasksMs, treeMs, memoryMb = 0 } = await measureView(run, {
    iterations,
    groups: 20,
  });
  const ok = firstPageMs < 300 && groupMs < 300 && treeMs < 1000 && memoryMb < 300;
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  console.log(
    `${ok ? "ok" : "MISSED"} view: first page ${ms(firstPageMs)} (bar 300), slowest of 20 groups ${
      ms(groupMs)
    } (bar 300), tree ${ms(treeMs)} (bar 1000), memory ${memoryMb.toFixed(0)} MB (bar 300); run ${ms(runMs)}, tasks ${
      ms(tasksMs)
    }`,
  );
  process.exitCode = ok ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
