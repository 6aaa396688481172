import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { packageRoot } from "../../core/util/package-root.ts";
import { sha256Folder } from "../../core/util/sha256.ts";
import { type BenchOptions, families, from, startOf } from "./play.ts";

const halo = path.join(packageRoot(), "bin/halo.mjs");

/** The same seed gives the same trees and weights with 1, 2 and 8 workers, and after kill −9 and resume. */
export async function repeatRow(name: string, o: BenchOptions): Promise<readonly string[]> {
  const [seed] = o.seeds as readonly [number];
  const start = await startOf(seed, o);
  const sets = [
    ...from(start, families.six),
    `seed=${seed}`,
    "algorithm.options.wave=4",
    "algorithm.options.num_simulations=20",
    "stages=[{ train: { iterations: 2, tasks_per_iteration: 4 } }]",
    ...o.sets,
  ];
  const outcomes = new Map<string, string>();
  for (const workers of [1, 2, 8]) {
    outcomes.set(`${workers} workers`, await inFolder((runs) => whole(runs, [...sets, `concurrency=${workers}`])));
  }
  outcomes.set("killed and resumed", await inFolder((runs) => killed(runs, [...sets, "concurrency=2"])));
  for (const [how, digest] of outcomes) console.log(`${name.padEnd(10)} ${how.padEnd(18)} ${digest.slice(0, 16)}`);
  return new Set(outcomes.values()).size === 1 ? [] : [`${name}: trees or weights differ`];
}

async function inFolder(run: (runs: string) => Promise<string>): Promise<string> {
  const runs = mkdtempSync(path.join(tmpdir(), "halo-repeat-"));
  try {
    return await run(runs);
  } finally {
    rmSync(runs, { recursive: true, force: true });
  }
}

const argsOf = (runs: string, sets: readonly string[]): readonly string[] => [
  halo,
  "run",
  path.join(packageRoot(), "pipelines/agentq-gomail.yaml"),
  "--json",
  "--runs-dir",
  runs,
  ...sets.flatMap((set) => ["--set", set]),
];

async function whole(runs: string, sets: readonly string[]): Promise<string> {
  const code = await ended(argsOf(runs, sets));
  if (code !== 0) throw new Error(`halo run ended with ${code}`);
  return await digestOf(runs);
}

/** Kills the process for good once its fifth slot is done: the second iteration is under way. */
async function killed(runs: string, sets: readonly string[]): Promise<string> {
  await ended(argsOf(runs, sets), 5);
  const code = await ended([halo, "run", "--resume", "latest", "--runs-dir", runs, "--quiet"]);
  if (code !== 0) throw new Error(`halo run --resume ended with ${code}`);
  return await digestOf(runs);
}

async function ended(args: readonly string[], killAtSlot = Infinity): Promise<number | null> {
  const child = spawn(process.execPath, [...args], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
    if (out.split('"type":"slot"').length - 1 >= killAtSlot) child.kill("SIGKILL");
  });
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
}

/** Trees and weights of the only run in a folder. */
async function digestOf(runs: string): Promise<string> {
  const run = path.join(runs, readdirSync(runs).find((name) => name !== "blobs")!);
  const trees = [1, 2].map((n) => readFileSync(path.join(run, `iter/${n}/tree.jsonl`), "utf8")).join("");
  const weights = await sha256Folder(path.join(run, "iter/2/adapter"));
  return createHash("sha256").update(trees).update(weights).digest("hex");
}
