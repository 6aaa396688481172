import Ajv from "ajv/dist/2020.js";
import type { Action } from "../../../core/domain/action.ts";
import { canonicalAction } from "../../../core/action/canonical.ts";
import { formatAction } from "../../../core/action/format.ts";
import { isAction } from "../../../core/action/parse.ts";
import { actionSchema } from "../../../core/action/schema.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("action/canonical");

test("canonicalAction is one text for actions with equal effects", () => {
  const same: readonly [Action, Action, string][] = [
    [{ action: "click", el: "e1" }, { el: "e1", at: [5, 5], action: "click" }, '{"action":"click","el":"e1"}'],
    [
      { action: "type", text: "a", el: "e1" },
      { el: "e1", clear: false, submit: false, text: "a", action: "type" },
      '{"action":"type","el":"e1","text":"a"}',
    ],
    [{ action: "scroll", dy: 5 }, { action: "scroll", dx: 0, dy: 5 }, '{"action":"scroll","dy":5}'],
  ];
  for (const [a, b, text] of same) assert.equal([canonicalAction(a), canonicalAction(b)], [text, text]);
});

test("canonicalAction tells actions with other effects apart and does not change its argument", () => {
  const actions: readonly Action[] = [
    { action: "click", el: "e1" },
    { action: "click", el: "e2" },
    { action: "hover", el: "e1" },
    { action: "click", at: [1, 2] },
    { action: "click", at: [2, 1] },
    { action: "type", text: "a" },
    { action: "type", text: "a", clear: true },
    { action: "type", text: "a", submit: true },
    { action: "done" },
    { action: "done", text: "" },
  ];
  const before = structuredClone(actions);
  assert.is(new Set(actions.map(canonicalAction)).size, actions.length);
  assert.equal(actions, before);
});

test("formatAction reads like a sentence and escapes what came from outside", () => {
  const star = { role: "button", name: "Star" };
  const cases: readonly [string, string][] = [
    [formatAction({ action: "click", el: "e12" }, star), 'click e12 "Star"'],
    [formatAction({ action: "double_click", at: [10, 20] }), "double click (10, 20)"],
    [formatAction({ action: "drag", el: "e1", to: [5, 6] }), "drag e1 to (5, 6)"],
    [formatAction({ action: "type", el: "e3", text: "Hello", submit: true }), 'type e3 "Hello" ⏎'],
    [formatAction({ action: "type", text: "x\u001b[2J", clear: true }), 'replace "x\\u001b[2J"'],
    [formatAction({ action: "type", text: "a".repeat(100) }), `type "${"a".repeat(59)}…"`],
    [formatAction({ action: "key", keys: ["Control+a", "Enter"] }), "press Control+a Enter"],
    [formatAction({ action: "scroll", dy: -300 }), "scroll 0,-300px"],
    [formatAction({ action: "select", el: "e2", options: ["A", "B"] }), 'select e2 "A", "B"'],
    [formatAction({ action: "goto", url: "https://a.test/" }), "go to https://a.test/"],
    [formatAction({ action: "goto", url: "a\u001b[2J" }), "go to a\\u001b[2J"],
    [formatAction({ action: "wait", ms: 100 }), "wait 100 ms"],
    [formatAction({ action: "back" }), "back"],
    [formatAction({ action: "done", text: "42" }), 'done "42"'],
    [formatAction({ action: "infeasible" }), "infeasible"],
  ];
  for (const [got, expected] of cases) assert.is(got, expected);
});

test("actionSchema accepts and refuses what the parser does", () => {
  const validate = new Ajv.default({ strict: true, strictRequired: false }).compile(actionSchema);
  const values: readonly unknown[] = [
    { action: "click", el: "e1" },
    { action: "click" },
    { action: "click", at: [1001, 0] },
    { action: "click", at: [1, 2, 3] },
    { action: "drag", el: "e1", to: [1, 2] },
    { action: "drag", to: [1, 2] },
    { action: "type", text: "a", clear: true },
    { action: "type", text: "a", extra: 1 },
    { action: "key", keys: [] },
    { action: "wait", ms: 1.5 },
    { action: "noop" },
    { action: "fly" },
    {},
  ];
  assert.equal(values.map((value) => validate(value)), values.map((value) => isAction(value)));
});
