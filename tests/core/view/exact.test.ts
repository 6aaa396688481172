// runtime: node
/** A recorded point shown again, as a picture or opened in a browser, is the page the policy met, pixel for pixel. */
import { Buffer } from "node:buffer";
import { chromium } from "playwright-core";
import { loadPipeline } from "../../../core/config/load.ts";
import { OpenedPages } from "../../../core/cli/opened-pages.ts";
import { Pictures } from "../../../core/cli/pictures.ts";
import { readPages } from "../../../core/record/page-keeper.ts";
import { openRun } from "../../../core/record/runs.ts";
import { runPipeline } from "../../../core/run/pipeline.ts";
import { silentLog } from "../../../core/util/log.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { sha256 } from "../../../core/util/sha256.ts";
import { assert, suite } from "../../harness.ts";
import { runsFolder } from "../run/board-run.ts";

const test = suite("view/exact");

/** Points that are shown again at least. */
const least = 12;

test("recorded points of the mail site are shown again with equal pixels", async (t) => {
  const { path } = t.use(runsFolder());
  const sets = [
    `runs_dir=${path}`,
    "record.screens=all",
    "environment.options.pages=2",
    "stages=[{evaluate: {label: before, sample_size: 2}}, {train: {iterations: 1, tasks_per_iteration: 1, max_waves: 1}}]",
  ];
  const pipeline = await loadPipeline("pipelines/grpo-gomail.yaml", { sets, env: {}, cwd: packageRoot() });
  const done = await runPipeline(pipeline, { log: silentLog, signal: t.signal, packageRoot: packageRoot() });
  const run = await openRun(done.run, path);
  const pictures = t.use(new Pictures({ io: { log: silentLog, env: {}, signal: t.signal } }));
  let shown = 0;
  for (const slot of ["i1.s0", ...(await run.episodes()).filter((e) => e.label === "before").map((e) => e.id)]) {
    const seen = (await readPages(run.path, slot))!;
    assert.is(seen.points.every((p) => p.mark !== undefined && p.page.shot !== undefined), true, slot);
    assert.ok(seen.points.every((p) => p.page.elements.some((e) => e.box)), "controls have boxes");
    const wanted = seen.points.filter((p) => p.mark!.state !== undefined).slice(0, 6);
    for (const point of wanted) {
      const png = await pictures.make(run, seen, point);
      assert.is(sha256(png), point.page.shot, `${slot} ${point.id}`);
      shown++;
    }
  }
  assert.ok(shown >= least, `${shown} points`);

  const opened = t.use(new OpenedPages({ io: { log: silentLog, env: {}, signal: t.signal } }));
  const seen = (await readPages(run.path, "i1.s0"))!;
  const deepest = seen.points.filter((p) => p.mark?.state !== undefined).at(-1)!;
  const { isVisible, debug, url } = await opened.open(run, seen, deepest);
  assert.equal([isVisible, url], [false, deepest.page.url]);
  const person = await chromium.connectOverCDP(`http://${debug}`);
  t.defer(() => person.close());
  const page = person.contexts().flatMap((context) => context.pages()).find((one) => one.url() === url)!;
  const tools = await page.context().newCDPSession(page);
  // As halo takes them: another setting writes equal pixels in other bytes.
  const { data } = await tools.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true });
  assert.is(sha256(Buffer.from(data, "base64")), deepest.page.shot, "what a person's own tools see there");
}, { timeoutMs: 300_000 });
