// runtime: node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { RunEvent } from "../../../../core/record/events.ts";
import { openRun } from "../../../../core/record/runs.ts";
import { worstEpisodes } from "../../../../core/run/track/worst-pictures.ts";
import { assert, suite } from "../../../harness.ts";
import { outcomeOf, runBoard, runsFolder, smallRun } from "../board-run.ts";

const test = suite("run/tracking");

const fixture = join(process.cwd(), "tests/board/tracker.ts");

type Told = { readonly type: string; readonly [name: string]: unknown };
const told = (file: string): readonly Told[] =>
  readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));

const trackers = (...uses: readonly object[]) => `trackers=${JSON.stringify(uses)}`;
const use = (file: string, way = "well") => ({ use: fixture, options: { file, way } });

test("a tracker is told of the start, every iteration, evaluation and comparison, and the end, in order", async (t) => {
  const runs = t.use(runsFolder());
  const file = join(runs.path, "told.jsonl");
  const done = await runBoard(runs.path, { sets: [...smallRun, trackers(use(file))] });
  const run = await openRun(done.run, runs.path);
  const lines = told(file);
  assert.equal(
    lines.map(({ type, of, step, status }) => [type, of ?? status, step].filter((x) => x !== undefined).join(" ")),
    [
      ...["start", "metrics evaluation 0", "metrics iteration 1", "metrics iteration 2"],
      ...["metrics evaluation 2", "metrics comparison 2", "end done", "closed"],
    ],
  );
  const [start, before, first] = lines as [Told, Told, Told];
  assert.is(start["id"], run.id);
  assert.is(start["folder"], run.path);
  assert.is(start["from"], 0);
  const { trackers: kept } = start["pipeline"] as { readonly trackers: readonly unknown[] };
  assert.is(kept.length, 1);
  const [evaluation] = done.evaluations;
  assert.is((before["values"] as Record<string, number>)["evaluate/before/success_rate"], evaluation!.success_rate);
  const [metrics] = await run.readMetrics();
  for (const [name, value] of Object.entries(first["values"] as Record<string, number>)) {
    if (!name.startsWith("dead/")) assert.is(value, metrics!.values[name], name);
  }
  assert.ok("mean_reward" in (first["values"] as object));
}, { timeoutMs: 60_000 });

test("trackers that throw, hang, find a full disk or do not close change nothing: one warning each", async (t) => {
  const [plain, tracked] = [t.use(runsFolder()), t.use(runsFolder())];
  const file = join(tracked.path, "told.jsonl");
  const events: RunEvent[] = [];
  const ways = ["throws", "disk", "close"];
  const all = [...ways.map((way) => use(file, way)), { use: "tensorboard", options: { dir: "/dev/null/nowhere" } }];
  const [a, b] = [
    await runBoard(plain.path, { sets: smallRun }),
    await runBoard(tracked.path, { sets: [...smallRun, trackers(...all)], onEvent: (e) => events.push(e) }),
  ];
  assert.ok(b.ok);
  assert.equal(await outcomeOf(b.run), await outcomeOf(a.run), "nothing that is learned from");
  const warnings = events.flatMap((e) => e.type === "warning" ? [e.message] : []);
  assert.is(warnings.length, 3, warnings.join("\n"));
  assert.match(warnings.join("\n"), /tracker told misses everything from the start on, .*the server is gone/);
  assert.match(warnings.join("\n"), /tracker told\.2 misses everything from the start on, .*disk is full/);
  assert.match(warnings.join("\n"), /tracker tensorboard misses everything from the start on, /);
  assert.is(events.at(-1)?.type, "done", "the warnings stand before it");
  assert.is(told(file).at(-1)?.type, "end", "the one that only does not close was told everything");
}, { timeoutMs: 90_000 });

test("a resumed run tells its trackers from where it goes on", async (t) => {
  const runs = t.use(runsFolder());
  const file = join(runs.path, "told.jsonl");
  const stop = new AbortController();
  const first = await runBoard(runs.path, {
    sets: [...smallRun, trackers(use(file))],
    signal: stop.signal,
    onEvent: (e) => e.type === "iteration" && stop.abort(new DOMException("stop", "AbortError")),
  }).catch(() => undefined);
  const [before] = told(file).filter(({ type }) => type === "end");
  assert.is(before?.["status"] === "done", false);
  const run = first?.run ?? (told(file)[0]!["folder"] as string);
  const again = await runBoard(runs.path, { resume: run });
  assert.ok(again.ok);
  const [one, two] = told(file).filter(({ type }) => type === "start");
  assert.is(two!["id"], one!["id"]);
  assert.equal([two!["from"], two!["isResumed"]], [1, true]);
  const steps = told(file).filter(({ of }) => of === "iteration").map(({ step }) => step);
  assert.equal(steps, [1, 2]);
}, { timeoutMs: 90_000 });

test("worstEpisodes are the failed ones of the evaluation, lowest reward first", () => {
  const episode = (id: string, o: object) => ({ id, label: "after", success: false, reward: 0, ...o });
  const episodes = [
    episode("d", { reward: 0.5 }),
    episode("a", { reward: 0.1 }),
    episode("b", { success: true }),
    episode("c", { label: "before" }),
    episode("0", { reward: 0.5 }),
  ] as unknown as Parameters<typeof worstEpisodes>[0];
  assert.equal(worstEpisodes(episodes, { label: "after", most: 2 }).map((e) => e.id), ["a", "0"]);
  assert.equal(worstEpisodes(episodes, { label: "after", most: 9 }).map((e) => e.id), ["a", "0", "d"]);
});
