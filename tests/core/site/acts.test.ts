import { type Act, acted, partActs, withActs } from "../../../core/site.ts";
import type { Task } from "../../../core/domain/task.ts";
import { siteOf } from "../../../core/site.ts";
import { assert, suite } from "../../harness.ts";
import { todo } from "./todo.ts";

const test = suite("site/acts");
const at = (minute: number): string => `2024-07-18T16:0${minute}:00.000Z`;
const select: Act = { type: "select", timestamp: at(1) };
const move: Act = { type: "move", timestamp: at(2) };

test("a state and its acts are one value and come apart again; without acts the value is the state", () => {
  const state = { clock: 2, list: ["a"] };
  const saved = withActs({ state, acts: [select, move] });
  assert.equal(partActs(saved), { state, acts: [select, move] });
  assert.is(withActs({ state, acts: [] }), state);
  assert.equal(partActs(state), { state, acts: [] });
});

test("a text leaves the same acts whether typed key by key or at once; what takes time counts each time", () => {
  const typed: Act = { type: "write", timestamp: at(1) };
  const told = [select, typed, typed, typed, move, { ...move, timestamp: at(3) }].reduce<readonly Act[]>(acted, []);
  assert.equal(told, [select, typed, move, { ...move, timestamp: at(3) }]);
  assert.equal([select, typed, move].reduce<readonly Act[]>(acted, []), [select, typed, move]);
});

test("siteOf judges a state whatever was done to come there, and tells it in the report", () => {
  const site = siteOf(todo, () => Promise.resolve(new Map()));
  const task = { id: "v2.todo-1/s25", params: { real: "v2.todo-1" } } as unknown as Task;
  const start = site.start(task);
  const saved = withActs({ state: start as object, acts: [select, move] }) as never;
  assert.equal(site.judge(task, start, saved), site.judge(task, start, start));
  const told = (now: typeof start) =>
    (site.report!(task, start, now) as unknown as { actionhistory: readonly Act[] }).actionhistory;
  assert.equal([told(start), told(saved)], [[], [select, move]]);
});
