// runtime: node
/** Drives the viewer's pages in Chromium on a recorded run, and holds what they show against the records. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import type { Page } from "playwright-core";
import { launchBrowser } from "../../../core/browser/launch.ts";
import { openRun } from "../../../core/record/runs.ts";
import { advantagesOf, saidBy, titlesOf } from "../../../core/report/group-view.ts";
import { KnownRuns } from "../../../core/view/known-runs.ts";
import { serveView } from "../../../core/view/server.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { runBoard, runsFolder } from "../run/board-run.ts";
import { makeHostile } from "./hostile.ts";

const runs = runsFolder();
const done = await runBoard(runs.path, {
  sets: ["stages.0.evaluate.sample_size=4", "stages.2.evaluate.sample_size=4"],
});
const trees = await runBoard(runs.path, {
  sets: [
    "name=trees",
    "algorithm={use: agentq, options: {num_simulations: 16, max_children: 4}}",
    "stages=[{train: {iterations: 1, tasks_per_iteration: 1}}]",
  ],
});
const run = await openRun(done.run, runs.path);
const view = await serveView({ runs: new KnownRuns(runs.path) });
const browser = await launchBrowser({ hosts: { "127.0.0.1": "127.0.0.1" } });
process.on("exit", () => runs.close());
const test = suite("view/pages");
const limit = { timeoutMs: 90_000 };

/** A page of the viewer with what went wrong on it so far. */
async function open(
  t: TestContext,
  hash: string,
  o: { readonly width?: number; readonly theme?: "light" | "dark"; readonly url?: string } = {},
) {
  const page = await browser.newPage({
    viewport: { width: o.width ?? 1280, height: 800 },
    colorScheme: o.theme ?? "light",
  });
  t.defer(() => page.close());
  const wrong: string[] = [];
  page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
  page.on("pageerror", (e) => wrong.push(e.message));
  page.on("request", (r) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:)/.test(r.url())) wrong.push(`request to ${r.url()}`);
  });
  await page.goto((o.url ?? view.url) + hash);
  await settled(page);
  return { page, wrong };
}

async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.querySelector("main > :not(.waiting)") && !document.querySelector(".waiting")
  );
  await page.evaluate(() => document.fonts.ready.then(() => {}));
}

const textOf = (page: Page, selector = "main") => page.locator(selector).innerText();
const link = (...parts: readonly string[]) => `#/${parts.map(encodeURIComponent).join("/")}`;

test("Runs lists every run with what its evaluations solved, and two ticked ones are compared", async (t) => {
  const { page, wrong } = await open(t, "#/");
  const [before, after] = done.evaluations;
  const row = page.locator("tbody tr", { hasText: run.id });
  const text = await row.innerText();
  assert.ok(
    text.includes(`${before!.successes}/${before!.n}`) && text.includes(`${after!.successes}/${after!.n}`),
    text,
  );
  assert.ok(text.includes(String(done.env_steps)), text);
  assert.is(await page.locator("tbody tr").count(), 2);
  for (const box of await page.locator("tbody input").all()) await box.check();
  assert.is(await page.locator("a.button", { hasText: "Compare the two" }).count(), 1);
  await page.getByLabel("Filter runs").fill("trees");
  assert.is(await page.locator("tbody tr").count(), 1);
  assert.equal(wrong, []);
}, limit);

