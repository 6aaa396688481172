/**
 * What halo writes for others, read by their own programs: event files by TensorBoard, a run by a real MLflow server and
 * its client, data sets by Hugging Face's `datasets`.
 *
 *   node bench/readers.ts PYTHON [MLFLOW_URL]
 *
 * PYTHON is one that has tensorboard, mlflow and datasets, such as .tools/readers/bin/python, which
 * `./launch.sh --setup-only --dev` makes; without MLFLOW_URL a MLflow server is started. Prints a line for each reader; ends
 * with 1 when one of them reads anything else than what the run recorded.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadPipeline } from "../core/config/load.ts";
import { openRun } from "../core/record/runs.ts";
import { pairLines, sftLines } from "../core/report/exported.ts";
import { runPipeline } from "../core/run/pipeline.ts";
import { freePort } from "../core/serve/port.ts";
import { stderrLog } from "../core/util/log.ts";
import { packageRoot } from "../core/util/package-root.ts";

type Curve = readonly (readonly [step: number, value: number])[];

interface Read {
  readonly tensorboard: {
    readonly scalars: Readonly<Record<string, Curve>>;
    readonly images: Readonly<Record<string, number>>;
  };
  readonly mlflow: {
    readonly status: string;
    readonly metrics: Readonly<Record<string, Curve>>;
    readonly params: Readonly<Record<string, string>>;
    readonly pictures: readonly string[];
  };
  readonly datasets: Readonly<
    Record<"sft" | "pairs", { readonly rows: number; readonly columns: readonly string[] }>
  >;
}

const [python, given] = process.argv.slice(2);
if (python === undefined) throw new Error("node bench/readers.ts PYTHON [MLFLOW_URL]");
const folder = mkdtempSync(join(tmpdir(), "halo-readers-"));
let server: ChildProcess | undefined;
let isWrong = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    clean();
    process.kill(process.pid, signal);
  });
}
process.once("exit", clean);

/** Ends the server and removes what was written, however this ends. */
function clean(): void {
  if (server?.pid !== undefined) {
    try {
      process.kill(-server.pid, "SIGKILL"); // its own helpers too
    } catch { /* they are gone */ }
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Says whether a reader read what was written. */
function say(reader: string, what: string, isRight: boolean): void {
  console.log(`${isRight ? "ok   " : "WRONG"} ${reader.padEnd(12)} ${what}`);
  if (!isRight) isWrong = true;
}

async function mlflowServer(): Promise<string> {
  const port = await freePort();
  const store = [
    "--backend-store-uri",
    `sqlite:///${folder}/mlflow.db`,
    "--artifacts-destination",
    `${folder}/artifacts`,
  ];
  const args = ["-m", "mlflow", "server", "--host", "127.0.0.1", "--port", String(port), "--workers", "1", ...store];
  // Seven processes for jobs that nobody asks for.
  const env = { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false" };
  server = spawn(python!, args, { stdio: "ignore", detached: true, env });
  server.unref(); // it would keep this process waiting for its end
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 600; i++) {
    if (await fetch(`${url}/health`).then((r) => r.ok, () => false)) return url;
    await delay(500);
  }
  throw new Error("the MLflow server did not start within 300 s");
}

const url = given ?? await mlflowServer();
const trackers = [
  { use: "tensorboard", options: { dir: join(folder, "tensorboard") } },
  { use: "mlflow", options: { url } },
];
// Long enough for some episode to be solved, else there is no row to learn from.
const stages = "[{evaluate: {label: before, sample_size: 3}}, {train: {iterations: 8, tasks_per_iteration: 4}}, " +
  "{evaluate: {label: after, sample_size: 12}}]";
const pipeline = await loadPipeline("pipelines/grpo-gomail.yaml", {
  sets: [`runs_dir=${folder}/runs`, `stages=${stages}`, `trackers=${JSON.stringify(trackers)}`],
  env: {},
  cwd: packageRoot(),
});
const signal = AbortSignal.timeout(600_000);
const done = await runPipeline(pipeline, { log: stderrLog, signal, packageRoot: packageRoot() });
if (!done.ok) throw new Error(`the run ended with ${done.error?.code}: ${done.error?.message}`);
const run = await openRun(done.run, join(folder, "runs"));
const exports = { sft: (await sftLines(run)).lines, pairs: (await pairLines(run)).lines };
for (const [name, lines] of Object.entries(exports)) {
  writeFileSync(join(folder, `${name}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

const reader = fileURLToPath(new URL("readers/read.py", import.meta.url));
const { stdout, stderr, status } = spawnSync(python, [reader, folder, url, run.id], { encoding: "utf8" });
if (status !== 0) throw new Error(stderr);
const read = JSON.parse(stdout.trim().split("\n").at(-1)!) as Read;

const metrics = await run.readMetrics();
const curve = metrics.map(({ step, values }) => [step, values["mean_reward"]!] as const);
const isCurve = (found: Curve | undefined) =>
  found?.length === curve.length &&
  curve.every(([step, value], i) => found[i]![0] === step && Math.abs(found[i]![1] - value) < 1e-6);
const { scalars, images } = read.tensorboard;
say("TensorBoard", `${Object.keys(scalars).length} curves`, isCurve(scalars["mean_reward"]));
say("TensorBoard", `${Object.keys(images).length} pictures`, (images["evaluate/before/worst-1"] ?? 0) > 5_000);
const { status: state, metrics: kept, params, pictures } = read.mlflow;
say("MLflow", `${Object.keys(kept).length} curves, ${state}`, isCurve(kept["mean_reward"]) && state === "FINISHED");
say("MLflow", `${Object.keys(params).length} parameters`, params["algorithm.options.num_generations"] === "8");
say("MLflow", `${pictures.length} pictures`, pictures.includes("worst/step-0/before-worst-1.png"));
const columns = { sft: "completion,prompt", pairs: "chosen,prompt,rejected" };
for (const name of ["sft", "pairs"] as const) {
  const { rows, columns: found } = read.datasets[name];
  say("datasets", `${name}: ${rows} rows`, rows === exports[name].length && found.join() === columns[name]);
}
process.exitCode = isWrong ? 1 : 0;
