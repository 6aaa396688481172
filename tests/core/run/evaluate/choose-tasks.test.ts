import { chooseTasks } from "../../../../core/run/evaluate/choose-tasks.ts";
import type { Task, TaskSource } from "../../../../core/domain/task.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("run/choose-tasks");

const source = (size?: number): TaskSource => ({
  splits: ["eval"],
  list: () => Promise.resolve([]),
  draw: ({ index }) => ({ key: `task ${index}` }) as Task,
  ...(size !== undefined && { size: () => size }),
});
const stage = { split: "eval", task_seed: 1, sample_size: 4 };

test("a finite source gives each of its tasks once, an endless one as many as are asked for", async () => {
  const keys = async (size?: number) => (await chooseTasks(source(size), stage)).map(({ key }) => key);
  assert.equal(await keys(2), ["task 0", "task 1"]);
  assert.equal(await keys(9), ["task 0", "task 1", "task 2", "task 3"]);
  assert.equal(await keys(), ["task 0", "task 1", "task 2", "task 3"]);
});
