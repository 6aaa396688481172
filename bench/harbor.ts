/**
 * What `halo export RUN --format harbor` wrote, read by the package `harbor` itself: every folder is loaded as Harbor loads a
 * task, and goes through those of its own lint rules that need no Docker.
 *
 *   node bench/harbor.ts PYTHON FOLDER
 *
 * PYTHON is one that has harbor (0.26.0 asks for Python 3.12 or newer). Prints a line for each folder that is wrong and one for
 * all; ends with 1 when one of them is not read as the task that it holds.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { SiteTask } from "../core/record/site-task.ts";

interface Loaded {
  readonly folder: string;
  readonly name: string;
  readonly is_valid: boolean;
  readonly instruction: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly timeout_sec: number;
  readonly verifier: string;
  readonly tools: readonly string[];
  readonly findings: readonly string[];
}

const [python, folder] = process.argv.slice(2);
if (python === undefined || folder === undefined) throw new Error("node bench/harbor.ts PYTHON FOLDER");
const reader = fileURLToPath(new URL("readers/read_harbor.py", import.meta.url));
const { stdout, stderr, status } = spawnSync(python, [reader, folder], {
  encoding: "utf8",
  maxBuffer: 64 << 20,
  timeout: 300_000,
});
if (status !== 0) throw new Error(stderr);
const loaded = JSON.parse(stdout) as readonly Loaded[];

/** What Harbor read otherwise than it was written. */
function wrongIn(one: Loaded): readonly string[] {
  const { task } = JSON.parse(
    readFileSync(join(folder!, one.folder, "environment/site/task.json"), "utf8"),
  ) as SiteTask;
  const checks: Readonly<Record<string, boolean>> = {
    "is no task to Harbor": one.is_valid,
    [`is named ${one.name}`]: one.name === `halo/${one.folder}`,
    "asks for something else": one.instruction.startsWith(`${task.goal.text}\n`),
    "is another task": one.metadata["key"] === task.key && one.metadata["task"] === task.id,
    [`has ${one.timeout_sec} s`]: one.timeout_sec === task.goal.maxSteps * 60,
    [`is judged in the agent's container (${one.verifier})`]: one.verifier === "separate",
    [`has the tools ${one.tools.join()}`]: one.tools.join() === "browser",
  };
  return [...Object.keys(checks).filter((problem) => !checks[problem]), ...one.findings];
}

const wrong = loaded.flatMap((one) => wrongIn(one).map((problem) => `${one.folder}: ${problem}`));
for (const line of wrong) console.log(`WRONG ${line}`);
const isAll = loaded.length > 0 && loaded.length === readdirSync(folder).length;
console.log(`${loaded.length} tasks loaded by harbor, ${wrong.length} findings`);
process.exitCode = isAll && wrong.length === 0 ? 0 : 1;
