// runtime: node
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isAlive } from "./core/browser/processes.ts";
import { assert, suite, type TestContext } from "./harness.ts";

const test = suite("run");
const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs the runner on its own fixtures. */
function runner(t: TestContext, ...options: string[]): Promise<{ status: number | null; lines: string[] }> {
  const child = spawn(process.execPath, ["tests/run.ts", "--dir", "tests/fixtures/runner", ...options], {
    cwd: root,
    env: { ...process.env, HALO_TEST_SCRATCH: scratch(t) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.defer(() => child.kill());
  let text = "";
  child.stdout.on("data", (chunk) => text += chunk);
  return new Promise((resolve) =>
    child.once("close", (status) => resolve({ status, lines: text.trimEnd().split("\n") }))
  );
}

function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "halo-runner-"));
  t.defer(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Titles of the failures that were printed. */
const titles = (lines: readonly string[]) => lines.filter((line) => line.startsWith("--- "));

test("run counts the tests of files that pass", async (t) => {
  const { status, lines } = await runner(t, "--node", "--grep", "passes");
  assert.is(status, 0);
  assert.is(lines.at(-1), "2 passed, 0 failed");
  assert.equal(titles(lines), []);
});

test("run shows the output of a file with a failed test and ends with status 1", async (t) => {
  const { status, lines } = await runner(t, "--node", "--grep", "fails", "--once");
  assert.is(status, 1);
  assert.is(lines.at(-1), "1 passed, 1 failed");
  assert.equal(titles(lines), ["--- tests/fixtures/runner/fails.test.ts on node"]);
  assert.ok(lines.some((line) => line.includes('"bad"')));
});

test("run gives a failed file a second go alone, counts that, and names the file", async (t) => {
  const steady = await runner(t, "--node", "--grep", "fails");
  assert.is(steady.status, 1);
  assert.is(steady.lines.at(-1), "1 passed, 1 failed");
  assert.is(titles(steady.lines).length, 2);
  const { status, lines } = await runner(t, "--node", "--grep", "unsteady");
  assert.is(status, 0);
  assert.is(lines.at(-1), "1 passed, 0 failed");
  assert.ok(
    lines.includes("unsteady: tests/fixtures/runner/unsteady.test.ts on node failed beside others and passed alone"),
  );
});

test("run counts a file that reports no tests, or dies after passing, as one failure", async (t) => {
  const { status, lines } = await runner(t, "--node", "--grep", "says-nothing|dies", "--once");
  assert.is(status, 1);
  assert.is(lines.at(-1), "1 passed, 2 failed");
  assert.equal(titles(lines).sort(), [
    "--- tests/fixtures/runner/dies.test.ts on node: ended with status 7 though no test failed",
    "--- tests/fixtures/runner/says-nothing.test.ts on node: reported no tests; test files use tests/harness.ts",
  ]);
});

test("run stops a file that hangs, and what it started", async (t) => {
  const { status, lines } = await runner(t, "--node", "--grep", "hangs", "--limit-s", "2", "--once");
  assert.is(status, 1);
  assert.is(lines.at(-1), "0 passed, 1 failed");
  assert.equal(titles(lines), ["--- tests/fixtures/runner/hangs.test.ts on node: still running after 2 s"]);
  const pid = Number(lines.find((line) => line.startsWith("child "))?.slice("child ".length));
  assert.ok(pid > 0);
  while (isAlive(pid)) await setTimeout(20, undefined, { signal: t.signal });
});

test("run fails when no file matches", async (t) => {
  const { status, lines } = await runner(t, "--grep", "no-such-file");
  assert.is(status, 1);
  assert.equal(lines, ["no test file under tests/fixtures/runner matches /no-such-file/"]);
});
