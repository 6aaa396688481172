// runtime: node
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { findChromium } from "../../../core/browser/find.ts";
import type { HaloPage } from "../../../core/browser/page.ts";
import { PagePool, type PoolOptions } from "../../../core/browser/pool.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { browsersOf } from "./processes.ts";

const test = suite("browser/leases");

const blank = (t: TestContext, o: Partial<PoolOptions>): PagePool =>
  t.use(new PagePool({ hosts: {}, url: "about:blank", isOwn: false, ...o }));

test("a page that nobody asks for anything is taken back when there is no room for another one", async (t) => {
  // One page and a browser's worth beyond it.
  const pool = blank(t, { pages: 1, leaseMs: 400 });
  const kept: HaloPage[] = [];
  for (let i = 0; i < 9; i++) kept.push(await pool.take(t));
  assert.is(browsersOf(process.pid).length, 2);
  const busy = setInterval(() => void kept[8]!.session.history(t).catch(() => {}), 50);
  t.defer(() => clearInterval(busy));
  const next = await pool.take(t);
  assert.equal([next.lost, kept[8]!.lost], [undefined, undefined]);
  const lost = kept.filter((page) => page.lost !== undefined);
  assert.equal(lost.map((page) => page.lost!.code), ["HALO_PAGE_CRASHED"]);
  // Whoever gives it back late changes nothing.
  await pool.give(lost[0]!);
  assert.is((await next.session.history(t)).entries.length >= 1, true);
}, { timeoutMs: 60_000 });

test(
  "whoever waits for room takes the page that is given back, opens one in the place of one thrown away, or is told why not",
  async (t) => {
    const pool = blank(t, { pages: 1 });
    const kept: HaloPage[] = [];
    for (let i = 0; i < 9; i++) kept.push(await pool.take(t));
    const waits = (signal = t.signal) => pool.take({ signal });
    const first = waits();
    await pool.give(kept[0]!);
    assert.ok(await first === kept[0], "a page that is ready is taken as it is");
    const second = waits();
    await pool.discard(kept[1]!);
    assert.ok(!kept.includes(await second), "there is room for a new one");
    const stop = new AbortController();
    const third = thrownBy(() => waits(stop.signal));
    const fourth = thrownBy(() => waits());
    stop.abort(new Error("enough"));
    assert.is((await third as Error).message, "enough");
    await pool.close();
    assert.is((await fourth as Error).message, "the environment is closed");
  },
  { timeoutMs: 30_000 },
);

test("a browser that stands still is ended, says what it wrote last, and another one takes its place", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "halo-chromium-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  const chromium = join(dir, "chromium");
  const script = `#!/bin/sh\necho "[1:1:FATAL:profile.cc(7)] the profile's disk is full" >&2\nexec ${
    findChromium(undefined)
  } "$@"\n`;
  writeFileSync(chromium, script, { mode: 0o755 });
  const pool = blank(t, { chromium, heartbeat: { everyMs: 100, limitMs: 500 } });
  const page = await pool.take(t);
  const [pid] = browsersOf(process.pid);
  process.kill(pid!, "SIGSTOP");
  const e = await thrownBy(() => page.session.history(t));
  assert.ok(isHaloError(e, "HALO_BROWSER_LOST"), String(e));
  assert.is(e.message, "the browser went away; it said: [1:1:FATAL:profile.cc(7)] the profile's disk is full");
  await pool.discard(page);
  assert.is((await pool.take(t)).lost, undefined);
}, { timeoutMs: 60_000 });
