import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import process from "node:process";
import { HaloError, type Json, type Task } from "halo-agent";
import type { HarnessRecord } from "./compare.ts";
import type { PolicyServer } from "./server.ts";

/** What the harness is to do. */
export interface HarnessJob {
  readonly python: string;
  /** Path of the shim's main file. */
  readonly shim: string;
  readonly server: PolicyServer;
  readonly tasks: readonly Task[];
  /** Folder of the harness's own results. */
  readonly results: string;
  readonly timeoutS: number;
  readonly chromium: string;
  /** Chromium's host rules; absent where the harness reaches the hosted sites by itself. */
  readonly rules?: string;
  /** True on a replica, which tasks then start on. */
  readonly isOwn: boolean;
  readonly submit?: { readonly name: string; readonly model: string };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** The tasks' scripts and data are in this zone; the harness itself sets none. */
const timezone = "America/Los_Angeles";

/** Runs agisdk's harness to its end; returns its records by the benchmark's task id. Throws HALO_AGISDK_FAILED. */
export async function runHarness(job: HarnessJob): Promise<ReadonlyMap<string, HarnessRecord>> {
  const { results, server, tasks, signal } = job;
  const [jobFile, out, log] = ["halo-job.json", "halo-records.json", "halo-agisdk.log"].map((name) =>
    join(results, name)
  );
  await writeFile(jobFile!, JSON.stringify(fileOf(job, out!)));
  const stream = createWriteStream(log!);
  await once(stream, "open");
  const child = spawn(job.python, [job.shim, jobFile!], {
    cwd: results,
    env: variables(job),
    stdio: ["ignore", stream, stream],
    // With its browsers it is a group of its own, so that stopping it leaves none behind.
    detached: true,
  });
  const stop = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    const [code] = await once(child, "exit") as [number | null];
    signal.throwIfAborted();
    if (server.faults.length > 0 && server.steps.size === 0) throw server.faults[0]!;
    if (code !== 0) throw failed(`it ended with status ${code}: ${await lastLine(log!)}`, log!);
    const records = JSON.parse(await readFile(out!, "utf8")) as Readonly<Record<string, HarnessRecord>>;
    const missing = tasks.filter(({ template }) => records[template] === undefined);
    if (missing.length === tasks.length) throw failed("it left no record", log!);
    return new Map(
      await Promise.all(
        Object.entries(records).map(async ([id, record]) => [id, await withReport(record, results)] as const),
      ),
    );
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
    stream.end();
  }
}

/** A record with what `/finish` showed, from the episode's folder; without it where there is none. */
async function withReport(record: HarnessRecord, results: string): Promise<HarnessRecord> {
  if (record.exp_dir === null) return record;
  const text = await readFile(resolve(results, record.exp_dir, "finish_state.json"), "utf8").catch(() => undefined);
  const { env_state: report } = (text === undefined ? {} : JSON.parse(text)) as { readonly env_state?: Json };
  return report === undefined ? record : { ...record, report };
}

/** The job as the shim reads it. */
function fileOf({ server, tasks, isOwn, timeoutS, chromium, rules, results, submit }: HarnessJob, out: string): object {
  const isRoot = process.getuid?.() === 0;
  return {
    url: server.url,
    timeoutS,
    tasks: tasks.map(({ template }) => template),
    starts: isOwn ? Object.fromEntries(tasks.map(({ template, goal }) => [template, goal.startUrl])) : {},
    maxSteps: Math.max(...tasks.map(({ goal }) => goal.maxSteps)),
    chromium,
    arguments: [
      ...(rules === undefined ? [] : [`--host-resolver-rules=${rules}`]),
      ...(isRoot ? ["--no-sandbox"] : []),
    ],
    results,
    out,
    ...(submit && { submit }),
  };
}

/** The environment of the harness; a key for the leaderboard is in it only when results are to go there. */
function variables({ env, server, submit }: HarnessJob): Record<string, string> {
  const { RUNID: _run, REAL_API_KEY: key, ...others } = env;
  const kept = Object.entries(others).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(kept),
    ...(submit && key !== undefined && { REAL_API_KEY: key }),
    TZ: timezone,
    HALO_AGISDK_TOKEN: server.token,
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

const failed = (how: string, log: string): HaloError =>
  new HaloError("HALO_AGISDK_FAILED", `agisdk's harness: ${how}`, { hint: `its log: ${log}` });

async function lastLine(log: string): Promise<string> {
  return (await readFile(log, "utf8")).trim().split("\n").at(-1)?.slice(0, 300) || "it said nothing";
}
