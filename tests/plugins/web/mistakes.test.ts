// runtime: node
/** Mistakes in the description of a site: what is printed of each, and whether going on is offered. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture } from "../../core/cli/capture.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { serveShop } from "./shop.ts";

const test = suite("web/mistakes");

interface Site {
  readonly url: string;
  /** Options of the environment beside `url`, as YAML. */
  readonly site?: string;
  /** What a task has beside its goal, as YAML. */
  readonly tasks?: readonly string[];
}

const done = 'success: [{ element: "#cart", text: Tea }]';

/** `halo COMMAND` on a pipeline of its own; paths of its folder are left out of what was printed. */
async function halo(t: TestContext, command: string, { url, site = "", tasks = [done] }: Site) {
  const dir = mkdtempSync(join(tmpdir(), "halo-mistakes-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  const lines = [
    "name: shop",
    "tasks:",
    "  use: inline",
    "  options:",
    "    max_steps: 2",
    "    tasks:",
    ...tasks.map((task, i) => `      - { goal: g${i}, ${task} }`),
    "environment:",
    "  use: web",
    "  options:",
    `    url: "${url}"`,
    ...site === "" ? [] : [`    ${site}`],
    "policy: { use: scripted, options: { mode: uniform } }",
    "stages: [{ evaluate: { label: one, split: eval, sample_size: 2, decoding: sample } }]",
  ];
  writeFileSync(join(dir, "shop.yaml"), `${lines.join("\n")}\n`);
  const more = command === "run" ? ["--runs-dir", join(dir, "runs"), "--set", "concurrency=1"] : [];
  const { exit, out, err } = await capture([command, "shop.yaml", ...more], { cwd: dir });
  const whole = (text: string) => text.replaceAll(dir, "DIR").replace(/shop-\d{8}-\w+-\w+/g, "ID");
  return { exit, out: whole(out), err: whole(err) };
}

const lastOf = (text: string, begin: string): string | undefined =>
  text.split("\n").findLast((line) => line.startsWith(begin));

test("halo check refuses what needs no browser to be known, each at its line and column", async (t) => {
  const url = "http://localhost:9/";
  const heads = async (site: Site) => {
    const { exit, err } = await halo(t, "check", site);
    assert.is(exit, 2, err);
    return err.split("\n").filter((line) => line.startsWith("error "));
  };
  assert.equal(await heads({ url, tasks: [done, "max_steps: 3", "split: train"] }), [
    "error HALO_WEB_RULE  shop.yaml:8:9",
    "error HALO_WEB_RULE  shop.yaml:9:9",
  ]);
  assert.equal(await heads({ url, tasks: [done, "success: [{ element: 'a[b=' }]"] }), [
    "error HALO_WEB_OPTION  shop.yaml:8:42",
  ]);
  assert.equal(await heads({ url, tasks: ["success: [{ url: 'http://localhost:10/*' }]"] }), [
    "error HALO_WEB_OPTION  shop.yaml:7:38",
  ]);
  assert.equal(await heads({ url, tasks: [done, `url: "http://localhost:10/", ${done}`] }), [
    "error HALO_WEB_OPTION  shop.yaml:8:26",
  ]);
  assert.equal(await heads({ url, tasks: ["max_steps: 2"], site: "success: [{ element: 'p:not(b' }]" }), [
    "error HALO_WEB_OPTION  shop.yaml:12:26",
  ]);
  assert.is((await halo(t, "check", { url, tasks: ["max_steps: 2"], site: done })).exit, 0);
});

test("what only the browser knows names its place and what to do, without offering to go on as before", async (t) => {
  const { url } = await serveShop(t);
  const stopped = async (site: Partial<Site>) => {
    const { exit, err } = await halo(t, "run", { url, ...site });
    assert.not.match(err, "--resume");
    assert.match(err, "\nthen begin a new run: a resumed one keeps its pipeline");
    return [exit, lastOf(err, "stopped ")?.replace(url, "URL/"), lastOf(err, "mend it: ")];
  };
  assert.equal(await stopped({ tasks: ["success: [{ element: 'li::' }]"] }), [
    2,
    'stopped HALO_WEB_OPTION  shop.yaml:7:42: "li::" is no CSS selector',
    "mend it: the browser's console says more: document.querySelector(…)",
  ]);
  assert.equal(await stopped({ tasks: ["success: [{ text: In the cart }]"] }), [
    2,
    "stopped HALO_WEB_RULE  shop.yaml:7:30: web/g0 is achieved before anything is done",
    "mend it: give it a condition that the start does not fulfil; reset a site that keeps what was done on its server",
  ]);
  const [exit, start, hint] = await stopped({ site: "start: [{ click: Acept all }]" });
  assert.equal([exit, hint], [
    4,
    "mend it: name the control as the page does; `optional: true` lets what is not there be skipped, `wait_ms` waits before it",
  ]);
  assert.match(
    String(start),
    'stopped HALO_ENVIRONMENT_FAULT  shop.yaml:12:13: web/g0: HALO_WEB_START: start action 1: the page has no control "Acept all"; it shows',
  );
  assert.equal(await stopped({ tasks: [`url: none, ${done}`] }), [
    4,
    "stopped HALO_ENVIRONMENT_FAULT  shop.yaml:7:26: web/g0: HALO_PAGE_STATUS: URL/none came with HTTP status 404",
    "mend it: mend the address, or begin with what the site asks for, such as a login",
  ]);
}, { timeoutMs: 240_000 });

test("what time can mend names its place too, and the way on", async (t) => {
  let asked = 0;
  const { url } = await serveShop(t, { "/busy": (_, response) => (asked++, response.writeHead(503).end("busy")) });
  const busy = await halo(t, "run", { url: `${url}busy` });
  assert.is(
    lastOf(busy.err, "stopped "),
    `stopped HALO_ENVIRONMENT_FAULT  shop.yaml:11:10: web/g0: HALO_PAGE_STATUS: ${url}busy came with HTTP status 503`,
  );
  assert.is(lastOf(busy.err, "continue with: "), "continue with: halo run --resume DIR/runs/ID");
  assert.ok(asked > 2, `${asked} attempts`);
  const gone = await halo(t, "run", { url: "http://localhost:9/" });
  assert.match(
    String(lastOf(gone.err, "stopped ")),
    /^stopped HALO_ENVIRONMENT_FAULT {2}shop.yaml:11:10: web\/g0: HALO_PAGE_LOAD: .*; does the site run there, and is this its address\?$/,
  );
  assert.is(lastOf(gone.err, "continue with: "), "continue with: halo run --resume DIR/runs/ID");
}, { timeoutMs: 240_000 });

test("a page that is missing is asked for once more and no oftener", async (t) => {
  let asked = 0;
  const { url } = await serveShop(t, { "/none": (_, response) => (asked++, response.writeHead(404).end("none")) });
  await halo(t, "run", { url: `${url}none` });
  assert.is(asked, 2);
}, { timeoutMs: 120_000 });

test("an evaluation that solves nothing tells of a selector that no page had, once", async (t) => {
  const { url } = await serveShop(t);
  const typo = "success: [{ element: '#opne li' }]";
  const { exit, err } = await halo(t, "run", { url, tasks: [typo, typo] });
  const told = err.split("\n").filter((line) => line.includes("#opne li"));
  assert.equal([exit, told.length], [0, 1]);
  assert.match(told[0]!, "one: no page had an element #opne li, by which web/g0 is achieved");
}, { timeoutMs: 120_000 });

test("halo tasks names the limit of a task whose fewest steps nobody told", async (t) => {
  const tasks = [`split: train, ${done}`, `split: train, optimum: 1, ${done}`];
  const { out } = await halo(t, "tasks", { url: "http://localhost:9/", tasks });
  assert.equal(out.split("\n"), ["web/g0  [train, at most 2 steps]  g0", "web/g1  [train, 1 steps]  g1"]);
});
