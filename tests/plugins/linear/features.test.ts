import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Element, PastStep, Point } from "halo-agent";
import { packageRoot } from "../../../core/util/package-root.ts";
import { candidatesOf } from "../../../plugins/linear/candidates.ts";
import { choicesAt, dims } from "../../../plugins/linear/features.ts";
import { goalParts } from "../../../plugins/linear/spans.ts";
import { assert, suite } from "../../harness.ts";
import { control, pointOn, shelf } from "./page.ts";

const test = suite("linear/features");

/** Features of each candidate as [index, value] pairs. */
function featuresAt(at: Point) {
  const { candidates, prompt } = choicesAt(at);
  return candidates.map((_, c) => {
    const [from, to] = [prompt.offsets[c]!, prompt.offsets[c + 1]!];
    return Array.from({ length: to - from }, (_, i) => [prompt.index[from + i]!, prompt.value[from + i]!]);
  });
}

test("candidatesOf crosses visible controls with verbs and spans, in document order, then scrolls and done", () => {
  const observation = pointOn([
    ...shelf.slice(0, 3),
    control("e5", "searchbox", "Find", { states: ["editable"] }),
    control("e6", "button", "Off", { states: ["disabled"] }),
  ]).observation;
  assert.equal(candidatesOf(observation, goalParts('Put "blue" at 7')).map((c) => c.action), [
    { action: "click", el: "e0" },
    { action: "click", el: "e1" },
    { action: "type", el: "e2", text: "blue", clear: true },
    { action: "type", el: "e2", text: "7", clear: true },
    { action: "type", el: "e5", text: "blue", clear: true },
    { action: "type", el: "e5", text: "blue", clear: true, submit: true },
    { action: "type", el: "e5", text: "7", clear: true },
    { action: "type", el: "e5", text: "7", clear: true, submit: true },
    { action: "scroll", dy: 480 },
    { action: "scroll", dy: -480 },
    { action: "done" },
  ]);
});

test("candidatesOf an empty page is never empty", () => {
  const { observation } = pointOn([]);
  assert.equal(candidatesOf(observation, goalParts("")).map((c) => c.verb), ["scroll_down", "scroll_up", "done"]);
});

test("choicesAt gives every candidate features inside the weight vector and finite values", () => {
  const { prompt, candidates } = choicesAt(pointOn(shelf));
  assert.is(prompt.offsets.length, candidates.length + 1);
  assert.is(prompt.offsets.at(-1), prompt.index.length);
  assert.is(prompt.index.length, prompt.value.length);
  assert.ok(prompt.index.every((i) => i >= 0 && i < dims));
  assert.ok(prompt.value.every(Number.isFinite));
  assert.ok(candidates.every((_, c) => prompt.offsets[c + 1]! > prompt.offsets[c]!));
});

test("choicesAt is a pure function of the point", () => {
  assert.equal(choicesAt(pointOn(shelf)).prompt, choicesAt(pointOn(structuredClone(shelf))).prompt);
});

test("features do not depend on element ids", () => {
  const renamed = shelf.map((e, i): Element => ({ ...e, id: `node-${97 - i}-star` }));
  assert.equal(featuresAt(pointOn(renamed)), featuresAt(pointOn(shelf)));
});

test("features do not depend on the page's address, title or state key, nor on the ids in the history", () => {
  const past = (el: string, url: string): PastStep => ({
    url,
    stateKey: url,
    parsed: { ok: true, action: { action: "click", el }, repairs: 0 },
    target: { role: "button", name: "Open" },
  });
  const here = pointOn(shelf, { history: [past("e0", "page:/")] });
  const there: Point = {
    ...pointOn(shelf, { history: [past("x9", "other:/")] }),
    id: "q",
    observation: { ...here.observation, url: "other:/mail", title: "Inbox", stateKey: "z" },
  };
  assert.equal(featuresAt(there), featuresAt(here));
});

test("features depend on nothing of an element but what a person meets", () => {
  const marked = shelf.map((e) => Object.assign({}, e, { class: "btn-primary", "data-task": "open", testid: "t" }));
  assert.equal(featuresAt(pointOn(marked)), featuresAt(pointOn(shelf)));
});

test("features tell apart the row that shows the goal's text from one that does not", () => {
  const [, , , blue, red] = featuresAt(pointOn(shelf));
  assert.not.equal(blue, red);
  const swapped = featuresAt(pointOn(shelf, { goal: 'Put "red" into the box.' }));
  // With the goal's value changed the two controls change places; nothing else is known of either word.
  assert.equal([swapped[3]!.length, swapped[4]!.length], [red!.length, blue!.length]);
});

test("the plugin knows no site and no task by word", () => {
  const words =
    "mails?|e-?mails?|stars?|starred|inbox|compose[rd]?|labels?|archived?|reply|replies|drafts?|snoozed?|recipients?|" +
    "sender|subject|gomail|gocalendar|calendar|omnizon|zilloft|miniwob|spam|trash|folder name|cart|checkout";
  const pattern = new RegExp(`\\b(${words})\\b`, "i");
  const folder = path.join(packageRoot(), "plugins/linear");
  const found = readdirSync(folder).flatMap((file) =>
    readFileSync(path.join(folder, file), "utf8").split("\n").flatMap((line, i) => {
      const word = pattern.exec(line)?.[0];
      return word ? [`${file}:${i + 1} ${word}`] : [];
    })
  );
  assert.equal(found, []);
});
