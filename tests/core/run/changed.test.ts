import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { loadDocument, loadPipeline } from "../../../core/config/load.ts";
import type { Done, RunEvent } from "../../../core/record/events.ts";
import { openRun } from "../../../core/record/runs.ts";
import { runPipeline } from "../../../core/run/pipeline.ts";
import { HaloError, isHaloError } from "../../../core/util/errors.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { outcomeOf, runsFolder, smallRun } from "./board-run.ts";

const test = suite("run/changed");
const few = [...smallRun, "stages.0.evaluate.sample_size=1", "stages.2.evaluate.sample_size=1"];

interface Options {
  readonly resume?: string;
  readonly acceptsChanges?: boolean;
  readonly fromIteration?: number;
  readonly stopAt?: RunEvent["type"];
}

/** Runs a copy of the board that lies beside its runs, so that its files can be changed. */
async function run(folder: string, o: Options = {}): Promise<Done> {
  const runs = path.join(folder, "runs");
  const resume = o.resume === undefined ? undefined : await openRun(o.resume, runs);
  const pipeline = resume
    ? await loadDocument(resume.info.document, { base: resume.info.base, env: {} })
    : await loadPipeline(path.join(folder, "pipeline.yaml"), {
      sets: [`runs_dir=${runs}`, ...few],
      env: {},
      cwd: process.cwd(),
    });
  const controller = new AbortController();
  return await runPipeline(pipeline, {
    log: silentLog,
    signal: controller.signal,
    packageRoot: packageRoot(),
    ...(resume && { resume }),
    ...(o.acceptsChanges && { acceptsChanges: true }),
    ...(o.fromIteration !== undefined && { fromIteration: o.fromIteration }),
    onEvent: ({ type }) => {
      if (type === o.stopAt) controller.abort(new HaloError("HALO_INTERRUPTED", "stopped by the test"));
    },
  });
}

function boardIn(folder: string): string {
  cpSync(path.join(packageRoot(), "tests/board"), folder, { recursive: true });
  return folder;
}

test(
  "a resume refuses a reward that has changed since, names it, and goes on when that is accepted, which is recorded",
  async (t) => {
    const folder = boardIn(t.use(runsFolder()).path);
    const stopped = await run(folder, { stopAt: "iteration" });
    assert.is(stopped.exit, 130);
    const reward = path.join(folder, "reward.ts");
    const before = readFileSync(reward, "utf8");
    writeFileSync(reward, before.replace("0.5 * scale", "-25 * scale"));
    const e = await thrownBy(() => run(folder, { resume: stopped.run }));
    assert.ok(isHaloError(e, "HALO_RUN_CHANGED"), String(e));
    assert.is(e.message, "since the run began, ./reward.ts has changed");
    assert.match(e.hint!, `halo run --resume ${stopped.run} --accept-changes`);

    assert.is((await run(folder, { resume: stopped.run, acceptsChanges: true })).exit, 0);
    const { accepted } = JSON.parse(readFileSync(path.join(stopped.run, "inputs.json"), "utf8"));
    assert.equal(accepted.map(({ changed }: { changed: unknown }) => changed), [["./reward.ts has changed"]]);
    const events = await (await openRun(stopped.run, "")).readEvents();
    const warned = events.flatMap((event) => event.type === "warning" ? [event.message] : []);
    assert.ok(warned.includes("accepted: ./reward.ts has changed"), warned.join());
  },
  { timeoutMs: 60_000 },
);

test("a run goes back to an earlier iteration, puts the later ones aside, and comes to the same end", async (t) => {
  const folder = boardIn(t.use(runsFolder()).path);
  const done = await run(folder);
  const whole = await outcomeOf(done.run);
  for (const fromIteration of [1, 0]) {
    const again = await run(folder, { resume: done.run, fromIteration });
    assert.is(again.exit, 0);
    assert.equal(await outcomeOf(done.run), whole);
  }
  const aside = readdirSync(path.join(done.run, "iter")).filter((name) => name.includes(".aside-"));
  assert.equal(aside.map((name) => name.split(".")[0]).sort(), ["1", "2", "2"]);
  const none = await run(folder, { resume: done.run, fromIteration: 7 });
  assert.is(none.error?.code, "HALO_RUN_ITERATION");
}, { timeoutMs: 60_000 });

test(
  "a resume refuses a list of episodes that has lost committed lines, and goes on from the beginning with what is left",
  async (t) => {
    const folder = boardIn(t.use(runsFolder()).path);
    const { run: done } = await run(folder);
    const whole = await outcomeOf(done);
    const file = path.join(done, "episodes.jsonl");
    const lines = readFileSync(file, "utf8").split("\n");
    // The evaluation before the training: played again now, it would show the weights after it.
    writeFileSync(file, lines.filter((line) => !line.includes('"label":"before"')).join("\n"));
    const { exit, error } = await run(folder, { resume: done });
    assert.equal([exit, error?.code], [3, "HALO_RUN_CORRUPT"]);
    assert.match(error!.message, `${file}: expected the lines that were committed, got `);
    assert.is((await run(folder, { resume: done, fromIteration: 0 })).exit, 0);
    assert.equal(await outcomeOf(done), whole);
  },
  { timeoutMs: 60_000 },
);
