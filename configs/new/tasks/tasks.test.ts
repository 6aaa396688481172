import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkTasks, createPlugin } from "halo-agent/testing";
import plugin from "./tasks.ts";

test("my-tasks draws the tasks it has always drawn", async () => {
  // Runs are compared by their tasks: a change here makes old runs incomparable, so it should be on purpose.
  const expected = JSON.parse(readFileSync(new URL("goals.json", import.meta.url), "utf8"));
  const source = await createPlugin(plugin);
  const goals = source.splits.flatMap((split) =>
    [0, 1].map((index) => source.draw({ split, index, seed: 0 }).goal.text)
  );
  assert.deepEqual(goals, expected);
});

test("my-tasks keeps what every task source promises", async () => {
  await checkTasks(await createPlugin(plugin));
});
