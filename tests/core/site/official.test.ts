import {
  addedSlices,
  configOf,
  deepDiff,
  defaultConfig,
  differencesById,
  finishReport,
  siteOf,
} from "../../../core/site.ts";
import type { Task } from "../../../core/domain/task.ts";
import { assert, suite } from "../../harness.ts";
import { startOf, todo, update } from "./todo.ts";

const test = suite("site/official");
const official = todo.official!;
const initial = startOf({ titles: ["Fern"] });
const final = update({ ...initial, draft: "Rye" }, { type: "add" });

test("configOf takes what the query names in the type of its default, the rest stays as it is", () => {
  const usual = { run_id: "0", task_id: "", latency: 0, removePopup: false };
  assert.equal(configOf(new URLSearchParams("")), usual);
  const query = "run_id=7&task_id=v2.todo-1&latency=20&removePopup=true&error_saving=true&items=many&theme=&x=1";
  assert.equal(configOf(new URLSearchParams(query), official), {
    run_id: "7",
    task_id: "v2.todo-1",
    latency: 20,
    removePopup: true,
    error_saving: true,
    items: 3,
    theme: "",
  });
  assert.equal(defaultConfig("v2.todo-1"), { ...usual, task_id: "v2.todo-1" });
});

test("finishReport holds history, configuration under the site's key, differences and the diff, as JSON", () => {
  const config = defaultConfig("v2.todo-1", official);
  const history = [{ type: "add", timestamp: "2024-07-18T16:00:00.000Z" }];
  const rye = { id: "2", title: "Rye", isDone: false, isSeen: false };
  assert.equal(finishReport(official, { initial, final, history, config }), {
    actionhistory: history,
    config: { todo_list: config },
    differences: { todos: { added: [rye] } },
    initialfinaldiff: {
      added: { list: { todos: [initial.todos[0], rye] }, config: { todo_list: config } },
      deleted: {},
      updated: {},
    },
  });
});

test("finishReport has the further parts that a site names, where there are any", () => {
  const told = (aliases: () => object) =>
    finishReport({ ...official, aliases }, {
      initial,
      final,
      history: [],
      config: defaultConfig("v2.todo-1", official),
    });
  assert.equal((told(() => ({ todoDiff: { added: 1 } })) as { readonly todoDiff: object }).todoDiff, { added: 1 });
  assert.ok(!("todoDiff" in (told(() => ({ todoDiff: undefined })) as object)));
});

test("a diff goes into depth, or shows the end whole where the hosted site began empty", () => {
  const [a, b] = [{ list: ["x"], gone: 1, same: 2 }, { list: ["y", "z"], same: 2 }];
  assert.equal(JSON.parse(JSON.stringify(deepDiff(a, b))), {
    added: { list: { 1: "z" } },
    deleted: {},
    updated: { list: { 0: "y" } },
  });
  assert.equal(addedSlices(b), { added: b, deleted: {}, updated: {} });
});

test("differencesById names new, changed and lost things, and those a list no longer shows", () => {
  interface Thing {
    readonly id: string;
    readonly n: number;
    readonly tags?: readonly string[];
    readonly isAsleep?: true;
  }
  const by = (...things: Thing[]) => new Map(things.map((one) => [one.id, one]));
  const was: Thing[] = [{ id: "1", n: 1, tags: ["a"] }, { id: "2", n: 2 }, { id: "3", n: 3 }, { id: "4", n: 4 }];
  const is: Thing[] = [{ id: "1", n: 1 }, { id: "2", n: 5, tags: [] }, { id: "3", n: 3, isAsleep: true }, {
    id: "5",
    n: 6,
  }];
  assert.equal(differencesById(by(...was), by(...is), (_, now) => now.isAsleep === true), {
    added: [is[3]],
    updated: [{ id: "1", tags: false }, { id: "2", n: 5, tags: [] }, { id: "3", isAsleep: true }],
    deleted: [was[2], was[3]],
  });
  assert.equal(differencesById(by(...was), by(...was)), { added: [], updated: [], deleted: [] });
});

test("siteOf serves a definition: start, judge, report, and the ids it has strict rules for", async () => {
  const assets = new Map([["/", { type: "text/html", body: new Uint8Array() }]]);
  const site = siteOf(todo, () => Promise.resolve(assets));
  const task = { id: "v2.todo-1/s25", params: { real: "v2.todo-1" } } as unknown as Task;
  const start = site.start(task);
  assert.equal(start as unknown, startOf({ titles: ["Water the fern", "Call Ann"] }));
  assert.equal([site.name, site.host, site.official], ["todo", "todo.halo.test", { tasks: ["v2.todo-1"] }]);
  assert.equal(site.clock, { start: "2024-07-18T09:00:00-07:00", timezone: "America/Los_Angeles" });
  assert.equal(site.judge(task, start, start), {
    success: false,
    by: "todo/v2.todo-1",
    reason: '"Water the fern" is still there',
  });
  const { config } = site.report!(task, start, start) as unknown as { config: unknown };
  assert.equal(config, { todo_list: defaultConfig("v2.todo-1", official) });
  assert.is(await site.assets(), assets);
  const { official: _, ...plain } = todo;
  assert.is(siteOf(plain, site.assets).report, undefined);
});
