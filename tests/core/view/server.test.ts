// runtime: node
import { appendFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { createRun } from "../../../core/record/run-folder.ts";
import { openRun } from "../../../core/record/runs.ts";
import { KnownRuns } from "../../../core/view/known-runs.ts";
import { serveView } from "../../../core/view/server.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { runBoard, runsFolder, smallRun } from "../run/board-run.ts";

const test = suite("view/server");

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** One request with exactly these headers and this path, as no browser and no fetch would let a page send it. */
function send(
  url: string,
  o: { readonly path?: string; readonly headers?: Record<string, string>; readonly method?: string } = {},
) {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise<Answer>((resolve, reject) => {
    const asked = request({
      hostname,
      port,
      path: o.path ?? pathname + search,
      method: o.method ?? "GET",
      headers: o.headers ?? {},
    }, (response) => {
      let body = "";
      response.on("data", (chunk) => body += chunk);
      response.on("end", () => resolve({ status: response.statusCode!, body, headers: response.headers }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

async function viewer(t: TestContext, runsDir: string, only?: readonly string[]) {
  const view = t.use(await serveView({ runs: new KnownRuns(runsDir, only) }));
  const api = (name: string, query: Readonly<Record<string, string>> = {}) => {
    const url = new URL(`/api/${name}`, view.url);
    url.search = new URLSearchParams({ ...query, token: view.token }).toString();
    return url.href;
  };
  return { ...view, api };
}

test("the viewer answers whoever has the token and nobody else", async (t) => {
  const { path } = t.use(runsFolder());
  const { url, token, api } = await viewer(t, path);
  assert.ok(token.length >= 24);
  const page = await send(url);
  assert.is(page.status, 200);
  assert.match(String(page.headers["content-security-policy"]), /^default-src 'none'; script-src 'sha256-[\w+/=]+'; /);
  assert.not.match(page.body, /src="https?:|href="https?:|url\(http/);
  const host = new URL(url).host;
  const refused: readonly Parameters<typeof send>[1][] = [
    { path: "/" },
    { path: "/?token=" },
    { path: `/?token=${token}x` },
    { path: "/api/runs" },
    { headers: { host: "evil.test" } },
    { headers: { host: `localhost:${new URL(url).port}` } },
    { headers: { host, origin: "http://evil.test" } },
    { headers: { host, origin: "null" } },
    { headers: { host, "sec-fetch-site": "cross-site" } },
  ];
  for (const o of refused) assert.is((await send(url, o)).status, 403, JSON.stringify(o));
  assert.is(
    (await send(url, { headers: { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" } })).status,
    200,
  );
  assert.is((await send(api("runs"), { method: "POST" })).status, 405);
  assert.equal([(await send(api("runs"))).body, (await send(api("nothing"))).status], ["[]", 404]);
  assert.is((await send(api("constructor"))).status, 404);
});

test("no address leads out of the folder of runs", async (t) => {
  const { path } = t.use(runsFolder());
  const outside = t.use(runsFolder()).path;
  await createRun(outside, { id: "secret", name: "x", seed: 0, document: { arms: { a: {} } }, base: path });
  await createRun(path, { id: "own", name: "x", seed: 0, document: {}, base: path });
  await createRun(path, { id: "other", name: "x", seed: 0, document: {}, base: path });
  const { url, token, api } = await viewer(t, path, [join(path, "own")]);
  assert.is((await send(api("run", { run: "own" }))).status, 200);
  const names = [
    "secret",
    outside,
    join(outside, "secret"),
    "../secret",
    "own/../../secret",
    "own/..",
    ".",
    "",
    "other",
    "own/a",
  ];
  for (const run of names) {
    const { status, body } = await send(api("run", { run }));
    assert.equal([status, JSON.parse(body).code], [404, "HALO_RUN_NOT_FOUND"], run);
  }
  for (
    const p of [
      "/../../etc/passwd",
      "/..%2f..%2fetc/passwd",
      "/api/../../etc/passwd",
      "/app/style.css",
      "/api/picture/x",
    ]
  ) {
    assert.is((await send(url, { path: `${p}?token=${token}` })).status, 404, p);
  }
  for (const slot of ["../../../etc/passwd", "../own/run.json", "x\0y"]) {
    assert.is((await send(api("picture", { run: "own", of: slot, point: "a" }))).status, 204, slot);
  }
  for (const id of ["../../run", "i1.s0", "%2e%2e"]) {
    for (const name of ["group", "episode"]) {
      assert.is((await send(api(name, { run: "own", id }))).status, 404, `${name} ${id}`);
    }
  }
});

test("a copy of a run is a run of its own, named by its folder; a damaged one says what to do", async (t) => {
  const { path } = t.use(runsFolder());
  await createRun(path, { id: "own", name: "x", seed: 0, document: {}, base: path });
  cpSync(join(path, "own"), join(path, "copied"), { recursive: true });
  const copy = await openRun(join(path, "copied"), path);
  await copy.event({ type: "warning", message: "only the copy says this" });
  mkdirSync(join(path, "bad"));
  writeFileSync(join(path, "bad/run.json"), "{");
  const { api } = await viewer(t, path);
  const runs = JSON.parse((await send(api("runs"))).body) as readonly {
    readonly id: string;
    readonly ownId?: string;
    readonly hint?: string;
  }[];
  assert.equal(
    runs.map(({ id, ownId, hint }) => [id, ownId, hint]).sort(),
    [
      ["bad", undefined, "restore run.json from a copy: everything else of the run is still there"],
      ["copied", "own", undefined],
      ["own", undefined, undefined],
    ],
  );
  const warningsOf = async (run: string) => JSON.parse((await send(api("run", { run }))).body).warnings;
  assert.equal([await warningsOf("own"), await warningsOf("copied")], [[], ["only the copy says this"]]);
  assert.is(JSON.parse((await send(api("run", { run: "bad" }))).body).code, "HALO_RUN_CORRUPT");
});

test("the page is told when a run's journal grows", async (t) => {
  const { path } = t.use(runsFolder());
  const run = await createRun(path, { id: "live", name: "x", seed: 0, document: {}, base: path });
  const { api } = await viewer(t, path);
  const controller = new AbortController();
  t.defer(() => controller.abort());
  const response = await fetch(api("live", { run: "live" }), { signal: controller.signal });
  assert.is(response.headers.get("content-type"), "text/event-stream");
  const growing = setInterval(() => void run.event({ type: "warning", message: "grown" }), 200);
  t.defer(() => clearInterval(growing));
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes("event: grown")) break;
  }
  assert.match(text, /event: grown\ndata: \d+\n\n/);
});

test("the page is told when a run stands otherwise, though its journal says nothing more", async (t) => {
  const { path } = t.use(runsFolder());
  const run = await createRun(path, { id: "live", name: "x", seed: 0, document: {}, base: path });
  await run.status("RUNNING");
  const { api } = await viewer(t, path);
  const controller = new AbortController();
  t.defer(() => controller.abort());
  const response = await fetch(api("live", { run: "live" }), { signal: controller.signal });
  const ending = setTimeout(() => void run.status("DONE"), 800);
  t.defer(() => clearTimeout(ending));
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes("event: grown")) break;
  }
  assert.is(JSON.parse((await send(api("run", { run: "live" }))).body).status, "DONE");
});

test("a run that goes on is shown as it is at every request, and a damaged line of it is told", async (t) => {
  const { path } = t.use(runsFolder());
  const run = await createRun(path, { id: "live", name: "x", seed: 0, document: {}, base: path });
  const { api } = await viewer(t, path);
  const shown = async () => JSON.parse((await send(api("run", { run: "live" }))).body);
  for (let n = 1; n <= 3; n++) {
    await run.event({ type: "iteration", iteration: n, env_steps: 2, metrics: {}, dead: {} });
    assert.equal((await shown()).iterations.map((it: { envSteps: number }) => it.envSteps), [2, 4, 6].slice(0, n));
    assert.is(JSON.parse((await send(api("runs"))).body)[0].envSteps, 2 * n);
  }
  appendFileSync(join(path, "live", "events.jsonl"), '{"type":"iteration"}\n');
  for (let ask = 0; ask < 2; ask++) {
    const { code, message } = await shown();
    assert.is(code, "HALO_RUN_CORRUPT");
    assert.match(message, /events\.jsonl:5: /);
  }
});

test("every answer of a recorded run is JSON, a damaged file is told in its words", async (t) => {
  const { path } = t.use(runsFolder());
  const { run: folder } = await runBoard(path, { sets: smallRun });
  const { api } = await viewer(t, path);
  const [{ id: run }] = JSON.parse((await send(api("runs"))).body);
  for (
    const [name, query] of Object.entries({
      run: { run },
      iteration: { run, n: "1" },
      group: { run, id: "i1.s0.0" },
      episode: { run, id: "i1.s0#0" },
      tasks: { run },
      compare: { a: `${run}:before`, b: `${run}:after` },
    })
  ) {
    const { status, body, headers } = await send(api(name, query));
    assert.equal([status, headers["content-type"]], [200, "application/json; charset=utf-8"], `${name}: ${body}`);
    assert.ok(Object.keys(JSON.parse(body)).length > 0);
  }
  const lacking = await send(api("compare", { a: `${run}:before`, b: `${run}:never` }));
  assert.equal([lacking.status, JSON.parse(lacking.body).code], [404, "HALO_COMPARE_LABEL"]);
  writeFileSync(join(folder, "iter/1/slots/i1.s0.json"), "{");
  const damaged = await send(api("group", { run, id: "i1.s0.0" }));
  assert.equal([damaged.status, JSON.parse(damaged.body).code], [404, "HALO_RUN_CORRUPT"]);
});
