import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { assert, suite } from "../../harness.ts";
import { outcomeOf, runBoard, runsFolder } from "./board-run.ts";

const test = suite("run/crash");
const child = fileURLToPath(new URL("./crash-child.ts", import.meta.url));
const runtime = "Deno" in globalThis ? ["run", "-A", "--quiet"] : [];

function crash(runsDir: string, killAt: number, resume?: string): { signal: string | null; out: string } {
  const args = [...runtime, child, runsDir, String(killAt), ...resume === undefined ? [] : [resume]];
  const { signal, stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 60_000 });
  // Deno reports a child that killed itself by status 137.
  if (signal !== "SIGKILL" && status !== 0 && status !== 137) throw new Error(stderr);
  return { signal: status === 137 ? "SIGKILL" : signal, out: stdout };
}

const onlyRun = (runsDir: string): string => {
  const runs = readdirSync(runsDir).filter((name) => name !== "blobs");
  assert.is(runs.length, 1);
  return path.join(runsDir, runs[0]!);
};

test("a run killed before any durable write resumes to the same weights and episodes", async (t) => {
  const calm = t.use(runsFolder());
  const whole = await outcomeOf((await runBoard(calm.path)).run);
  const counted = JSON.parse(crash(t.use(runsFolder()).path, 0).out) as { writes: number };
  let crashes = 0;
  for (let killAt = 1; killAt <= counted.writes; killAt++) {
    const runs = runsFolder();
    try {
      assert.is(crash(runs.path, killAt).signal, "SIGKILL", `write ${killAt}`);
      const left = readdirSync(runs.path).filter((name) => name !== "blobs");
      const resumed = left.length === 0 || !hasRun(path.join(runs.path, left[0]!))
        ? await runBoard(runs.path)
        : await runBoard(runs.path, { resume: onlyRun(runs.path) });
      assert.is(resumed.exit, 0, `write ${killAt}`);
      assert.equal(await outcomeOf(resumed.run), whole, `write ${killAt}`);
      crashes++;
    } finally {
      runs.close();
    }
  }
  assert.ok(crashes >= 20, `${crashes} crashes`);
}, { timeoutMs: 600_000 });

/** A run begins to exist with its run.json; killed before that, there is nothing to resume. */
const hasRun = (run: string): boolean => readdirSync(run).includes("run.json");
