// runtime: node
import { foreignEnvironment } from "../../../core/browser/foreign.ts";
import type { Task } from "../../../core/domain/task.ts";
import type { AssetServer } from "../../../core/browser/serve.ts";
import { settleCapMs } from "../../../core/browser/settle.ts";
import type { Environment } from "../../../core/domain/environment.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { mapLimited } from "../../../core/util/limit.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { desk, Hand } from "./desk.ts";
import { serveForeign } from "./foreign-server.ts";

const test = suite("browser/settle");

let opened: Promise<{ readonly server: AssetServer; readonly environment: Environment }> | undefined;
const shared = () => opened ??= open();

async function open() {
  const server = await serveForeign();
  const environment = foreignEnvironment({
    hosts: { "foreign.test": server.address },
    pages: 8,
    forking: "replay",
    sideEffects: "none",
    deterministic: true,
    stopsWhenSolved: true,
    url: (task) => task.goal.startUrl,
    judge: async (page, o) => {
      const success = (await page.observe({}, o)).elements.some((e) => e.name === "Done");
      return { success, by: "foreign", reason: success ? "done" : "not done" };
    },
  });
  return { server, environment };
}

async function start(query: string, t: TestContext): Promise<Hand> {
  const { environment } = await shared();
  return await Hand.on(await environment.open(task(query), { signal: t.signal, seed: 0 }), t);
}

function task(query: string): Task {
  const goal = { id: query, text: "", startUrl: `http://foreign.test/?${query}`, maxSteps: 5 };
  return { id: query, key: query, goal, site: "foreign", template: "t", split: "s", optimum: 1, params: null };
}

async function press(query: string, t: TestContext) {
  const hand = await start(query, t);
  const outcome = await hand.do({ action: "click", ...hand.el("Go") });
  await hand.episode.close();
  return { ...outcome, text: outcome.observation.elements[0]?.name };
}

test("the next observation of a foreign page shows what comes late, whatever it comes by", async (t) => {
  const kinds = [
    "timer",
    "nested",
    "fetch",
    "chain",
    "xhr",
    "image",
    "frames",
    "navigation",
    "link",
    "slices",
    "tasks",
    "removal",
    "departure",
  ];
  const queries = kinds.flatMap((kind) => [60, 500, 1_200].map((ms) => `kind=${kind}&ms=${ms}`));
  const outcomes = await mapLimited(queries, 8, async (query) => {
    const { text, observation, solved, cost } = await press(query, t);
    // Four times the cap is the longest that a page without a free thread is waited for.
    const isLate = cost.settleMs > 4 * settleCapMs + 1_000;
    const how = [observation.unsettled && ", unsettled", isLate && ", late", solved && ", solved"];
    return `${query}: ${text}${how.filter(Boolean).join("")}`;
  });
  assert.is(outcomes.filter((line) => !line.endsWith(": Done, solved")).join("\n"), "");
}, { timeoutMs: 120_000 });

test("finite animations and transitions of a foreign page are finished at once", async (t) => {
  for (const kind of ["animation", "transition", "web"]) {
    const { text, cost } = await press(`kind=${kind}&ms=1500`, t);
    assert.is(text, "Done", kind);
    assert.ok(cost.settleMs < 1_400, `${kind} took ${cost.settleMs} ms`);
  }
});

test("a foreign page that changes at once settles at once", async (t) => {
  const { text, observation, cost } = await press("kind=sync", t);
  assert.equal([text, observation.unsettled], ["Done", undefined]);
  assert.ok(cost.settleMs < 1_000, `${cost.settleMs} ms`);
});

test("what an action starts and never ends is flagged at the cap once, and not waited for again", async (t) => {
  for (const kind of ["polling", "stream", "endless", "clock", "messages"]) {
    const hand = await start(`kind=${kind}`, t);
    const first = await hand.do({ action: "click", ...hand.el("Go") });
    assert.is(first.observation.unsettled, true, kind);
    assert.ok(first.cost.settleMs >= 1_950, `${kind}: ${first.cost.settleMs} ms`);
    const { observation, cost } = await hand.do({ action: "type", ...hand.el("Text"), text: "x" });
    assert.is(observation.unsettled, undefined, kind);
    assert.ok(cost.settleMs < 1_500, `${kind}, later: ${cost.settleMs} ms`);
    await hand.episode.close();
  }
});

test("a window that a foreign page opens is shown in its tab", async (t) => {
  const { observation } = await press("kind=popup", t);
  assert.is(observation.url, "http://foreign.test/done");
});

test("a foreign page that leaves its hosts is brought back", async (t) => {
  for (const [kind, url] of [["away", "http://outside.test/"], ["blank", "about:blank"]]) {
    const { error, observation } = await press(`kind=${kind}`, t);
    assert.equal([error, observation.url], [
      { code: "BLOCKED_URL", message: `the page went to "${url}", outside this task, and was brought back` },
      `http://foreign.test/?kind=${kind}`,
    ]);
  }
});

test("a foreign page is forked by replay, also across documents", async (t) => {
  const { environment } = await shared();
  const trunk = await start("kind=navigation&ms=30", t);
  await trunk.do({ action: "type", ...trunk.el("Text"), text: "hello" });
  const typed = await environment.fork(await trunk.episode.mark(t), t);
  const fork = await Hand.on(typed, t);
  assert.is(fork.find("Text").value, "hello");
  await trunk.do({ action: "click", ...trunk.el("Go") });
  const later = await Hand.on(await environment.fork(await trunk.episode.mark(t), t), t);
  assert.is(later.seen.url, "http://foreign.test/done");
});

test("an own page is waited for exactly, timers within timers included", async (t) => {
  const hand = await Hand.open(t.use(desk()), t);
  await hand.do({ action: "click", ...hand.el("Later") });
  assert.equal(await hand.log(), ["later"]);
});

test("an own page with work pending at the cap is a fault", async (t) => {
  const hand = await Hand.open(t.use(desk()), t);
  const e = await thrownBy(() => hand.do({ action: "click", ...hand.el("Never done") }));
  assert.ok(isHaloError(e, "HALO_PAGE_NOT_IDLE"), String(e));
  assert.is(e.message, "the page still had pending work 2000 ms after an action");
});

test("the environment of these tests closes", async () => {
  const { environment, server } = await shared();
  await environment.close();
  await server.close();
});