test("Run shows the figures of the record; a click on a curve opens that iteration's groups", async (t) => {
  const { page, wrong } = await open(t, link("run", run.id));
  const [comparison] = done.comparisons;
  const tiles = await textOf(page, ".tiles");
  for (
    const text of [
      `+${(comparison!.delta * 100).toFixed(1)} points`,
      `${comparison!.n} tasks paired`,
      `2 of 2`,
      String(done.env_steps),
    ]
  ) {
    assert.ok(tiles.includes(text), `${text} in ${tiles}`);
  }
  const metrics = await run.readMetrics();
  const chart = page.locator('[data-chart="mean_reward"]');
  assert.ok((await chart.innerText()).includes(metrics.at(-1)!.values["mean_reward"]!.toFixed(3)));
  const area = (await chart.locator(".pointing").boundingBox())!;
  await page.mouse.move(area.x + 2, area.y + 40);
  assert.ok((await chart.innerText()).includes("at 1"));
  assert.is(await page.locator(".chart-title abbr[title]").count(), 6, "every curve that comes first is explained");
  const isAnyDead = (await run.readEvents()).some((e) => e.type === "iteration" && Object.keys(e.dead).length > 0);
  assert.is(/\bat 1$/.test(await textOf(page, '[data-chart="groups without gradient"] .legend')), isAnyDead);
  await page.mouse.click(area.x + 2, area.y + 40);
  await page.waitForSelector("[data-group]");
  await page.waitForFunction(() => document.querySelector(".iteration")!.getBoundingClientRect().top < innerHeight / 2);
  assert.not.match(await textOf(page), /\b1 (groups|steps|curves|tasks)\b/);
  const slots = await run.iteration(1).readSlots();
  const groups = await page.locator("[data-group]").evaluateAll((all) =>
    all.map((el) => el.getAttribute("data-group"))
  );
  assert.equal(groups, slots.flatMap((s) => s.groups.map((g) => g.id)));
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => location.hash.endsWith("/iteration/2"));
  await page.waitForSelector('[data-group^="i2."]');
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move(area.x, area.y + 40);
  // The button goes down and up on the dot itself before anything is drawn anew.
  await page.evaluate(() => {
    const dot = document.querySelector('[data-chart="mean_reward"] .dot')!.getBoundingClientRect();
    const [clientX, clientY] = [dot.x + dot.width / 2, dot.y + dot.height / 2];
    for (const type of ["pointerdown", "pointerup"]) {
      const hit = document.elementFromPoint(clientX, clientY)!;
      hit.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, bubbles: true }));
    }
  });
  await page.waitForFunction(() => location.hash.endsWith("/iteration/1"));
  assert.equal(wrong, []);
}, limit);

test(
  "Group shows every sample with the reward, advantage and log-probability of the record, on the page it was drawn at",
  async (t) => {
    const { page, wrong } = await open(t, link("run", run.id, "group", "i1.s0.0"));
    const [slot] = await run.iteration(1).readSlots();
    const [group] = slot!.groups;
    const [decision] = group!.decisions;
    const advantages = advantagesOf(group!, (await run.iteration(1).readBatch())!.examples);
    for (const [i, branch] of decision!.branches.entries()) {
      const card = page.locator(`[data-sibling~="${i + 1}"]`);
      const text = await card.innerText();
      const advantage = advantages.get(branch)!;
      assert.ok(text.includes(branch.reward!.toFixed(2)), text);
      assert.ok(text.includes(`${advantage < 0 ? "−" : "+"}${Math.abs(advantage).toFixed(3)}`), text);
      assert.ok(text.includes(branch.sample.logprob!.toFixed(3)), text);
      for (const term of branch.terms!) assert.ok(text.includes(`${term.name}`) && text.includes(term.evidence), text);
    }
    assert.is(await page.locator("[data-el]").count(), 12, "a control for each tile");
    const numbers = (await page.locator(".mark-label").allInnerTexts()).flatMap((text) => text.split(" ")).map(Number);
    const clicked = decision!.branches.flatMap(({ sample: { parsed } }, i) =>
      parsed.ok && parsed.action.action === "click" ? [i + 1] : []
    );
    assert.equal(numbers.sort((a, b) => a - b), clicked);
    assert.ok((await textOf(page)).includes(slot!.task.goal.text));
    assert.equal(wrong, []);
  },
  limit,
);

test("Episode steps by the keyboard and shows what each step said, was paid and changed", async (t) => {
  const episode = (await run.episodes()).find((e) => e.label === "before")!;
  const steps = await run.readSteps(episode.id);
  const { page, wrong } = await open(t, link("run", run.id, "episode", episode.id));
  assert.is(await page.locator(".frame").count(), steps.length + 1);
  assert.ok((await textOf(page, ".verdict")).includes(episode.verdict.reason));
  for (const [i, step] of steps.entries()) {
    const shown = await textOf(page, ".step");
    assert.ok(shown.includes(`Step ${i}`) && shown.includes(step.text), shown);
    assert.ok(shown.includes(`${step.reward < 0 ? "−" : "+"}${step.reward.toFixed(2)}`), shown);
    assert.ok(step.text === "" || shown.includes("What the policy wrote"), shown);
    const marks = await page.locator(".figure .mark, .figure .click").count();
    assert.is(await page.locator(".key").count(), marks, "one mark at most, and what it means");
    assert.ok(marks <= 1);
    await page.keyboard.press("ArrowRight");
  }
  const end = await textOf(page, ".step");
  assert.ok(end.includes("The end") && end.includes(episode.verdict.reason), end);
  await page.keyboard.press("Home");
  assert.ok((await textOf(page, ".step")).includes("Step 0"));
  assert.ok(page.url().endsWith("/0"));
  assert.equal(wrong, []);
}, limit);

