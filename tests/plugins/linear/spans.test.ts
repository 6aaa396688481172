import { goalParts, wordsOf } from "../../../plugins/linear/spans.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("linear/spans");

const spansOf = (goal: string) => goalParts(goal).spans.map(({ kind, text, before }) => [kind, text, before]);

test("goalParts finds straight, curly and single quoted texts with the word before each", () => {
  assert.equal(spansOf(`Write "two words", then “curly ones” and 'single' there.`), [
    ["quoted", "two words", "write"],
    ["quoted", "curly ones", "then"],
    ["quoted", "single", "and"],
  ]);
});

test("goalParts takes an apostrophe inside a word for no quote", () => {
  assert.equal(spansOf(`Open the owner's shelf and the user's box`), []);
});

test("goalParts finds addresses without the full stop that ends the sentence", () => {
  assert.equal(spansOf("Ask jo.doe+x@site.example.org or a-b@c.de."), [
    ["address", "jo.doe+x@site.example.org", "ask"],
    ["address", "a-b@c.de", "or"],
  ]);
});

test("goalParts finds runs of capitalised words, accents and hyphens included, and no single one", () => {
  assert.equal(spansOf("Press the tile from Zoë Müller-Lang about Paris"), [["name", "Zoë Müller-Lang", "from"]]);
});

test("goalParts takes the word that opens a sentence out of a name of three words", () => {
  assert.equal(spansOf("Tell Zoë Müller that it is late. Thank Ada Brook. Ann Lee asks for Ann Marie Lee."), [
    ["name", "Zoë Müller", "tell"],
    ["name", "Ada Brook", "thank"],
    ["name", "Ann Lee", "thank"],
    ["name", "Ann Marie Lee", "for"],
  ]);
});

test("goalParts tells how many spans of a kind come before, and which words stand around", () => {
  const [one, , two] = goalParts('Put "a" as the name of Ann Lee beside "b" now').spans;
  assert.equal([one!.rank, two!.rank], [0, 1]);
  assert.equal([...one!.around], [["of", 4], ["name", 3], ["the", 2], ["put", 1], ["as", 1]]);
});

test("goalParts finds numbers with their inner points, commas and colons", () => {
  assert.equal(spansOf("Pay 1,250.50 at 10:30, 7 times."), [
    ["number", "1,250.50", "pay"],
    ["number", "10:30", "at"],
    ["number", "7", "at"],
  ]);
});

test("goalParts keeps what stands in quotes whole, whatever it looks like", () => {
  assert.equal(spansOf('Type "Ada Lovelace, a@b.cd, 42" here'), [["quoted", "Ada Lovelace, a@b.cd, 42", "type"]]);
});

test("goalParts gives goals that differ in values only one skeleton", () => {
  const one = goalParts('Move "a b" from Ann Lee to x@y.zz by 3');
  assert.is(one.skeleton, "move <quoted> from <name> to <address> by <number>");
  assert.is(goalParts('Move "z" from Cy Fox to k@l.mm by 9').skeleton, one.skeleton);
  assert.equal(one.words, ["move", "from", "to", "by"]);
});

test("goalParts lists at most eight spans but hides every one from the words", () => {
  const { spans, words } = goalParts(Array.from({ length: 10 }, (_, i) => `"v${i}"`).join(" and "));
  assert.equal([spans.length, spans.at(-1)!.text], [8, "v7"]);
  assert.equal(words, Array.from({ length: 9 }, () => "and"));
});

test("goalParts of an empty goal is empty", () => {
  assert.equal(goalParts("").spans, []);
  assert.equal([goalParts("").words, goalParts("").skeleton], [[], ""]);
});

test("wordsOf gives lower-case runs of letters and digits of any script", () => {
  assert.equal(wordsOf("Ça-va, 2nd ΩMEGA!"), ["ça", "va", "2nd", "ωmega"]);
});
