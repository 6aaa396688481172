import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runsFolder } from "../run/board-run.ts";
import { capture } from "./capture.ts";

/** A mail run that was played without a browser and reads as if on the replica site; `path` is its folder of runs. */
export async function rehearsedRun(): Promise<{ readonly path: string; readonly id: string; close(): void }> {
  const { path, close } = runsFolder();
  const { exit, err } = await capture([
    "run",
    "pipelines/eval-gomail.yaml",
    "--quiet",
    "--runs-dir",
    path,
    "--set=environment={use: ./bench/sites/rehearsal/environment.ts, options: {sites: [gomail]}}",
    "--set=stages=[{evaluate: {label: eval, split: eval, sample_size: 4, task_seed: 123}}]",
  ]);
  if (exit !== 0) throw new Error(err);
  const { out } = await capture(["runs", "--runs-dir", path, "--json"]);
  const { id } = JSON.parse(out).items[0];
  const file = join(path, id, "run.json");
  const { sum: _, ...info } = JSON.parse(readFileSync(file, "utf8"));
  info.document.environment = { use: "replica", options: { site: { use: "gomail", options: { scramble: 3 } } } };
  writeFileSync(file, JSON.stringify(info));
  return { path, id, close };
}
