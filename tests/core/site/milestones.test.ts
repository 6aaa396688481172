import type { Action } from "../../../core/domain/action.ts";
import type { Observation } from "../../../core/domain/observation.ts";
import type { Transition } from "../../../core/domain/reward.ts";
import {
  judgeTask,
  type Milestone,
  milestoneReward,
  type MilestoneRole,
  oracleOf,
  type PageView,
  reachedBy,
  siteTasks,
} from "../../../core/site.ts";
import { assert, suite } from "../../harness.ts";
import { pageWith, show, startOf, todo, type TodoState, update } from "./todo.ts";

const test = suite("site/milestones");
const nextAction = oracleOf(todo);
const shaper = milestoneReward(todo, { scale: 2, families: ["tick", "add"] });
const goal = (text: string) => ({ id: "t", text, startUrl: "http://todo.halo.test/", maxSteps: 8 });

/** What an action on the shown page makes of the list. */
function act(state: TodoState, action: Action): TodoState {
  const el = "el" in action ? action.el : undefined;
  const element = show(state).elements.find(({ id }) => id === el);
  if (action.action === "type") return update(state, { type: "draft-input", text: action.text });
  if (element?.name === "New") return update(state, { type: "open" });
  if (element?.name === "Add") return update(state, { type: "add" });
  const ticked = state.todos.find(({ title }) => title === element?.name);
  return ticked === undefined ? state : update(state, { type: "tick", id: ticked.id });
}

test("the solution solves every drawn task in its optimum, each step earns, and it says when it is done", () => {
  const source = siteTasks(todo, { templates: [], max_optimum: 3, cap: 0 });
  for (const split of source.splits) {
    for (let index = 0; index < 8; index++) {
      const task = source.draw({ split, index, seed: 2 });
      const before = todo.start((task.params as unknown as { setup: { titles: string[] } }).setup);
      let [state, fold, depth] = [before, shaper.start(task.goal, show(before)), 0];
      for (; !judgeTask(todo, task, { before, after: state }).success; depth++) {
        const from = show(state);
        const action = nextAction({ goal: task.goal, observation: from, depth });
        state = act(state, action);
        const turn = fold.next({ from, to: show(state), parsed: { ok: true, action, repairs: 0 } });
        assert.ok(turn.terms.length > 0, `${task.goal.text} step ${depth}`);
        fold = turn.fold;
      }
      assert.is(depth, task.optimum, task.goal.text);
      assert.equal(nextAction({ goal: task.goal, observation: show(state), depth }), { action: "done" });
    }
  }
});

test("the solution finds its way from any page, and gives up on a goal it cannot read", () => {
  const add = goal('Add "Rye" to the list.');
  const next = (state: TodoState) => nextAction({ goal: add, observation: show(state), depth: 0 });
  const start = startOf({ titles: ["Fern"] });
  assert.equal(next(start), { action: "click", el: "e0" });
  assert.equal(next({ ...start, draft: "" }), { action: "type", el: "e2", text: "Rye" });
  assert.equal(next({ ...start, draft: "Ri" }), { action: "type", el: "e2", text: "Rye", clear: true });
  assert.equal(next({ ...start, draft: "Rye" }), { action: "click", el: "e3" });
  assert.equal(nextAction({ goal: goal("Sing."), observation: show(start), depth: 0 }), {
    action: "infeasible",
    text: "the goal names no task of todo",
  });
});

test("the reward pays each milestone once, scaled, with evidence, and not for what the first page shows", () => {
  const start = startOf({ titles: ["Fern"] });
  const open = show({ ...start, draft: "" });
  const click: Transition["parsed"] = { ok: true, action: { action: "click", el: "e0" }, repairs: 0 };
  const fold = shaper.start(goal('Add "Rye" to the list.'), show(start));
  const first = fold.next({ from: show(start), to: open, parsed: click });
  assert.equal(first.terms, [{ name: "form", value: 0.6, evidence: '"Title" is in view' }]);
  assert.equal(first.fold.next({ from: show(start), to: open, parsed: click }).terms, []);
  assert.equal(fold.next({ from: show(start), to: open, parsed: click }).terms, first.terms);
  assert.equal(
    shaper.start(goal('Add "Rye" to the list.'), open).next({ from: open, to: open, parsed: click }).terms,
    [],
  );
  const others = milestoneReward(todo, { scale: 1, families: ["tick"] });
  const unpaid = others.start(goal('Add "Rye" to the list.'), show(start));
  assert.equal(unpaid.next({ from: show(start), to: open, parsed: click }).terms, []);
});

test("a site's reward pays for goals that begin on it or on its hosted model, not on another replica", () => {
  const start = show(startOf({ titles: ["Fern"] }));
  const open = show({ ...startOf({ titles: ["Fern"] }), draft: "" });
  const add = goal('Add "Rye" to the list.');
  const termsAt = (startUrl: string) => {
    const parsed = { ok: true, action: { action: "click", el: "e0" }, repairs: 0 } as const;
    return shaper.start({ ...add, startUrl }, start).next({ from: start, to: open, parsed }).terms.length;
  };
  assert.equal(
    ["http://todo.halo.test/", "https://todo.example.com/", "", "http://mail.halo.test/"].map(termsAt),
    [1, 1, 1, 0],
  );
});

/** A milestone that stands where the page has a control of its name. */
const named = (name: string, role: MilestoneRole): Milestone => ({
  name,
  value: 1,
  role,
  stands: ({ elements }) => elements.some((e) => e.name === name),
  reached: () => name,
  towards: () => ({ action: "done" }),
});
const view = (...names: string[]): PageView => ({
  elements: (pageWith(...names.map((name) => ({ role: "button", name }))) as Observation).elements,
  notice: undefined,
});

test("a milestone counts with what must stand: hands always, content until the next end, nothing for a free one", () => {
  const way = [
    named("hand", "hand"),
    named("text", "content"),
    named("end", "end"),
    named("menu", "way"),
    named("more", "content"),
    named("ready", "ready"),
    named("end2", "end"),
    named("free", "free"),
  ];
  const counts = (i: number, from: PageView, to: PageView) =>
    reachedBy(way, i, { from, to, acted: undefined, isScroll: false }) !== false;
  const none = view();
  assert.equal([counts(0, none, none), counts(1, none, none), counts(1, none, view("hand"))], [true, false, true]);
  // An end takes away what it ends: the page before it counts.
  assert.equal([counts(2, view("hand", "text"), none), counts(2, none, view("hand", "text"))], [true, false]);
  assert.is(counts(2, view("hand"), none), false);
  assert.equal([counts(3, none, view("hand")), counts(3, none, view("text"))], [true, false]);
  // The second end needs what was written since the first, not what the first one ended.
  assert.is(counts(6, view("hand", "more", "ready"), none), true);
  assert.is(counts(6, view("hand", "text", "ready"), none), false);
  assert.is(counts(5, none, view("hand", "more")), true);
  assert.is(counts(7, none, none), true);
});
