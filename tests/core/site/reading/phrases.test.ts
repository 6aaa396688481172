import { phrasesAfter, tell } from "../../../../core/site.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("site/reading/phrases");
const after = (goal: string, pattern: RegExp, isList = false) =>
  phrasesAfter(tell(goal, { same: {}, known: new Set() }), pattern, { stop: /^(?:about|in)$/, isList });

test("phrasesAfter gives what follows each match up to a stop, parted where it is a list, spelled as the goal spells it", () => {
  assert.equal(after("Tasks from the Boss about milk and from Ann-Lou", /\bfrom(?= )/), ["Boss", "Ann-Lou"]);
  assert.equal(after("tasks from Ann, Bo and Ås in June", /\bfrom(?= )/, true), ["Ann", "Bo", "Ås"]);
});

test("phrasesAfter keeps the flags of its pattern", () => {
  assert.equal(after("share with Ås in copy", /\bwith(?= \p{L}+ in\b)/u), ["Ås"]);
});
