import { type Asked, exactly, judgeStrictly, judgeTask, problemOf, siteTasks } from "../../../core/site.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { startOf, type Todo, todo, type TodoState, update } from "./todo.ts";

const test = suite("site/judge");
const before = startOf({ titles: ["Fern", "Oats", "Lamp"] });
const say = (asked: Asked<TodoState>, after: TodoState) => problemOf(todo.rules, asked, { before, after });
const edit = (id: string, change: Partial<Todo>): TodoState => ({
  ...before,
  todos: before.todos.map((one) => one.id === id ? { ...one, ...change } : one),
});
const without = (...ids: string[]): TodoState => ({
  ...before,
  todos: before.todos.filter(({ id }) => !ids.includes(id)),
});
const plus = (...titles: string[]): TodoState => ({
  ...before,
  todos: [...before.todos, ...titles.map((title, i) => ({ id: `n${i}`, title, isDone: false, isSeen: false }))],
});
const called = (title: string) => ({
  among: () => true,
  none: "nothing was added",
  problem: (one: Todo) => one.title === title ? "" : `"${one.title}" was added instead`,
});

test("problemOf asks for changed fields, by id, before it looks for what is too much", () => {
  const asked = { items: { todos: { change: { 2: { isDone: true } } } } };
  assert.is(say(asked, before), '"Oats" is not as asked: isDone');
  assert.is(say(asked, edit("1", { isDone: true })), '"Oats" is not as asked: isDone');
  assert.is(say(asked, edit("2", { isDone: true })), undefined);
  assert.is(say(asked, edit("2", { isDone: true, title: "Rye" })), '"Oats" was changed as well: title');
  assert.is(say(asked, without("2")), '"Oats" was deleted');
  const told = { items: { todos: { change: { 2: { isDone: true } }, not: ({ title }: Todo) => `${title} is open` } } };
  assert.is(say(told, before), "Oats is open");
});

test("problemOf refuses what nobody asked for: changed, lost and new things, changed parts, text left over", () => {
  assert.is(say({}, before), undefined);
  assert.is(say({}, edit("1", { isSeen: true })), undefined);
  assert.is(say({}, edit("3", { isDone: true })), '"Lamp" was changed as well: isDone');
  assert.is(say({}, without("3")), '"Lamp" was deleted');
  assert.is(say({}, plus("Rye")), '"Rye" was added');
  assert.is(say({}, { ...before, tags: [] }), "the tags were changed");
  assert.is(say({}, { ...before, later: 1 } as TodoState), "later were changed as well");
  assert.is(say({}, { ...before, draft: "Ry" }), "an entry was begun and left open");
  assert.is(say({}, { ...before, clock: 9, menu: "open", draft: "" }), undefined);
});

test("problemOf asks for things to be gone", () => {
  const asked = { items: { todos: { remove: ["1", "3"] } } };
  assert.is(say(asked, without("1", "3")), undefined);
  assert.is(say(asked, without("1")), '"Lamp" is still there');
  assert.is(say(asked, without("1", "2", "3")), '"Oats" was deleted');
});

test("problemOf asks for each new thing once", () => {
  const asked = { items: { todos: { add: [called("Rye"), called("Salt")] } } };
  assert.is(say(asked, plus("Salt", "Rye")), undefined);
  assert.is(say(asked, before), "nothing was added");
  assert.is(say(asked, plus("Rye")), "nothing was added");
  assert.is(say(asked, plus("Rye", "Rice")), '"Rice" was added instead');
  assert.is(say(asked, plus("Rye", "Salt", "Rye")), '"Rye" was added');
  const twice = { items: { todos: { add: [called("Rye"), called("Rye")] } } };
  assert.equal([say(twice, plus("Rye")), say(twice, plus("Rye", "Rye"))], ["nothing was added", undefined]);
});

test("problemOf asks for parts by value or by a rule of their own", () => {
  const asked = { parts: exactly<TodoState>({ tags: ["home", "work"] }) };
  assert.is(say(asked, before), "tags are not as wanted");
  assert.is(say(asked, { ...before, tags: ["home", "work"] }), undefined);
  const any = { parts: { tags: (now: readonly string[]) => now.length > 1 ? "" : "no tag is new" } };
  assert.equal([say(any, before), say(any, { ...before, tags: ["home", "x"] })], ["no tag is new", undefined]);
});

test("judgeTask judges a drawn task by its template and names who judged", () => {
  const task = siteTasks(todo, { templates: ["tick"], max_optimum: 3, cap: 0 }).draw({
    split: "eval",
    index: 0,
    seed: 1,
  });
  const start = todo.start((task.params as unknown as { setup: { titles: string[] } }).setup);
  const after = update(start, { type: "tick", id: "1" });
  const [title] = start.todos.map((one) => one.title);
  assert.equal(judgeTask(todo, task, { before: start, after }), {
    success: true,
    by: "todo/tick",
    reason: `"${title}" was ticked off and nothing else changed`,
  });
  assert.equal(judgeTask(todo, task, { before: start, after: start }), {
    success: false,
    by: "todo/tick",
    reason: `"${title}" is not as asked: isDone`,
  });
});

test("judgeStrictly takes any reading of a goal, and tells what is wrong with the first", async () => {
  const judge = (after: TodoState) => judgeStrictly(todo, "v2.todo-1", { before, after });
  const reason = "all that was asked for was done, and nothing else";
  assert.equal(judge(without("1")), { success: true, by: "todo/v2.todo-1", reason });
  assert.is(judge({ ...before, tags: [] }).success, true);
  assert.is(judge(before).reason, '"Fern" is still there');
  assert.is(judge({ ...without("1"), tags: [] }).reason, "the tags were changed");
  const { message } = await thrownBy(() => judgeStrictly(todo, "v2.todo-2", { before, after: before })) as Error;
  assert.is(message, "todo has no strict rule for v2.todo-2");
});
