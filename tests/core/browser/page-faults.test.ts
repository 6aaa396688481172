// runtime: node
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import type { Environment } from "halo-agent";
import { foreignEnvironment } from "../../../core/browser/foreign.ts";
import { endBrowsers } from "../../../core/browser/temp-folder.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { lineTask } from "../run/number-line.ts";
import { browsersOf } from "./processes.ts";

const test = suite("browser/page-faults");

/** First pages that no episode can begin on. */
const pages: Readonly<Record<string, string>> = {
  "/loop": "<script>location.replace('/loop?' + Math.random())</script>",
  "/refresh": "<meta http-equiv=refresh content='0'>",
  "/closes": "<script>setTimeout(() => window.close())</script><p>bye",
  "/good": "<title>Good</title><button>Go</button>",
};

async function foreign(t: TestContext): Promise<Environment> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0]!;
    const status = Number(path.match(/^\/status\/(\d+)/)?.[1] ?? 200);
    response.writeHead(status, { "content-type": "text/html" });
    if (path === "/endless") response.write("<p>more");
    else response.end(pages[path] ?? "<h1>error</h1>");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  t.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return t.use(foreignEnvironment({
    hosts: { "odd.test": `127.0.0.1:${(server.address() as AddressInfo).port}` },
    pages: 2,
    forking: "none",
    sideEffects: "none",
    deterministic: false,
    stopsWhenSolved: false,
    url: ({ goal }) => `http://odd.test${goal.startUrl}`,
    judge: () => Promise.resolve({ success: false, by: "none", reason: "never" }),
  }));
}

/** Begins an episode at a path and looks at it. */
async function begin(environment: Environment, path: string, limitMs: number): Promise<string> {
  const task = lineTask();
  const signal = AbortSignal.timeout(limitMs);
  const goal = { ...task.goal, startUrl: path };
  const episode = await environment.open({ ...task, goal }, { signal, seed: 0 });
  try {
    return (await episode.observe({ signal, need: {} })).title;
  } finally {
    await episode.close();
  }
}

test(
  "a first page with an HTTP error is HALO_PAGE_STATUS, and one that never stands still is a fault of its own",
  async (t) => {
    const environment = await foreign(t);
    for (const status of [401, 404, 500, 503]) {
      const e = await thrownBy(() => begin(environment, `/status/${status}`, 20_000));
      assert.ok(isHaloError(e, "HALO_PAGE_STATUS"), String(e));
      assert.is(e.message, `http://odd.test/status/${status} came with HTTP status ${status}`);
    }
    for (const path of ["/loop", "/refresh"]) {
      const e = await begin(environment, path, 20_000).then((title) => title, (thrown: unknown) => thrown);
      assert.ok(typeof e === "string" || isHaloError(e), `${path}: ${String(e)}`);
    }
    assert.is((await thrownBy(() => begin(environment, "/endless", 1_500)) as Error).name, "TimeoutError");
    assert.is(await begin(environment, "/good", 20_000), "Good");
  },
  { timeoutMs: 120_000 },
);

test("endBrowsers counts and ends what should have ended, and leaves no folder", async (t) => {
  const environment = await foreign(t);
  await begin(environment, "/good", 20_000);
  assert.is(browsersOf(process.pid).length, 1);
  const { launches, orphans } = await endBrowsers({ limitMs: 0 });
  assert.ok(launches >= 1 && orphans >= 1, `${launches} launches, ${orphans} orphans`);
  await new Promise((done) => setTimeout(done, 300));
  assert.equal(browsersOf(process.pid), []);
  assert.is((await endBrowsers({ limitMs: 0 })).orphans, 0);
}, { timeoutMs: 60_000 });
