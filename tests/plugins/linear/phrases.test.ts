import { choicesAt } from "../../../plugins/linear/features.ts";
import { phrasesOf } from "../../../plugins/linear/phrases.ts";
import { goalParts } from "../../../plugins/linear/spans.ts";
import { assert, suite } from "../../harness.ts";
import { control, pointOn, shelf } from "./page.ts";

const test = suite("linear/phrases");

/** What a goal offers to type, by kind. */
function offered(goal: string) {
  const { spans } = phrasesOf(pointOn(shelf, { goal }), goalParts(goal));
  const of = (kind: string) => spans.filter((span) => span.kind === kind).map(({ text }) => text);
  return { words: of("word"), capitals: of("capital"), clauses: of("clause") };
}

test("phrases: a person by first name, and what the sentence goes on with", () => {
  assert.equal(offered("Mail: Tell Ada that the boiler is warm. Thank you."), {
    words: ["mail", "tell", "boiler", "warm", "thank"],
    capitals: ["Ada"],
    clauses: ["that the boiler is warm"],
  });
});

test("phrases: words of small letters, and clauses from the words that open them, an `and` left out", () => {
  assert.equal(offered("write to ada brook and ask for the moss list"), {
    words: ["write", "ada", "brook", "ask", "moss", "list"],
    capitals: [],
    clauses: ["to ada brook and ask for the moss list", "ask for the moss list"],
  });
});

test("phrases: whole names and quoted texts are no words of their own", () => {
  assert.equal(offered('Send Ada Brook the "moss" list'), {
    words: ["send", "list"],
    capitals: [],
    clauses: ['the "moss" list'],
  });
});

test("phrases: are typed only where a pipeline asks for them", () => {
  const at = pointOn(shelf, { goal: "Find the moss." });
  const typed = (features: readonly "phrases"[]) =>
    choicesAt(at, new Set(features)).candidates.flatMap(({ action }) => action.action === "type" ? [action.text] : []);
  assert.equal([typed([]), typed(["phrases"])], [[], ["find", "moss"]]);
});

test("ends: what was done last, and how often, changes what is known of `done`", () => {
  const page = [control("e0", "button", "Delete")];
  const step = {
    parsed: { ok: true, action: { action: "click", el: "e0" }, repairs: 0 },
    target: { role: "button", name: "Delete" },
  } as const;
  const done = (n: number, goal: string): string => {
    const { candidates, prompt } = choicesAt(pointOn(page, { goal, history: Array(n).fill(step) }), new Set(["ends"]));
    const c = candidates.findIndex(({ verb }) => verb === "done");
    return [...prompt.index.slice(prompt.offsets[c]!, prompt.offsets[c + 1]!)].sort().join(" ");
  };
  const once = done(1, "Delete the moss.");
  assert.not.equal(once, done(0, "Delete the moss."));
  assert.not.equal(once, done(2, "Delete the moss."));
  assert.not.equal(once, done(1, "Delete the fern."));
});
