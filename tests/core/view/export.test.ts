// runtime: node
/** Opens exported pages from disk in Chromium: the same values as the records, nothing asked of anybody but files. */
import { Buffer } from "node:buffer";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { launchBrowser } from "../../../core/browser/launch.ts";
import { openRun } from "../../../core/record/runs.ts";
import { readPages } from "../../../core/record/page-keeper.ts";
import { HaloError } from "../../../core/util/errors.ts";
import { exportView } from "../../../core/view/export.ts";
import { KnownRuns } from "../../../core/view/known-runs.ts";
import type { OpenPage } from "../../../core/view/openable.ts";
import { serveView } from "../../../core/view/server.ts";
import { staticName } from "../../../core/view/static-name.ts";
import { assert, suite } from "../../harness.ts";
import { capture } from "../cli/capture.ts";
import { runBoard, runsFolder } from "../run/board-run.ts";
import { hostileTexts, makeHostile } from "./hostile.ts";

const runs = runsFolder();
process.on("exit", () => runs.close());
const done = await runBoard(runs.path, {
  sets: ["stages.0.evaluate.sample_size=4", "stages.2.evaluate.sample_size=4"],
});
const run = await openRun(done.run, runs.path);
const test = suite("view/export");
const { signal } = new AbortController();

/** One red pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
  "base64",
);

test("the exported pages open from disk and show the records; pictures are those that were made", async (t) => {
  const to = join(t.use(runsFolder()).path, "shown");
  const written = await exportView({
    runs: new KnownRuns(runs.path),
    to,
    pictures: "evaluations",
    picture: () => Promise.resolve(png),
    signal,
  });
  const episodes = await run.episodes();
  assert.is(readdirSync(join(to, "data")).length, written.answers + 1);
  assert.ok(written.pictures > 0 && readdirSync(join(to, "pictures")).length === written.pictures);

  const browser = t.use(await launchBrowser({ hosts: { "127.0.0.1": "127.0.0.1" } }));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const wrong: string[] = [];
  page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
  page.on("pageerror", (e) => wrong.push(e.message));
  page.on("requestfailed", (r) => wrong.push(`failed: ${r.url()}`));
  page.on("request", (r) => !/^(file|data):/.test(r.url()) && wrong.push(`request to ${r.url()}`));
  const index = pathToFileURL(join(to, "index.html")).href;
  const link = (...parts: readonly string[]) => `${index}#/${parts.map(encodeURIComponent).join("/")}`;
  const textAt = async (...parts: readonly string[]) => {
    await page.goto(link(...parts));
    await page.waitForFunction(() =>
      document.querySelector("main > :not(.waiting)") && !document.querySelector(".waiting, .loading")
    );
    return await page.locator("main").innerText();
  };

  const [before, after] = done.evaluations;
  const row = await textAt();
  assert.ok(row.includes(`${before!.successes}/${before!.n}`) && row.includes(`${after!.successes}/${after!.n}`), row);
  assert.ok((await textAt("run", run.id, "iteration", "1")).includes(String(done.env_steps)));
  const [slot] = await run.iteration(1).readSlots();
  const [group] = slot!.groups;
  const [branch] = group!.decisions[0]!.branches;
  const shown = await textAt("run", run.id, "group", group!.id);
  assert.ok(shown.includes(branch!.sample.logprob!.toFixed(3)), shown);
  const evaluated = episodes.find((e) => e.label === "after")!;
  assert.ok((await textAt("run", run.id, "episode", evaluated.id)).includes(evaluated.verdict.reason));
  assert.is(await page.locator(".film img").count(), evaluated.steps + 1, "a picture for every page of the film");
  await page.keyboard.press("ArrowRight");
  const trained = episodes.find((e) => e.label === "train")!;
  assert.ok((await textAt("run", run.id, "episode", trained.id)).includes(trained.goal));
  assert.is(await page.locator("main img").count(), 0, "pages of training are drawn by their controls");
  assert.ok((await textAt("run", run.id, "tasks")).includes(evaluated.taskKey));
  const comparison = await textAt("compare", `${run.id}:before`, `${run.id}:after`);
  assert.ok(comparison.includes(`${done.comparisons[0]!.n} tasks paired`), comparison);
  assert.equal(wrong, []);
}, { timeoutMs: 120_000 });

test("an export that is stopped leaves nothing behind, and blames no page for it", async (t) => {
  const to = join(t.use(runsFolder()).path, "shown");
  const controller = new AbortController();
  const told: string[] = [];
  const stages: string[] = [];
  const exported = exportView({
    runs: new KnownRuns(runs.path),
    to,
    pictures: "evaluations",
    picture: (_run, _seen, { id }) => {
      controller.abort(new Error("stopped by SIGTERM"));
      return Promise.reject(new Error(`the page of ${id} closed`));
    },
    signal: controller.signal,
    warn: (reason) => told.push(reason),
    progress: ({ pictured }) => stages.push(pictured ? "pictures" : "answers"),
  });
  assert.is(await exported.catch((e: Error) => e.message), "stopped by SIGTERM");
  assert.equal([existsSync(to), told], [false, []]);
  assert.ok(stages.length > 20 && stages.every((stage) => stage === "answers"), "every answer was told");
}, { timeoutMs: 60_000 });

test("a folder that holds anything is refused, and hostile words stay words", async (t) => {
  const folder = t.use(runsFolder()).path;
  mkdirSync(join(folder, "full"));
  writeFileSync(join(folder, "full/letter.txt"), "dear");
  const own = t.use(runsFolder());
  cpSync(run.path, join(own.path, run.id), { recursive: true });
  await makeHostile(join(own.path, run.id), own.path);
  const o = { runs: new KnownRuns(own.path), pictures: "none", signal } as const;
  const refused = await exportView({ ...o, to: join(folder, "full") }).catch((e: { code: string }) => e.code);
  assert.is(refused, "HALO_VIEW_EXPORT");
  await exportView({ ...o, to: join(folder, "new") });
  const name = staticName("episode", { run: run.id, id: (await run.episodes())[0]!.id });
  const file = readFileSync(join(folder, "new/data", `${name}.js`), "utf8");
  const told: string[] = [];
  new Function("haloExport", file)({ answer: (...args: readonly string[]) => told.push(...args) });
  assert.is(told[0], name);
  assert.is(JSON.parse(told[1]!).goal, hostileTexts.slice(0, 2).join(" "), "data, whatever it says");
}, { timeoutMs: 60_000 });

test("halo view --export says where the page is; --open says why a page cannot be opened", async (t) => {
  const { path } = t.use(runsFolder());
  const args = ["view", run.id, "--runs-dir", runs.path];
  const shown = join(path, "shown");
  const { exit, out, err } = await capture([...args, "--export", shown, "--pictures", "none", "--json"]);
  assert.match(err, /^exporting: 1 answer, 0 pictures, 0\.0 MB$/m);
  const { type, page, pictures, answers } = JSON.parse(out);
  assert.equal([exit, type, page, pictures], [0, "view_export", join(shown, "index.html"), 0]);
  assert.ok(existsSync(page));
  const byPath = ["view", run.path, "--export", join(path, "by-path"), "--pictures", "none", "--json"];
  assert.is(JSON.parse((await capture(byPath)).out).answers, answers, "a path needs no --runs-dir");
  cpSync(run.path, join(path, "runs/copy"), { recursive: true });
  const two = await capture(["view", run.path, join(path, "runs/copy")]);
  assert.match(two.err, "the runs lie in 2 folders; the viewer shows those of one");
  const wrong = await capture([...args, "--export", join(path, "other"), "--pictures", "some"]);
  assert.is(wrong.exit, 2);
  assert.match(wrong.err, '--pictures must be all, evaluations or none, got "some"');
  const stop = AbortSignal.abort(new HaloError("HALO_TERMINATED", "stopped by SIGTERM"));
  const stopped = await capture([...args, "--export", join(path, "other")], { signal: stop });
  assert.is(stopped.exit, 143);
  assert.match(
    stopped.err,
    `stopped by SIGTERM before the export was whole: nothing of it stays in ${join(path, "other")}`,
  );
  assert.is(existsSync(join(path, "other")), false);
  const nowhere = await capture([...args, "--open", "i9.s0.0"]);
  assert.is(nowhere.exit, 2);
  assert.match(nowhere.err, /HALO_GROUP_NOT_FOUND/);
});

test("the viewer opens a page for whoever has the token, and for nobody else", async (t) => {
  const [slot] = await run.iteration(1).readSlots();
  const { points } = (await readPages(run.path, slot!.id))!;
  const asked: string[] = [];
  const open: OpenPage = (folder, _, point) => {
    asked.push(`${folder.id} ${point.id}`);
    return Promise.resolve({ isVisible: false, debug: "127.0.0.1:1", url: point.page.url });
  };
  const view = t.use(await serveView({ runs: new KnownRuns(runs.path), open }));
  const post = (point: string, token: string) =>
    fetch(new URL(`/api/open?${new URLSearchParams({ run: run.id, of: slot!.id, point, token })}`, view.url), {
      method: "POST",
    });
  const stranger = await post(points[0]!.id, "wrong");
  assert.equal([stranger.status, asked.length], [403, 0]);
  await stranger.body?.cancel();
  const opened = await post(points[0]!.id, view.token);
  assert.equal(await opened.json(), { isVisible: false, debug: "127.0.0.1:1", url: points[0]!.page.url });
  assert.equal(asked, [`${run.id} ${points[0]!.id}`]);
  const nowhere = await post("no such point", view.token);
  assert.is((await nowhere.json()).code, "HALO_VIEW_POINT");
});

test("staticName is one name for one question, whatever the order of its parts", () => {
  assert.is(staticName("pair", { a: "1", b: "2" }), staticName("pair", { b: "2", a: "1" }));
  const names = new Set(
    Array.from({ length: 50_000 }, (_, i) => staticName("group", { run: "r", id: `i${i % 300}.s${i % 7}.${i}` })),
  );
  assert.is(names.size, 50_000);
  assert.ok([...names].every((name) => /^group-[0-9a-z]+$/.test(name)));
});
