import type { Observation } from "../../../core/domain/observation.ts";
import type { Transition } from "../../../core/domain/reward.ts";
import plugin, { presets, shapingReward } from "../../../plugins/shaping/reward.ts";
import type { ShapingValues } from "../../../plugins/shaping/reward.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("shaping reward");
const at = (stateKey: string): Observation => ({ url: "http://x.test/", title: "", elements: [], stateKey });
const goal = { id: "t", text: "Do it.", startUrl: "http://x.test/", maxSteps: 4 };
const click = { action: "click", el: "e1" } as const;

const step = (from: string, to: string, o: Partial<Transition> = {}): Transition => ({
  from: at(from),
  to: at(to),
  parsed: { ok: true, action: click, repairs: 0 },
  ...o,
});
const invalid = { parsed: { ok: false, code: "NOT_JSON", message: "" } } as const;
const repaired = { parsed: { ok: true, action: click, repairs: 1 } } as const;
const solved = (success: boolean): Partial<Transition> => ({
  stop: success ? "solved" : "max_steps",
  verdict: { success, by: "x", reason: "as it should be" },
});

function earned(values: ShapingValues, ...steps: readonly Transition[]): string[][] {
  let fold = shapingReward(values).start(goal, at("a"));
  return steps.map((t) => {
    const next = fold.next(t);
    fold = next.fold;
    return next.terms.map(({ name, value }) => `${name} ${value}`);
  });
}

test("every term is 0 and left out unless set", () => {
  assert.equal(
    earned(presets.none, step("a", "b"), step("b", "a"), step("a", "a", invalid), step("a", "c", solved(true))),
    [[], [], [], []],
  );
});

test("preset field pays the five terms", () => {
  const steps = [
    step("a", "b"),
    step("b", "a"),
    step("a", "a", invalid),
    step("a", "c", repaired),
    step("c", "d", solved(true)),
  ];
  assert.equal(earned(presets.field, ...steps), [
    ["valid 0.1", "new_state 0.2"],
    ["valid 0.1", "loop -1"],
    ["invalid -0.5"],
    ["new_state 0.2"],
    ["valid 0.1", "new_state 0.2", "success 1"],
  ]);
});

test("loop is charged for a page seen before, the first one and the same one included, but not for ending", () => {
  const only: ShapingValues = { ...presets.none, loop: -1 };
  const done = { parsed: { ok: true, action: { action: "done" }, repairs: 0 }, stop: "declared" } as const;
  assert.equal(earned(only, step("a", "a"), step("a", "b"), step("b", "a"), step("a", "b"), step("b", "b", done)), [
    ["loop -1"],
    [],
    ["loop -1"],
    ["loop -1"],
    [],
  ]);
  assert.equal(earned(only, step("a", "a", solved(true)), step("a", "a", solved(false))), [[], ["loop -1"]]);
});

test("success is paid on the last step of an achieved task only", () => {
  const only: ShapingValues = { ...presets.none, success: 1 };
  assert.equal(earned(only, step("a", "b"), step("b", "c", solved(false)), step("c", "d", solved(true))), [[], [], [
    "success 1",
  ]]);
  const { terms } = shapingReward(only).start(goal, at("a")).next(step("a", "b", solved(true)));
  assert.equal(terms, [{ name: "success", value: 1, evidence: "as it should be" }]);
});

test("failure is charged for an action that ends the episode without success, not for running out of steps", () => {
  const only: ShapingValues = { ...presets.none, failure: -1 };
  const verdict = { success: false, by: "x", reason: "wrong" };
  assert.equal(
    earned(only, step("a", "b", { stop: "ended", verdict }), step("b", "c", { stop: "declared", verdict })),
    [
      ["failure -1"],
      ["failure -1"],
    ],
  );
  assert.equal(earned(only, step("a", "b", solved(false)), step("b", "c", solved(true))), [[], []]);
});

