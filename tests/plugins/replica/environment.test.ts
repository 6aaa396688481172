import { desk, Hand } from "../../core/browser/desk.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("replica/environment");
const environment = desk({ stop: "solved" });

test("declares what a run may rely on", () => {
  const { forking, sideEffects, deterministic, capacity } = environment;
  assert.equal({ forking, sideEffects, deterministic, capacity }, {
    forking: "native",
    sideEffects: "none",
    deterministic: true,
    capacity: 4,
  });
});

test("step says solved when the site's predicate holds, and verdict gives its rule", async (t) => {
  const hand = await Hand.open(environment, t);
  assert.equal(await hand.episode.verdict(t), { success: false, by: "desk/star", reason: "row 7 is not starred" });
  const typed = await hand.do({ action: "type", ...hand.el("Name"), text: "x" });
  await hand.do({ action: "scroll", at: [300, 200], dy: 240 });
  const row = hand.seen.elements.find((e) => e.near === "Row 7 Star" && e.role === "button")!;
  const starred = await hand.do({ action: "click", el: row.id });
  assert.equal([typed.solved, starred.solved], [false, true]);
  assert.equal(starred.target, { role: "button", name: "Star" });
  assert.equal(await hand.episode.verdict(t), { success: true, by: "desk/star", reason: "row 7 is starred" });
});

test("with stop: declared no step is solved, done leaves the page alone, and verdict judges it", async (t) => {
  const declared = t.use(desk({ stop: "declared" }));
  const hand = await Hand.open(declared, t, { starred: [7] });
  const before = (await hand.episode.mark(t)).fingerprint;
  const { solved } = await hand.do({ action: "done", text: "finished" });
  assert.is(solved, false);
  assert.equal((await hand.episode.mark(t)).fingerprint, before);
  assert.is((await hand.episode.verdict(t)).success, true);
});

test("a mark is plain data that outlives its page and serves any number of forks", async (t) => {
  const hand = await Hand.open(environment, t, { note: "kept" });
  await hand.do({ action: "click", ...hand.el("Urgent") });
  const mark = JSON.parse(JSON.stringify(await hand.episode.mark(t)));
  await hand.episode.close();
  for (let i = 0; i < 3; i++) {
    const fork = await Hand.on(await environment.fork(mark, t), t);
    assert.equal(fork.seen, hand.seen);
    await fork.do({ action: "click", ...fork.el("Urgent") });
    await fork.episode.close();
  }
});

test("the page's clock stands still at the site's time, in the site's time zone", async (t) => {
  const hand = await Hand.open(environment, t);
  await hand.do({ action: "click", ...hand.el("Time") });
  await hand.do({ action: "wait", ms: 1_100 });
  await hand.do({ action: "click", ...hand.el("Time") });
  const now = "Thu Jul 18 2024 09:00:00 GMT-0700 (Pacific Daylight Time)";
  assert.equal(await hand.log(), [now, now]);
});

test("eight episodes act at once without disturbing each other", async (t) => {
  const many = t.use(desk({ pages: 8 }));
  const names = await Promise.all(Array.from({ length: 8 }, async (_, i) => {
    const hand = await Hand.open(many, t);
    for (const letter of "abc") {
      await hand.do({ action: "type", ...hand.el("Name"), text: `${letter}${i}`, clear: true });
    }
    const { name } = await hand.state();
    await hand.episode.close();
    return name;
  }));
  assert.equal(names, Array.from({ length: 8 }, (_, i) => `c${i}`));
});

test("the environment of these tests closes", () => environment.close());
