import type { Environment, Episode } from "halo-agent";
import { Pages } from "../../../core/world/pages.ts";
import { HaloError, isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { lineTask, type NumberLine, numberLine } from "../run/number-line.ts";

const test = suite("world/pages");
const task = lineTask();

function holding(environment: Environment) {
  const pages = new Pages(environment);
  const { signal } = new AbortController();
  return { pages, open: (o: { signal?: AbortSignal } = {}) => pages.open(task, { signal, seed: 0, ...o }) };
}

/** Whether a promise is settled once everything that can run has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(() => settled = true, () => settled = true);
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

/** Parks n open episodes as p0, p1, … */
async function parked(line: NumberLine, n: number) {
  const { pages, open } = holding(line);
  const episodes: Episode[] = [];
  for (let i = 0; i < n; i++) {
    const episode = await open();
    episodes.push(episode);
    pages.park(`p${i}`, episode);
  }
  return { pages, open, episodes };
}

test("take gives a parked episode once", async () => {
  const { pages, episodes } = await parked(numberLine(), 1);
  assert.ok(pages.take("p0") === episodes[0]);
  assert.is(pages.take("p0"), undefined);
  assert.is(pages.size, 1);
});

test("open closes the longest parked episode when none is free", async () => {
  const line = numberLine({ capacity: 2 });
  const { pages, open, episodes } = await parked(line, 2);
  pages.park("again", pages.take("p0")!);
  await open();
  assert.equal([pages.take("p1"), pages.take("again") === episodes[0]], [undefined, true]);
  assert.equal([line.count.open, line.count.most, pages.size], [2, 2, 2]);
});

test("open waits for a release where episodes cannot be brought back, and evicts nothing", async () => {
  const line = numberLine({ capacity: 2, forking: "none" });
  const { pages, open, episodes } = await parked(line, 2);
  const third = open();
  assert.not.ok(await isSettled(third));
  await pages.release(episodes[1]!);
  await third;
  assert.ok(pages.take("p0") === episodes[0]);
  assert.equal([line.count.open, line.count.most], [2, 2]);
});

test("many callers share one place, each gets its turn in order and capacity is never exceeded", async () => {
  const line = numberLine({ capacity: 1, forking: "none" });
  const { pages, open } = holding(line);
  const turns: number[] = [];
  await Promise.all(Array.from({ length: 5 }, async (_, i) => {
    const episode = await open();
    turns.push(i);
    await pages.release(episode);
  }));
  assert.equal(turns, [0, 1, 2, 3, 4]);
  assert.equal([line.count.open, line.count.most, pages.size], [0, 1, 0]);
});

test("open leaves the queue with the signal's reason when it is aborted, and the next waiter is served", async () => {
  const { pages, open } = holding(numberLine({ capacity: 1, forking: "none" }));
  const first = await open();
  const controller = new AbortController();
  const second = thrownBy(() => open({ signal: controller.signal }));
  const third = open();
  await isSettled(third);
  controller.abort(new HaloError("HALO_INTERRUPTED", "stop"));
  assert.ok(isHaloError(await second, "HALO_INTERRUPTED"));
  await pages.release(first);
  await pages.release(await third);
  assert.is(pages.size, 0);
});

test("open passes the turn on when the caller it was meant for is aborted in the same moment", async () => {
  const { pages, open } = holding(numberLine({ capacity: 1 }));
  const first = await open();
  const controller = new AbortController();
  const second = thrownBy(() => open({ signal: controller.signal }));
  const third = open();
  pages.park("p", first);
  controller.abort(new HaloError("HALO_INTERRUPTED", "stop"));
  assert.ok(isHaloError(await second, "HALO_INTERRUPTED"));
  assert.ok(await isSettled(third), "the third caller waits for ever");
});

test("open and fork give their place back when the environment fails", async () => {
  const line = numberLine({ capacity: 1 });
  let failures = 2;
  const environment: Environment = {
    ...line,
    open: (...o) => failures-- > 0 ? Promise.reject(new Error("no page")) : line.open(...o),
  };
  const { open, pages } = holding(environment);
  const [a, b, c] = await Promise.allSettled([open(), open(), open()]);
  assert.equal([a.status, b.status, c.status, pages.size], ["rejected", "rejected", "fulfilled", 1]);
});

test("release frees the place even when closing the episode fails", async () => {
  const line = numberLine({ capacity: 1, forking: "none" });
  const environment: Environment = {
    ...line,
    async open(...o) {
      const episode = await line.open(...o);
      return { ...episode, close: () => episode.close().then(() => Promise.reject(new Error("already gone"))) };
    },
  };
  const { pages, open } = holding(environment);
  const first = await open();
  const second = open();
  const e = await thrownBy(() => pages.release(first));
  assert.is(e instanceof Error && e.message, "already gone");
  await second;
  assert.is(pages.size, 1);
});

test("close closes every episode, parked or in use", async () => {
  const line = numberLine();
  const { pages, open } = await parked(line, 2);
  await open();
  assert.is(line.count.open, 3);
  await pages.close();
  assert.equal([line.count.open, pages.size, pages.take("p0")], [0, 0, undefined]);
});
