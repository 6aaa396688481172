import { answersAfter, asksBut } from "../../../core/site/app/answers.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("site/answers");

/** Answers after so many milliseconds to every event that ends in "?"; what happened, with the waits, stands in `log`. */
function page(latencyMs: number) {
  const log: string[] = [];
  const answers = answersAfter<string>(latencyMs, {
    asks: (event) => event.endsWith("?"),
    apply: (event) => void log.push(event),
    setBusy: (isBusy) => void (log.at(-1) !== (isBusy ? "wait" : "idle") && log.push(isBusy ? "wait" : "idle")),
  });
  const idle = async () => {
    while (answers.pending() > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { ...answers, log, idle };
}

test("what the page does by itself happens at once, what the site answers after its time", async () => {
  const { take, pending, log, idle } = page(20);
  take("menu");
  assert.equal([log, pending()], [["menu", "idle"], 0]);
  const start = performance.now();
  take("save?");
  assert.equal([log, pending()], [["menu", "idle", "wait"], 1]);
  await idle();
  assert.ok(performance.now() - start >= 19);
  assert.equal(log, ["menu", "idle", "wait", "save?", "idle"]);
});

test("what follows while an answer is awaited keeps its turn, and a second answer takes its own time", async () => {
  const { take, pending, log, idle } = page(15);
  const start = performance.now();
  for (const event of ["search?", "a", "ab", "open?", "abc"]) take(event);
  assert.equal([log, pending()], [["wait"], 5]);
  await idle();
  assert.ok(performance.now() - start >= 29);
  assert.equal(log.filter((what) => what !== "wait" && what !== "idle"), ["search?", "a", "ab", "open?", "abc"]);
  assert.is(log.at(-1), "idle");
});

test("flush lets all that waits happen now, drop forgets it", async () => {
  const { take, flush, drop, pending, log } = page(5);
  for (const event of ["one?", "two", "three?"]) take(event);
  flush();
  assert.equal([log, pending()], [["wait", "one?", "two", "three?", "idle"], 0]);
  for (const event of ["four?", "five"]) take(event);
  drop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal([log.slice(5), pending()], [["wait", "idle"], 0]);
});

test("asksBut knows acts that change more than the named parts, the count of acts and the message", () => {
  const asks = asksBut<{ clock: number; snackbar: null | string; menu: string; items: readonly string[] }>("menu");
  const before = { clock: 1, snackbar: null, menu: "", items: ["a"] };
  assert.is(asks(before, { ...before, clock: 2, snackbar: "Saved", menu: "file" }), false);
  assert.is(asks(before, { ...before, clock: 2, items: ["a", "b"] }), true);
});
