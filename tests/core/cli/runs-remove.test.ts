import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRun } from "../../../core/record/run-folder.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { runsFolder } from "../run/board-run.ts";
import { capture } from "./capture.ts";

const test = suite("cli/runs-remove");

/** Three runs, oldest first; "running" belongs to this process. */
async function threeRuns(t: TestContext): Promise<string> {
  const { path } = t.use(runsFolder());
  for (const id of ["done", "stopped", "running"]) {
    const run = await createRun(path, { id, name: "x", seed: 0, document: {}, base: path });
    await run.status(id.toUpperCase() as "DONE");
    writeFileSync(join(run.path, "events.jsonl"), '{"schema":"halo.events/1"}\n');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return path;
}

const runs = (path: string, ...argv: readonly string[]) => capture(["runs", ...argv, "--runs-dir", path]);
const yes = (answer: boolean, asked: string[] = []) => ({
  confirm: (question: string) => {
    asked.push(question);
    return Promise.resolve(answer);
  },
});

test("halo runs rm asks, names the size, and removes what is named", async (t) => {
  const path = await threeRuns(t);
  const asked: string[] = [];
  const no = await capture(["runs", "rm", "done", "stopped", "--runs-dir", path], yes(false, asked));
  assert.match(no.out, /^done {5}DONE {5}\d kB\nstopped {2}STOPPED {2}\d kB$/);
  assert.match(asked[0]!, /^remove 2 runs, \d kB\?$/);
  assert.equal([no.exit, no.err, readdirSync(path).length], [0, "nothing was removed", 3]);
  const removed = await capture(["runs", "rm", "done", "--runs-dir", path], yes(true));
  assert.match(removed.err, /^removed 1 run, \d kB$/);
  assert.equal(readdirSync(path).sort(), ["running", "stopped"]);
});

test("halo runs rm without a terminal wants --yes", async (t) => {
  const path = await threeRuns(t);
  const { exit, err } = await runs(path, "rm", "done");
  assert.is(exit, 2);
  assert.match(err, /remove 1 run, \d kB\? There is no terminal to ask on\n {2}try: repeat it with --yes$/);
  assert.is((await runs(path, "rm", "done", "--yes")).exit, 0);
  assert.not(existsSync(join(path, "done")));
});

test("halo runs rm leaves a run that is being run, and the folder behind a link", async (t) => {
  const path = await threeRuns(t);
  const busy = await runs(path, "rm", "done", "running", "--yes");
  assert.equal([busy.exit, busy.err.split("\n")[0]], [2, "error HALO_RUN_BUSY"]);
  assert.is(readdirSync(path).length, 3);
  const elsewhere = t.use(runsFolder()).path;
  const own = await createRun(elsewhere, { id: "own", name: "x", seed: 0, document: {}, base: path });
  symlinkSync(own.path, join(path, "own"));
  assert.is((await runs(path, "rm", "own", "--yes")).exit, 0);
  assert.equal([existsSync(own.path), existsSync(join(path, "own"))], [true, false]);
});

test("halo runs rm removes nothing outside the folder of runs, and a damaged run by its whole id", async (t) => {
  const path = await threeRuns(t);
  const elsewhere = t.use(runsFolder()).path;
  const other = await createRun(elsewhere, { id: "other", name: "x", seed: 0, document: {}, base: path });
  assert.is((await runs(path, "rm", other.path, "--yes")).exit, 2);
  assert.is((await runs(path, "rm", "../", "--yes")).exit, 2);
  assert.ok(existsSync(other.path));
  mkdirSync(join(path, "bad"));
  writeFileSync(join(path, "bad", "run.json"), "{}");
  assert.is((await runs(path, "rm", "bad", "--yes")).exit, 0);
  assert.equal(readdirSync(path).sort(), ["done", "running", "stopped"]);
});

test("halo runs prune removes what its filters choose, never all without one", async (t) => {
  const path = await threeRuns(t);
  assert.match((await runs(path, "prune", "--yes")).err, /expected what to remove/);
  const none = await runs(path, "prune", "--before", "1h", "--yes");
  assert.equal([none.exit, none.err], [0, "no run to remove"]);
  const json = JSON.parse((await runs(path, "prune", "--keep", "2", "--yes", "--json")).out);
  assert.equal([json.type, json.items.map((i: { readonly id: string }) => i.id), json.bytes > 0], [
    "removed",
    ["done"],
    true,
  ]);
  await runs(path, "prune", "--status", "stopped,running", "--yes");
  assert.equal(readdirSync(path), ["running"]);
});

test("halo runs lists what its filters choose", async (t) => {
  const path = await threeRuns(t);
  const ids = async (...flags: readonly string[]) =>
    JSON.parse((await runs(path, "--json", ...flags)).out).items.map((i: { readonly id: string }) => i.id);
  assert.equal(await ids("--status", "done,stopped"), ["done", "stopped"]);
  assert.equal(await ids("--match", "*n*"), ["done", "running"]);
  assert.equal(await ids("--limit", "1"), ["running"]);
  assert.equal(await ids("--since", "1d"), ["done", "stopped", "running"]);
  assert.equal(await ids("--before", "2020-01-01"), []);
  assert.is((await runs(path, "--match", "zzz")).err, "no run of 3 matches");
  for (
    const [flag, value, message] of [
      ["--status", "dead", '--status must be of running, done, failed, stopped, new, damaged, got "dead"'],
      ["--since", "long", '--since must be an age (30m, 12h, 7d, 2w) or a day (2026-11-20), got "long"'],
    ] as const
  ) assert.is((await runs(path, flag, value)).err.split("\n")[1], `  ${message}`);
});