test("Compare shows the paired table, every flipped task, and where its two episodes part", async (t) => {
  const [c] = done.comparisons;
  const { page, wrong } = await open(t, link("compare", `${run.id}:before`, `${run.id}:after`));
  const tiles = await textOf(page, ".tiles");
  for (
    const text of [
      `${c!.p < 0.0001 ? "p < 0.0001" : `p = ${c!.p.toFixed(4)}`}`,
      `+${(c!.delta * 100).toFixed(1)} points`,
    ]
  ) assert.ok(tiles.includes(text), tiles);
  const matrix = (await page.locator(".matrix td.num").allInnerTexts()).map(Number);
  assert.equal(matrix, [c!.table!.both, c!.table!.b_only, c!.table!.neither, c!.table!.a_only]);
  assert.is(await page.locator(".flip").count(), c!.flipped.length);
  const goals = new Map((await run.episodes()).map((e) => [e.taskKey, e.goal]));
  for (const [i, { key }] of c!.flipped.entries()) {
    const shown = await page.locator(".flip", { hasText: goals.get(key)! }).count();
    assert.ok(shown > 0, `goal ${i} of ${key}`);
  }
  const last = c!.flipped.at(-1)!.key;
  await page.locator(".flip").last().click();
  await page.waitForFunction((key) => location.hash.includes(encodeURIComponent(key)), last);
  await page.locator(".beside .goal", { hasText: last }).waitFor();
  await page.waitForSelector(".side .frame");
  assert.is(await page.locator(".side").count(), 2);
  assert.match(await textOf(page, ".beside"), /They part at step \d+\./);
  assert.equal(wrong, []);
}, limit);

test("Tasks puts the worst first and leads to the episodes", async (t) => {
  const { page, wrong } = await open(t, link("run", run.id, "tasks"));
  assert.is(await page.locator("[data-task]").count(), 4);
  const solved = await page.locator("[data-task]").evaluateAll((rows) =>
    rows.map((row) => row.querySelectorAll("td")[2]!.innerText)
  );
  assert.equal(
    solved.map((text) => text === "solved" ? 1 : 0),
    [...solved.map((text) => text === "solved" ? 1 : 0)].sort(),
  );
  const families = await page.locator("[data-family]").allInnerTexts();
  const byTemplate = done.evaluations[1]!.by_template;
  for (const [family, { n, successes }] of Object.entries(byTemplate)) {
    assert.ok(
      families.some((text) => text.startsWith(family) && text.includes(`${successes}/${n}`)),
      families.join("|"),
    );
  }
  const failed = new Set((await run.episodes()).flatMap((e) => e.label === "before" && !e.success ? [e.taskKey] : []));
  const unsolved = new Set((await run.episodes()).flatMap((e) => e.label === "after" && !e.success ? [e.taskKey] : []));
  assert.ok(failed.size > unsolved.size, "some were learned");
  for (
    const [choice, keys] of [["not solved now", unsolved], ["ever failed", new Set([...failed, ...unsolved])]] as const
  ) {
    await page.locator(".choice a", { hasText: choice }).click();
    await page.waitForFunction((n) => document.querySelectorAll("[data-task]").length === n, keys.size);
  }
  await page.locator("[data-task] a").first().click();
  await page.waitForSelector(".film");
  assert.equal(wrong, []);
}, limit);

