import type { Grade, Observation, Task, TaskSource, Verdict } from "halo-agent";
import { tasksInTurns } from "../../../plugins/turns/tasks.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("turns/tasks");

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
    ...(site !== "none" && { oracle: () => ({ action: "done", text: site }) }),
    splits: ["eval", site],
    draw: ({ index }) => task(site, size === undefined ? index : index % size),
    list: () => Promise.resolve([task(site, 0), task(site, 1)]),
    ...(size !== undefined && { size: () => size }),
    ...(grade && { grade }),
  };
}

const keysOf = (tasks: TaskSource, n: number) =>
  Array.from({ length: n }, (_, index) => tasks.draw({ split: "eval", index, seed: 0 }).key);

test("turns takes turns among sources that never end", () => {
  const tasks = tasksInTurns([source("a"), source("b")]);
  assert.equal(keysOf(tasks, 5), ["a/0", "b/0", "a/1", "b/1", "a/2"]);
  assert.equal(tasks.splits, ["eval"]);
  assert.is(tasks.size, undefined);
  assert.is(tasks.grade, undefined);
});

test("turns asks a task's own source for its solution, where all sources have one", () => {
  const tasks = tasksInTurns([source("a"), source("b")]);
  const { goal } = tasks.draw({ split: "eval", index: 1, seed: 0 });
  assert.equal(tasks.oracle!({ goal, observation: undefined as unknown as Observation, depth: 0 }), {
    action: "done",
    text: "b",
  });
  assert.is(tasksInTurns([source("a"), source("none")]).oracle, undefined);
});

test("turns tells every task of finite sources once before one comes again", () => {
  const tasks = tasksInTurns([source("a", { size: 1 }), source("b", { size: 3 })]);
  assert.is(tasks.size?.("eval"), 4);
  assert.equal(keysOf(tasks, 6), ["a/0", "b/0", "b/1", "b/2", "a/0", "b/0"]);
});

test("turns grades a task by its own source's rule, and by the site where that has none", async () => {
  const verdict = (by: string): Verdict => ({ success: true, by, reason: "" });
  const tasks = tasksInTurns([source("a", { grade: () => Promise.resolve(verdict("a's rule")) }), source("b")]);
  const [a, , , b] = await tasks.list({});
  const graded = async (one: Task) =>
    (await tasks.grade!({ task: one, report: {}, strict: verdict("strict") }, { signal: new AbortController().signal }))
      .by;
  assert.equal([await graded(a!), await graded(b!)], ["a's rule", "strict"]);
});
