import { checkTasks, createPlugin } from "../../../core/testing.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import inline from "../../../plugins/web/inline-tasks.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("web/inline-tasks");
const success = [{ text: "done" }];
const listed = (tasks: readonly object[], o: object = {}) => createPlugin(inline, { tasks, ...o } as never);

test("a task is its goal, its start, its conditions and a name made of the goal", async () => {
  const source = await listed([{ goal: 'Put "Tea" in.', success, url: "list", params: { what: "Tea" } }], {
    site: "shop",
  });
  assert.equal(source.draw({ split: "train", index: 0, seed: 7 }), {
    id: "shop/put-tea-in",
    key: "shop/put-tea-in",
    goal: { id: "shop/put-tea-in", text: 'Put "Tea" in.', startUrl: "list", maxSteps: 15 },
    site: "shop",
    template: "put-tea-in",
    split: "train",
    optimum: 15, // unknown: the limit
    params: { what: "Tea", success: [{ text: "done", absent: false }] },
  });
});

test("tasks keep to their split, go round in order, and mark a second round", async () => {
  const source = await listed([
    { goal: "a", id: "a", split: "train" },
    { goal: "b", id: "b", split: "eval", max_steps: 4 },
    { goal: "c", id: "c", split: "train", optimum: 20 },
  ]);
  const keys = [0, 1, 2].map((index) => source.draw({ split: "train", index, seed: 0 }).key);
  assert.equal([source.splits, keys], [["train", "eval"], ["web/a", "web/c", "web/a~2"]]);
  const all = await source.list({});
  assert.equal(all.map(({ key, goal }) => [key, goal.maxSteps]), [["web/a", 15], ["web/c", 20], ["web/b", 4]]);
  assert.equal((await source.list({ match: "*c" })).map(({ key }) => key), ["web/c"]);
  assert.equal(["web/b", "web/c~2", "web/d"].map((key) => source.optionOf!(key)), ["tasks.1", "tasks.2", undefined]);
  await checkTasks(source);
});

test("two tasks of one name, and conditions that say nothing, are refused where they stand", async () => {
  const options = [];
  const wrong = [
    [{ goal: "A b" }, { goal: "a, B!" }],
    [{ goal: "a", success: [{ absent: true }] }],
    [{ goal: "a", success }, { goal: "b", success: [{ element: "input[name=" }] }],
  ];
  for (const tasks of wrong) {
    const e = await thrownBy(() => listed(tasks));
    assert.ok(isHaloError(e, "HALO_WEB_OPTION"), String(e));
    options.push(e.option);
  }
  assert.equal(options, ["tasks.1", "tasks.0.success.0", "tasks.1.success.0.element"]);
});
