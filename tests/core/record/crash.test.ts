// runtime: node
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { listRuns, openRun } from "../../../core/record/runs.ts";
import { assert, suite } from "../../harness.ts";
import { episodeIds, outcome, playScenario } from "./crash-scenario.ts";
import { tempDir } from "./temp-dir.ts";

const test = suite("record/crash");
const child = fileURLToPath(new URL("./crash-child.ts", import.meta.url));

/** Every so many moments a process is killed in earnest. */
const everyMoments = 8;

/** Plays the scenario in another process; resolves to the signal that ended it, if any. */
async function played(...args: readonly string[]): Promise<string | null> {
  const runtime = "Deno" in globalThis ? ["run", "-A", "--quiet"] : [];
  const run = spawn(process.execPath, [...runtime, child, ...args], { stdio: "inherit" });
  const [, signal] = await once(run, "exit");
  return signal;
}

test("a run killed before or after any durable operation is consistent and is finished by a resume", async (t) => {
  const [whole, copies] = [t.use(tempDir()).path, t.use(tempDir()).path];
  assert.is(await played(whole, "0", copies), null);
  const moments = Number(readFileSync(join(copies, "moments"), "utf8"));
  assert.ok(moments > 50, `${moments} moments`);
  const expected = await outcome(await openRun("latest", whole));
  const finish = async (dir: string, k: number): Promise<void> => {
    await checkConsistent(dir, k);
    const run = await playScenario(dir);
    assert.equal(await outcome(run), expected, `moment ${k}`);
    assert.is((await listRuns(dir)).length, 1);
  };
  for (let k = 1; k <= moments; k++) {
    await finish(join(copies, String(k)), k);
    if (k % everyMoments !== 0) continue;
    const dir = t.use(tempDir()).path;
    assert.is(await played(dir, String(k)), "SIGKILL", `moment ${k}`);
    await finish(dir, k);
  }
}, { timeoutMs: 120_000 });

/** What a reader sees between the crash and the resume. */
async function checkConsistent(runsDir: string, k: number): Promise<void> {
  const [listing] = await listRuns(runsDir);
  if (!listing) return;
  assert.ok(
    listing.status === undefined || listing.status === "STOPPED" || listing.status === "DONE",
    `moment ${k}: ${listing.status}`,
  );
  const run = await openRun(listing.id, runsDir);
  const episodes = await run.episodes();
  assert.equal(episodes.map((e) => e.id), episodeIds.slice(0, episodes.length), `moment ${k}`);
  for (const e of episodes) assert.is((await run.readSteps(e.id)).length, e.steps, `moment ${k}`);
  await Promise.all([run.readEvents(), run.readMetrics(), run.iteration(1).readSlots(), run.iteration(1).readBatch()]);
  if (await run.lastCommit() !== undefined) {
    const it = run.iteration(1);
    assert.ok(
      existsSync(join(it.adapterPath, "adapter")) && existsSync(join(it.statePath, "state")) && await it.readBatch(),
      `moment ${k}`,
    );
  }
}
