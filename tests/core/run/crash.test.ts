// runtime: node
import { spawn } from "node:child_process";
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { keyedRng } from "halo-agent/kit";
import { mapLimited } from "../../../core/util/limit.ts";
import { assert, suite } from "../../harness.ts";
import { outcomeOf, runBoard, runsFolder, smallRun } from "./board-run.ts";

const test = suite("run/crash");
const child = fileURLToPath(new URL("./crash-child.ts", import.meta.url));

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly ms: number;
}

/** Every so many writes a process is killed in earnest. */
const everyWrites = 10;

/**
 * Runs the board in a process of its own. It dies at its `killAt`-th durable write, or after `killAfterMs`; or it copies what
 * it would leave at each of them to a folder of that number in `copies`.
 */
async function runChild(
  runsDir: string,
  o: { readonly killAt?: number; readonly killAfterMs?: number; readonly copies?: string },
): Promise<Ended> {
  const start = performance.now();
  const args = [runsDir, String(o.killAt ?? 0), ...o.copies === undefined ? [] : [o.copies]];
  const running = spawn(process.execPath, [child, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const timer = setTimeout(() => running.kill("SIGKILL"), o.killAfterMs ?? 60_000);
  let out = "";
  running.stdout.on("data", (chunk) => out += chunk);
  const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
    running.once("error", reject);
    running.once("close", (_, by) => resolve(by));
  });
  clearTimeout(timer);
  return { signal, out, ms: performance.now() - start };
}

/** Continues what a killed process left, or starts when it left no run; returns what equal runs must agree on. */
async function continued(runsDir: string): Promise<Awaited<ReturnType<typeof outcomeOf>>> {
  const runs = readdirSync(runsDir).filter((name) =>
    existsSync(path.join(runsDir, name, "run.json")) && !name.startsWith(".")
  );
  assert.ok(runs.length <= 1, `${runs.length} runs`);
  const [run] = runs;
  const done = await runBoard(runsDir, run === undefined ? { sets: smallRun } : { resume: path.join(runsDir, run) });
  assert.is(done.exit, 0);
  const left = readdirSync(done.run, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tmp"));
  assert.equal(left, []);
  return await outcomeOf(done.run);
}

async function wholeRun(): Promise<Awaited<ReturnType<typeof outcomeOf>>> {
  const runs = runsFolder();
  try {
    return await outcomeOf((await runBoard(runs.path, { sets: smallRun })).run);
  } finally {
    runs.close();
  }
}

test("a run killed before any durable write of two iterations resumes to the same weights and episodes", async (t) => {
  const whole = await wholeRun();
  const [runs, copies] = [t.use(runsFolder()).path, t.use(runsFolder()).path];
  const { writes } = JSON.parse((await runChild(runs, { copies })).out) as { writes: number };
  assert.ok(writes >= 30, `${writes} durable writes`);
  for (let k = 1; k <= writes; k++) {
    // In the place of the run that it is a copy of: its pipeline names this folder.
    rmSync(runs, { recursive: true });
    renameSync(path.join(copies, String(k)), runs);
    assert.equal(await continued(runs), whole, `write ${k}`);
  }
  const killedAt = Array.from({ length: Math.floor(writes / everyWrites) }, (_, i) => (i + 1) * everyWrites);
  await mapLimited(killedAt, 2, async (killAt) => {
    const killed = t.use(runsFolder());
    assert.is((await runChild(killed.path, { killAt })).signal, "SIGKILL", `write ${killAt}`);
    assert.equal(await continued(killed.path), whole, `write ${killAt}`);
  });
}, { timeoutMs: 280_000 });

test("a run killed at 20 random moments resumes to the same weights and episodes", async (t) => {
  const whole = await wholeRun();
  const { ms } = await runChild(t.use(runsFolder()).path, {});
  const rng = keyedRng("crash", 1);
  const delays = Array.from({ length: 20 }, () => (0.3 + 0.65 * rng.next()) * ms);
  const signals = await mapLimited(delays, 2, async (killAfterMs) => {
    const runs = t.use(runsFolder());
    const { signal } = await runChild(runs.path, { killAfterMs });
    assert.equal(await continued(runs.path), whole, `killed after ${killAfterMs} ms`);
    return signal;
  });
  assert.ok(signals.filter((s) => s === "SIGKILL").length >= 10, `${signals}`);
}, { timeoutMs: 120_000 });
