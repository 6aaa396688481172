import { keyedRng } from "../../../core/kit.ts";
import { defineSite, drawerOf, siteTasks, taskOptions } from "../../../core/site.ts";
import { checkTasks } from "../../../core/testing.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { todo } from "./todo.ts";

const test = suite("site/tasks");
const options = { templates: [], max_optimum: 3, cap: 0 };
const source = siteTasks(todo, options);
const draw = (index: number, split = "train") => source.draw({ split, index, seed: 5 });

test("siteTasks keeps the promises of a task source", async () => {
  await checkTasks(siteTasks(todo, options), { n: 2 });
});

test("siteTasks draws a whole task, the same under the same arguments", () => {
  const { params, goal, ...task } = draw(3, "eval");
  const { template, optimum } = task;
  assert.equal(task, {
    id: goal.id,
    key: `todo/${template}/eval/3@5`,
    site: "todo",
    template,
    split: "eval",
    optimum,
  });
  assert.match(goal.id, new RegExp(`^todo/${template}/eval/3@5/w[0-2]/s${2 * optimum + 2}$`));
  const { text, ...told } = goal;
  assert.equal(told, { id: goal.id, startUrl: "http://todo.halo.test/", maxSteps: 2 * optimum + 2 });
  assert.equal(draw(3, "eval"), siteTasks(todo, options).draw({ split: "eval", index: 3, seed: 5 }));
  const { title } = params as unknown as { title: string };
  assert.ok(text.includes(`"${title}"`) && ["Feed the cat", "Pay rent", "Sweep", "Bake bread"].includes(title));
});

test("each round holds every template once, and all wordings of a template take turns", () => {
  const tasks = Array.from({ length: 24 }, (_, index) => draw(index));
  for (let i = 0; i < 24; i += 2) assert.equal([tasks[i]!.template, tasks[i + 1]!.template].sort(), ["add", "tick"]);
  const ways = tasks.filter(({ template }) => template === "tick").map(({ id }) => Number(/w(\d)/.exec(id)![1]));
  assert.equal(ways.slice(1).map((way, i) => (way - ways[i]! + 3) % 3), Array(11).fill(1));
});

test("options choose templates, leave out long ones and set the step limit", async () => {
  const only = siteTasks(todo, { templates: ["all"], max_optimum: 2, cap: 9 });
  const task = only.draw({ split: "train", index: 1, seed: 0 });
  assert.equal([task.template, task.goal.maxSteps, task.id.endsWith("/s9")], ["tick", 9, true]);
  assert.is(taskOptions(todo).properties.max_optimum.default, 3);
  const { message } = await thrownBy(() => siteTasks(todo, { ...options, templates: ["tik"] })) as Error;
  assert.is(message, 'todo has no template "tik"; it has tick, add and the lists all');
  const empty = await thrownBy(() => siteTasks(todo, { ...options, max_optimum: 0 })) as Error;
  assert.is(empty.message, "no todo template is left with max_optimum 0; steps needed: tick 1, add 3");
  const split = await thrownBy(() => draw(0, "test")) as Error;
  assert.is(split.message, 'todo has no split "test"; it has train, eval, paraphrase');
});

test("list shows the first tasks of each split whose keys match", async () => {
  const listed = await source.list({ match: "todo/tick/*" });
  assert.equal(new Set(listed.map(({ template, split }) => `${template} ${split}`)).size, 3);
  assert.is((await source.list({})).length, 192);
  const first = Array.from({ length: 64 }, (_, index) => source.draw({ split: "eval", index, seed: 0 }));
  assert.equal(await source.list({ split: "eval" }), first);
  assert.equal(await source.list({ match: "todo/t.ck/*" }), []);
});

test("drawerOf draws nothing twice but what may be", () => {
  const pool = { letters: ["a", "b", "c"] };
  const { unused, any, place } = drawerOf(keyedRng("drawer", 1), pool);
  assert.equal([unused("letters"), unused("letters"), unused("letters")].sort(), ["a", "b", "c"]);
  assert.ok(pool.letters.includes(any("letters")));
  assert.equal([1, 2, 3, 4].map(() => place("row", 5, 8)).sort(), [5, 6, 7, 8]);
});

test("defineSite refuses families and lists of templates that do not agree", async () => {
  const say = async (change: object) => (await thrownBy(() => defineSite({ ...todo, ...change })) as Error).message;
  assert.is(await say({ sets: { all: ["tick"] } }), 'todo: the template "add" is missing in the list "all"');
  assert.is(
    await say({ sets: { few: ["tock"], all: ["tick", "add"] } }),
    'todo: no family has the template "tock"',
  );
  const [tick] = todo.families;
  assert.is(await say({ families: [...todo.families, tick] }), 'todo: two templates are called "tick"');
});