test("Tree draws every action that was tried, and tells the one that is chosen", async (t) => {
  const own = await openRun(trees.run, runs.path);
  const { page, wrong } = await open(t, link("run", own.id, "tree", "i1.s0.0"));
  const [slot] = await own.iteration(1).readSlots();
  const tried = slot!.groups[0]!.decisions.flatMap((d) => d.branches).filter((b) =>
    b.reward !== undefined || b.q!.visits > 0
  );
  assert.is(await page.locator(".knot").count(), tried.length);
  const visits = await page.locator(".knot").evaluateAll((all) =>
    all.map((el) => Number(el.getAttribute("data-visits")))
  );
  const sum = (all: readonly number[]) => all.reduce((total, n) => total + n, 0);
  assert.is(sum(visits), sum(tried.map((b) => b.q!.visits)));
  await page.locator(".knot").last().click();
  assert.match(await textOf(page, ".treeside"), /visits N\s+\d+/);
  for (const key of ["ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp"]) {
    await page.keyboard.press(key);
  }
  const first = saidBy(slot!.groups[0]!.decisions[0]!.branches.find((b) => b.reward !== undefined || b.q!.visits > 0)!);
  assert.is(await textOf(page, ".treeside code"), first, "left to the root's column, up to its first action");
  await page.locator("a", { hasText: "As a group" }).click();
  await page.waitForSelector("main select option:nth-child(2)", { state: "attached" });
  assert.equal(await page.locator("main select option").allTextContents(), titlesOf(slot!.groups[0]!));
  await page.keyboard.press("j");
  await page.waitForFunction(() => document.querySelector("select")?.value === "1");
  assert.equal(wrong, []);
}, limit);

test("no page is wider than the window, in light and in dark", async (t) => {
  const episode = (await run.episodes())[0]!.id;
  const own = await openRun(trees.run, runs.path);
  const hashes = [
    "#/",
    link("run", run.id, "iteration", "1"),
    link("run", run.id, "group", "i1.s0.0"),
    link("run", run.id, "episode", episode),
    link("run", run.id, "tasks"),
    link("compare", `${run.id}:before`, `${run.id}:after`),
    link("run", own.id, "tree", "i1.s0.0"),
  ];
  for (const [width, theme] of [[1280, "light"], [1920, "dark"]] as const) {
    for (const hash of hashes) {
      const { page, wrong } = await open(t, hash, { width, theme });
      const [over, shade] = await page.evaluate(() => [
        document.documentElement.scrollWidth - innerWidth,
        document.documentElement.dataset["theme"],
      ]);
      assert.equal([over, shade, wrong], [0, theme, []], `${hash} at ${width}`);
    }
  }
}, { timeoutMs: 180_000 });

test("what pages, models and task sources wrote is text and nothing else", async (t) => {
  const own = t.use(runsFolder());
  const { run: path } = await runBoard(own.path, {
    sets: ["stages.0.evaluate.sample_size=2", "stages.2.evaluate.sample_size=2"],
  });
  await makeHostile(path, own.path);
  const hostile = t.use(await serveView({ runs: new KnownRuns(own.path) }));
  const folder = await openRun(path, own.path);
  const episode = (await folder.episodes())[0]!.id;
  for (
    const hash of [
      link("run", folder.id),
      link("run", folder.id, "group", "i1.s0.0"),
      link("run", folder.id, "episode", episode),
      link("run", folder.id, "tasks"),
      link("compare", `${folder.id}:before`, `${folder.id}:after`),
      link("run", `<img src=x onerror="document.title='owned'">`),
    ]
  ) {
    const { page, wrong } = await open(t, hash, { url: hostile.url });
    assert.match(await page.title(), /^halo( ·|$)/, hash);
    const found = await page.evaluate(() => ({
      scripts: document.querySelectorAll("script").length,
      handlers: document.querySelectorAll("[onerror], [onload]").length,
      links: [...document.querySelectorAll("a")].filter((a) => a.protocol === "javascript:").length,
      over: document.documentElement.scrollWidth - innerWidth,
    }));
    assert.equal(found, { scripts: 1, handlers: 0, links: 0, over: 0 }, hash);
    assert.equal(wrong.filter((text) => !text.includes("404")), [], hash);
  }
  await rm(join(path, "pages"), { recursive: true });
  const { page } = await open(t, link("run", folder.id, "episode", episode), { url: hostile.url });
  assert.equal([await page.locator(".frame-picture").count(), await page.locator(".figure").count()], [0, 0]);
  assert.match(await textOf(page), /The pages of this episode were not kept/);
}, { timeoutMs: 120_000 });

test("the viewer's browser and server close", async () => {
  await browser.close();
  await view.close();
});
