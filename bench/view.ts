/**
 * How quick `halo view` is on a run of 100,000 steps with a tree of 5,000 points, every answer cold: first page < 300 ms,
 * any group < 300 ms, the tree < 1 s, the server's memory < 300 MB. Beside the clock stands the processor time of the
 * server, and of the page for what is drawn: on a busy machine only that tells the viewer from its neighbours.
 *
 *   npm run bench:view [-- RUN | --keep FOLDER]
 *
 * Writing the run takes minutes and 800 MB of disk; `--keep` writes it where it can be measured again.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { openRun } from "../core/record/runs.ts";
import { measureView, type Took } from "./view/measure-view.ts";
import { writeSyntheticRun } from "./view/synthetic-run.ts";

const { values, positionals: [given] } = parseArgs({ allowPositionals: true, options: { keep: { type: "string" } } });
const folder = values.keep ?? mkdtempSync(path.join(tmpdir(), "halo-view-"));
try {
  const run = given === undefined
    ? await writeSyntheticRun(folder, { steps: 100_000, treePoints: 5000 })
    : await openRun(given, "runs");
  const iterations = (await run.iterations()).length - 1;
  const tree = `i${iterations + 1}.s0.0`;
  const { memoryMb = 0, ...took } = await measureView(run, { iterations, groups: 20, tree });
  const bars = { firstPage: 300, group: 300, tree: 1000, treePage: 1000 } as const;
  const ok = Object.entries(bars).every(([name, bar]) => took[name as keyof typeof bars].clockMs < bar);
  const line = (what: string, { clockMs, cpuMs }: Took, bar?: number) => {
    const spent = cpuMs === undefined ? "" : `processor ${cpuMs.toFixed(0).padStart(5)} ms`;
    console.log(`${what.padEnd(54)}${clockMs.toFixed(0).padStart(6)} ms  ${spent}${bar ? `  (bar ${bar} ms)` : ""}`);
  };
  line("first page", took.firstPage, bars.firstPage);
  line("curves", took.run);
  line("slowest of 21 groups", took.group, bars.group);
  line("what comes behind the group of the tree", took.whole);
  line("the group of the tree drawn, processor of the page", took.groupPage);
  line("slowest of 40 iterations, episodes", took.episode);
  line("tasks", took.tasks);
  line("tree of 5,000 points, server", took.tree, bars.tree);
  line("the tree drawn, processor of the page", took.treePage, bars.treePage);
  const isSmall = memoryMb < 300;
  console.log(`${ok && isSmall ? "ok" : "MISSED"} view: bars by the clock, memory ${memoryMb.toFixed(0)} MB (bar 300)`);
  process.exitCode = ok && isSmall ? 0 : 1;
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