test("quoted is paid for each field more that holds a text the goal quotes, and taken back when it no longer does", () => {
  const holding = (...values: readonly string[]): Observation => ({
    ...at(values.join()),
    elements: values.map((value, i) => ({
      ...{ id: `e${i}`, role: "textbox", name: "", states: ["editable"], near: "", region: "" },
      ...{ value, centre: [0, 0] },
    })),
  });
  const fold = shapingReward({ ...presets.none, quoted: 0.5 }).start(
    { ...goal, text: 'Enter "Ab" and “cde”.' },
    at("a"),
  );
  const paid = (from: Observation, to: Observation) =>
    fold.next({ ...step("a", "b"), from, to }).terms.map(({ value }) => value);
  assert.equal(paid(holding("", ""), holding("AB", "")), [0.25], "half in another case");
  assert.equal(paid(holding("AB", ""), holding("Ab", "")), [0.25], "as the goal has it");
  assert.equal(paid(holding("", ""), holding("Ab", "cde")), [1], "two at once");
  assert.equal(paid(holding("Ab", ""), holding("other", "")), [-0.5]);
  assert.equal(paid(holding("", ""), holding("•••", "")), [0.5], "a masked field has as many signs as a text");
  assert.equal(paid(holding("", ""), holding("abc", "")), []);
  const inCapitals = shapingReward({ ...presets.none, quoted: 0.5 }).start(
    { ...goal, text: 'Type "Ab" in all upper case letters.' },
    at("a"),
  );
  const { terms } = inCapitals.next({ ...step("a", "b"), from: holding(""), to: holding("AB") });
  assert.equal(terms.map(({ value }) => value), [0.5], "whole where the goal speaks of case");
});

test("writable is paid when a field comes while the goal quotes what no page has shown, and taken back when it goes", () => {
  type Shown = { readonly name: string; readonly value?: string };
  const page = (...shown: readonly Shown[]): Observation => ({
    ...at(JSON.stringify(shown)),
    elements: shown.map(({ name, value }, i) => ({
      ...{ id: `e${i}`, role: "button", name, near: "", region: "", centre: [0, 0] as const },
      ...value === undefined ? { states: [] } : { states: ["editable"], value },
    })),
  });
  const [list, form] = [page({ name: "New" }), page({ name: "Title", value: "" }, { name: "Save" })];
  const [typed, saved] = [
    page({ name: "Title", value: "Call Ada" }),
    page({ name: "New" }, { name: "Done: Call Ada" }),
  ];
  const paid = (first: Observation, ...pages: readonly Observation[]) => {
    let fold = shapingReward({ ...presets.none, writable: 0.1 }).start({ ...goal, text: 'Add "Call Ada".' }, first);
    return pages.map((to, i) => {
      const next = fold.next({ ...step("a", "b"), from: pages[i - 1] ?? first, to });
      fold = next.fold;
      return next.terms.map(({ value }) => value);
    });
  };
  assert.equal(paid(list, form, typed, saved), [[0.1], [], [-0.1]]);
  assert.equal(paid(list, form, list, form), [[0.1], [-0.1], [0.1]]);
  assert.equal(paid(saved, form), [[]], "a text that stands on the page asks for no field");
  assert.equal(paid(form, typed), [[]], "a field that was there from the start");
});

test("create lets explicit options override the preset", async () => {
  const shaper = await plugin.create({ preset: "field", loop: 0, success: 2 }, {});
  let fold = shaper.start(goal, at("a"));
  const paid = [step("a", "a"), step("a", "b", solved(true))].map((t) => {
    const next = fold.next(t);
    fold = next.fold;
    return next.terms.map(({ name, value }) => `${name} ${value}`);
  });
  assert.equal(paid, [["valid 0.1"], ["valid 0.1", "new_state 0.2", "success 2"]]);
});

test("next leaves the fold it was called on unchanged", () => {
  const fold = shapingReward(presets.field).start(goal, at("a"));
  const first = fold.next(step("a", "b")).terms;
  assert.equal(fold.next(step("a", "b")).terms, first);
});
