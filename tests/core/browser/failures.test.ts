// runtime: node
import { spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { HaloPage } from "../../../core/browser/page.ts";
import { PagePool } from "../../../core/browser/pool.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { deskTask } from "../../fixtures/sites/desk/site.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { desk, deskPool, Hand } from "./desk.ts";
import { browsersOf, isAlive, treeOf } from "./processes.ts";

const test = suite("browser/failures");

test("a renderer that dies is HALO_PAGE_CRASHED, and the next episode stands on a new page", async (t) => {
  const environment = t.use(desk());
  const hand = await Hand.open(environment, t);
  const renderers = treeOf(process.pid).filter((p) => p.command.includes("--type=renderer"));
  for (const { pid } of renderers) process.kill(pid, "SIGKILL");
  const e = await thrownBy(() => hand.do({ action: "click", ...hand.el("Later") }));
  assert.ok(isHaloError(e, "HALO_PAGE_CRASHED"), String(e));
  assert.is(e.message, "the page's renderer crashed");
  await hand.episode.close();
  assert.is((await Hand.open(environment, t)).seen.title, "Desk");
});

test("a browser that dies is HALO_BROWSER_LOST, for the call under way too, and is launched again", async (t) => {
  const environment = t.use(desk());
  const hands = [await Hand.open(environment, t), await Hand.open(environment, t)];
  const [browser] = browsersOf(process.pid);
  const waiting = thrownBy(() => hands[0]!.do({ action: "click", ...hands[0]!.el("Never done") }));
  process.kill(browser!, "SIGKILL");
  for (const e of [await waiting, await thrownBy(() => hands[1]!.do({ action: "noop" }))]) {
    assert.ok(isHaloError(e, "HALO_BROWSER_LOST"), String(e));
  }
  for (const { episode } of hands) await episode.close();
  assert.is((await Hand.open(environment, t)).seen.title, "Desk");
});

test("a page that loops for ever ends with the call's signal and is not used again", async (t) => {
  const environment = t.use(desk());
  const hand = await Hand.open(environment, t);
  const signal = AbortSignal.timeout(400);
  const click = { action: "click", ...hand.el("Endless loop") } as const;
  const e = await thrownBy(() => hand.episode.step(click, { signal, need: {} }));
  assert.is((e as Error).name, "TimeoutError");
  await hand.episode.close();
  assert.is((await Hand.open(environment, t)).seen.title, "Desk");
});

test("dialogs are answered: alerts accepted, questions declined", async (t) => {
  const hand = await Hand.open(t.use(desk()), t);
  for (const name of ["Alert", "Confirm"]) await hand.do({ action: "click", ...hand.el(name) });
  assert.equal(await hand.log(), ["alerted", "confirm false prompt null"]);
});

test("windows, downloads and links off the host leave a replica where it was, with its state", async (t) => {
  const hand = await Hand.open(t.use(desk()), t, { name: "kept" });
  const errors = [];
  for (const name of ["Window", "File", "Outside", "Home"]) {
    errors.push((await hand.do({ action: "click", ...hand.el(name) })).error?.code);
    assert.is(hand.seen.url, "http://desk.halo.test/", name);
  }
  assert.equal(errors, [undefined, undefined, "BLOCKED_URL", undefined]);
  await hand.do({ action: "goto", url: "/?again" });
  const { name, log } = await hand.state();
  assert.equal([name, log, hand.seen.url], ["kept", ["window"], "http://desk.halo.test/?again"]);
});

test("a closed episode is HALO_EPISODE_CLOSED, a closed environment HALO_BROWSER_LOST", async (t) => {
  const environment = t.use(desk());
  const hand = await Hand.open(environment, t);
  await hand.episode.close();
  await hand.episode.close();
  assert.ok(isHaloError(await thrownBy(() => hand.do({ action: "noop" })), "HALO_EPISODE_CLOSED"));
  await environment.close();
  const e = await thrownBy(() => environment.open(deskTask(), { signal: t.signal, seed: 0 }));
  assert.ok(isHaloError(e, "HALO_BROWSER_LOST"), String(e));
});

test("a Chromium that cannot be started is HALO_BROWSER_NOT_FOUND or HALO_BROWSER_LAUNCH", async (t) => {
  const codes = [];
  for (const chromium of ["/nowhere/chromium", "/bin/false"]) {
    const pool = t.use(new PagePool({ chromium, hosts: {}, url: "about:blank", isOwn: false }));
    codes.push((await thrownBy(() => pool.take(t)) as { code?: string }).code);
  }
  assert.equal(codes, ["HALO_BROWSER_NOT_FOUND", "HALO_BROWSER_LAUNCH"]);
});

test("pool opens at most eight pages per browser, reuses what is given back, and leaves no process", async (t) => {
  const pool = await deskPool(t);
  const pages = await Promise.all(Array.from({ length: 9 }, () => pool.take(t)));
  const browsers = browsersOf(process.pid);
  assert.is(browsers.length, 2);
  for (const page of pages) await pool.give(page);
  const again = await Promise.all(Array.from({ length: 9 }, () => pool.take(t)));
  assert.is(new Set([...pages, ...again]).size, 9);
  const all = browsers.flatMap((pid) => treeOf(pid).map((p) => p.pid));
  assert.ok(all.length > 10);
  await pool.close();
  assert.equal(await left(all), []);
});

test("pool throws a page away after its last use", async (t) => {
  const pool = await deskPool(t, { maxUses: 2 });
  const taken: HaloPage[] = [];
  for (let i = 0; i < 4; i++) {
    const page = await pool.take(t);
    taken.push(page);
    await pool.give(page);
  }
  assert.equal(taken.map((page) => taken.indexOf(page)), [0, 0, 2, 2]);
});

test("no browser outlives a parent that is killed", async (t) => {
  const script = fileURLToPath(new URL("child.ts", import.meta.url));
  const isDeno = "Deno" in globalThis;
  const child = spawn(process.execPath, [...(isDeno ? ["run", "-A", "--quiet"] : []), script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.defer(() => child.kill("SIGKILL"));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const all = browsersOf(child.pid!).flatMap((pid) => treeOf(pid).map((p) => p.pid));
  assert.ok(all.length > 2, `${all.length} processes`);
  child.kill("SIGKILL");
  assert.equal(await left(all), []);
});

/** Processes that still run after up to 10 s: the children of a dead browser end a moment after it. */
async function left(pids: readonly number[]): Promise<readonly number[]> {
  const deadline = performance.now() + 10_000;
  while (pids.some(isAlive) && performance.now() < deadline) await new Promise((done) => setTimeout(done, 20));
  return pids.filter(isAlive);
}
