import type { Grade, Task, TaskSource, Verdict } from "halo-agent";
import { mixedTasks } from "../../../plugins/mixed/tasks.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("mixed/tasks");

function task(site: string, index: number): Task {
  const key = `${site}/${index}`;
  return {
    id: key,
    key,
    goal: { id: key, text: key, startUrl: `http://${site}.halo.test/`, maxSteps: 4 },
    site,
    template: "one",
    split: "eval",
    optimum: 1,
    params: {},
  };
}

function source(site: string, o: { readonly size?: number; readonly grade?: Grade } = {}): TaskSource {
  const { size, grade } = o;
  return {
    splits: ["eval", site],
    draw: ({ index }) => task(site, size === undefined ? index : index % size),
    list: () => Promise.resolve([task(site, 0), task(site, 1)]),
    ...(size !== undefined && { size: () => size }),
    ...(grade && { grade }),
  };
}

const keysOf = (tasks: TaskSource, n: number) =>
  Array.from({ length: n }, (_, index) => tasks.draw({ split: "eval", index, seed: 0 }).key);

test("mixed takes turns among sources that never end", () => {
  const mixed = mixedTasks([source("a"), source("b")]);
  assert.equal(keysOf(mixed, 5), ["a/0", "b/0", "a/1", "b/1", "a/2"]);
  assert.equal(mixed.splits, ["eval"]);
  assert.is(mixed.size, undefined);
  assert.is(mixed.grade, undefined);
});

test("mixed tells every task of finite sources once before one comes again", () => {
  const mixed = mixedTasks([source("a", { size: 1 }), source("b", { size: 3 })]);
  assert.is(mixed.size?.("eval"), 4);
  assert.equal(keysOf(mixed, 6), ["a/0", "b/0", "b/1", "b/2", "a/0", "b/0"]);
});

test("mixed grades a task by its own source's rule, and by the site where that has none", async () => {
  const verdict = (by: string): Verdict => ({ success: true, by, reason: "" });
  const mixed = mixedTasks([source("a", { grade: () => Promise.resolve(verdict("a's rule")) }), source("b")]);
  const [a, , , b] = await mixed.list({});
  const graded = async (one: Task) =>
    (await mixed.grade!({ task: one, report: {}, strict: verdict("strict") }, { signal: new AbortController().signal }))
      .by;
  assert.equal([await graded(a!), await graded(b!)], ["a's rule", "strict"]);
});
