import { join } from "node:path";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { readPages } from "../../../core/record/page-keeper.ts";
import { openRun } from "../../../core/record/runs.ts";
import { seenBytes, writeSeen } from "../../../core/record/seen-file.ts";
import { pageDifferences } from "../../../core/report/page-difference.ts";
import { assert, suite } from "../../harness.ts";
import { runBoard, runsFolder, smallRun } from "../run/board-run.ts";
import { capture } from "./capture.ts";

const test = suite("cli/replay");

async function replayed(runsDir: string, ...argv: readonly string[]) {
  const { exit, out } = await capture(["replay", "latest", "--runs-dir", runsDir, "--json", ...argv]);
  const lines = out.split("\n").map((line) => JSON.parse(line));
  return { exit, episodes: lines.slice(0, -1), done: lines.at(-1) };
}

test("episodes of training and evaluations meet the same pages when they are played again", async (t) => {
  const { path } = t.use(runsFolder());
  const { run: folder } = await runBoard(path, { sets: smallRun });
  const run = await openRun(folder, path);
  const all = await run.episodes();
  const { exit, episodes, done } = await replayed(path);
  assert.equal([exit, done.episodes, done.same, done.parted, done.faults], [0, all.length, all.length, 0, 0]);
  assert.equal(episodes.map((e) => [e.id, e.samePages]), all.map((e) => [e.id, e.steps + 1]));
  // Wilson, n of n: n / (n + 1.96²).
  assert.ok(Math.abs(done.ci95[0] - all.length / (all.length + 3.841458820694124)) < 1e-12);
  const some = await replayed(path, "--episodes", "3");
  assert.is(some.episodes.length, 3);
  const after = await replayed(path, "--label", "after", "--match", "board/eval/0*");
  assert.equal(after.episodes.map((e) => e.id), ["after/board/eval/0@123#0"]);
  const { out } = await capture(["replay", "latest:before", "--runs-dir", path]);
  assert.match(
    out,
    /^board-\S+ {2}2 of 2 episodes met the same pages, 100\.0 % \[34\.2 %, 100\.0 %\]; \d+ pages compared and equal$/,
  );
});

test("an episode that meets another page parts there, with what differs, and ends the command with 5", async (t) => {
  const { path } = t.use(runsFolder());
  const { run: folder } = await runBoard(path, { sets: [...smallRun, "stages.1.train.iterations=1"] });
  const run = await openRun(folder, path);
  const id = "before/board/eval/0@123#0";
  const seen = (await readPages(run.path, id))!;
  const renamed = seen.points.map((point) =>
    point.depth !== 1 ? point : {
      ...point,
      page: {
        ...point.page,
        stateKey: "another",
        elements: point.page.elements.map((e, i) => i === 0 ? { ...e, name: "Old name" } : e),
      },
    }
  );
  const name = readdirSync(join(run.path, "pages")).find((n) => n.startsWith("before-board-eval-0-123-0"))!;
  await writeSeen(join(run.path, "pages", name), await seenBytes({ ...seen, points: renamed }));
  const { exit, episodes, done } = await replayed(path, "--label", "before");
  assert.equal([exit, done.ok, done.episodes, done.parted, done.same], [5, false, 2, 1, 1]);
  const parted = episodes.find((e) => e.id === id);
  assert.equal([parted.samePages, parted.parts.step, parted.parts.url], [1, 1, "board:/"]);
  const [{ what, recorded, now }] = parted.parts.differences;
  assert.equal([what, recorded.includes('"Old name"'), now.includes('"Old name"')], ["controls", true, false]);
});

test("an environment that fails is a fault, not another page: 4; a run without pages is told so", async (t) => {
  const { path } = t.use(runsFolder());
  const sets = [...smallRun, "stages.1.train.iterations=1"];
  const { run: folder } = await runBoard(path, { sets });
  const file = join(folder, "run.json");
  const info = JSON.parse(readFileSync(file, "utf8"));
  info.document.environment.options.broken = true;
  delete info.sum;
  writeFileSync(file, JSON.stringify(info));
  const broken = await replayed(path, "--label", "before");
  assert.equal([broken.exit, broken.done.faults, broken.done.episodes, broken.episodes[0].fault.message], [
    4,
    2,
    0,
    "the board is broken",
  ]);
  const bare = t.use(runsFolder()).path;
  await runBoard(bare, { sets: [...sets, "record.pages=none"] });
  const nothing = await capture(["replay", "latest", "--runs-dir", bare, "--json"]);
  assert.equal([nothing.exit, JSON.parse(nothing.out.split("\n")[0]!).code], [2, "HALO_REPLAY_IMPOSSIBLE"]);
});

test("pageDifferences names the field: address, controls, places, picture, fingerprint", () => {
  const element = { id: "e0", role: "button", name: "A", states: [], near: "", region: "", centre: [1, 2] as const };
  const page = { url: "u", title: "t", stateKey: "k", elements: [element], shot: "aa" };
  const mark = { seed: 1, actions: [], fingerprint: { url: "u", scroll: "0" } };
  const screenshot = { sha256: "aa", widthPx: 1, heightPx: 1, png: new Uint8Array() };
  const { shot: _, ...observation } = page;
  const now = { observation: { ...observation, screenshot }, fingerprint: { url: "u", scroll: "0" } };
  const whats = (more: object, fingerprint = now.fingerprint) =>
    pageDifferences({ page, mark }, { observation: { ...now.observation, ...more }, fingerprint }).map((d) => d.what);
  assert.equal(whats({}), []);
  assert.equal(whats({ url: "v", title: "s" }), ["url", "title"]);
  assert.equal(whats({ elements: [{ ...element, name: "B" }] }), ["controls"]);
  assert.equal(whats({ elements: [{ ...element, near: "row" }] }), ["controls"]);
  assert.equal(whats({ elements: [{ ...element, centre: [1, 3] }] }), ["places"]);
  assert.equal(whats({ stateKey: "other" }), ["state"]);
  assert.equal(whats({ screenshot: { ...screenshot, sha256: "bb" } }), ["picture"]);
  assert.equal(whats({}, { url: "u", scroll: "7" }), ["fingerprint.scroll"]);
  assert.equal(whats({ dialog: { kind: "alert", message: "m", text: "" } }), ["dialog"]);
});
