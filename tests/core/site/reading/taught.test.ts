// A reader that is taught by examples: what they decide alone, what they keep rules from, and what stays refused.
import { type FreeReader, goalExamples, refusal, taughtBy, tell } from "../../../../core/site.ts";
import { unwrapped } from "../../../../core/site/reading/polite.ts";
import { trainClassifier } from "../../../../core/site/reading/goal-classifier.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("core/site/reading/taught");

const text = `
# water
Water the fern
give the rose some water, please
the cactus is dry, pour a little on it
could you sprinkle the orchid
Let the fern drink
pour water over the tulips

# sell
Sell the fern
the rose can go to a customer
put the cactus up for sale
could you find a buyer for the orchid
Get some money for the fern
turn the tulips into cash

# water + sell
Water the fern and sell the rose

# none
How many roses do we have?
the fern died last week
paint the fence
call the gardener
print a label for the cactus
the shop is closed on Monday
`;
const examples = goalExamples(text, "plants.txt");
const vocabulary = { same: {}, known: new Set<string>() };
const taught = (read: FreeReader) =>
  taughtBy(read, {
    examples: () => examples,
    told: (goal) => tell(goal, vocabulary),
    errand: (kind) => ({ kind, objects: {} }),
  });
const reading = (kind: string): FreeReader => () => ({ errands: [{ kind, decided: "rules", objects: {} }] });
const kindsOf = (read: FreeReader, goal: string): string => {
  const found = read(goal);
  return "errands" in found ? found.errands.map(({ kind }) => kind).join() : "";
};

test("a text of examples holds one goal a line below its kinds; a goal above them is refused by its place", () => {
  assert.is(examples.length, 19);
  assert.equal(examples.at(12), { goal: "Water the fern and sell the rose", kinds: ["water", "sell"] });
  assert.equal(goalExamples("\uFEFF#a\r\ngo\rstop\r\n", "f").map(({ goal, kinds }) => [goal, kinds]), [["go", ["a"]], [
    "stop",
    ["a"],
  ]]);
  assert.equal(goalExamples("", "f"), []);
  for (const line of ["#", "# a + ", "# a + a", "# none + a"]) {
    assert.throws(
      () => goalExamples(`# a\ngo\n${line}\nstop`, "f"),
      (e: { at: { line: number } }) => e.at.line === 3,
      line,
    );
  }
  assert.throws(
    () => goalExamples("\nWater the fern\n# water", "plants.txt"),
    (e: { code: string; at: unknown }) =>
      e.code === "HALO_CONFIG_INVALID" &&
      JSON.stringify(e.at) === JSON.stringify({ file: "plants.txt", line: 2, col: 1 }),
  );
});

test("examples decide where rules read nothing, and say by which words", () => {
  const read = taught(() => ({ unread: "no word says what to do" }));
  assert.is(kindsOf(read, "pour some water on the orchid"), "water");
  assert.is(kindsOf(read, "put the orchid up for sale"), "sell");
  assert.is(kindsOf(read, "how many ferns did we have last week?"), "");
  const found = read("put the orchid up for sale");
  assert.match("errands" in found ? found.errands[0].decided : "", /^\p{L}+/u);
});

test("a goal that begins with a word of other kinds only is not decided, nor one that the words as written do not tell", () => {
  const many = goalExamples(
    `${text}\npaint the pot\npaint the wall\npaint a sign\n# sell\nflog the rose\nflog the cactus\nflog the tulips`,
    "f",
  );
  const nothing: FreeReader = () => ({ unread: "no word says what to do" });
  const readWith = (same: Readonly<Record<string, string>>): FreeReader =>
    taughtBy(nothing, {
      examples: () => many,
      told: (goal) => tell(goal, { same, known: new Set() }),
      errand: (kind) => ({ kind, objects: {} }),
    });
  assert.is(kindsOf(readWith({}), "could you pour water over the fern"), "water");
  assert.is(kindsOf(readWith({}), "paint and pour water over the fern"), "");
  assert.is(kindsOf(readWith({}), "flog the orchid"), "sell");
  assert.is(kindsOf(readWith({ flog: "hawk" }), "hawk the orchid"), "", "a synonym alone does not decide");
});

test("what rules read is believed unless examples speak against it", () => {
  assert.is(kindsOf(taught(reading("water")), "water the rose"), "water");
  assert.is(
    kindsOf(taught(reading("sell")), "pour water over the rose, please, and give the fern some water"),
    "water",
  );
  assert.is(kindsOf(taught(reading("prune")), "prune the rose"), "prune", "a kind without examples is left to rules");
});

test("what rules read is not believed where examples find another kind likelier, nor a second errand that they do not see", () => {
  const both: FreeReader = () => ({
    errands: [{ kind: "water", decided: "rules", objects: {} }, { kind: "sell", decided: "rules", objects: {} }],
  });
  assert.is(kindsOf(taught(both), "water the fern and sell the rose"), "water,sell");
  assert.is(kindsOf(taught(both), "pour water over the rose, give the fern some water, let the cactus drink"), "");
  assert.is.not(kindsOf(taught(reading("sell")), "pour some water over it"), "sell");
});

test("what is only polite before and behind a goal says nothing of its kind", () => {
  for (
    const [said, left] of [
      ["could you please water the fern , thanks a lot !", "water the fern"],
      ["i have no time , so water the fern now .", "water the fern"],
      ["hey , i need you to water the fern for me , please", "water the fern"],
      ["it 's late , but i would like you to water the fern", "water the fern"],
      ["i have to water the fern , do it", "water the fern"],
      ["only water the fern", "only water the fern"],
      ["hi , thanks", "hi"],
      ["thanks", "thanks"],
      ["", ""],
    ] as const
  ) assert.is(unwrapped(said.split(" ")).join(" "), left, said);
});

test("what turns a goal round is not decided by examples, nor what rules refuse surely or hold for another errand", () => {
  const nothing = taught(() => ({ unread: "no word says what to do" }));
  for (
    const goal of [
      "never pour water over the tulips",
      "you must not put the cactus up for sale",
      "Tom wants to sell the fern himself",
      "undo this: pour water over the tulips",
    ]
  ) assert.is(kindsOf(nothing, goal), "", goal);
  assert.is(kindsOf(taught(() => refusal("it asks under a condition")), "pour water over the tulips"), "");
  const beside = taught((goal) => ({ unread: "paint the fence", beside: tell(goal, vocabulary) }));
  assert.is(kindsOf(beside, "print a label, paint the fence"), "");
});

test("a goal of 100,000 words is read, one of no known word is not, nor one with a word that objects have a key for", () => {
  const read = taught(() => ({ unread: "no word says what to do" }));
  const words = Array.from({ length: 100_000 }, (_, i) => `word${i}`).join(" ");
  for (const led of ["please ", "could you ", ", "]) assert.is(kindsOf(read, led.repeat(100_000)), "");
  for (const goal of [words, "", "zzz qqq", "🍕", "打开灯"]) assert.is(kindsOf(read, goal), "", goal.slice(0, 20));
  assert.is(kindsOf(read, "pour water over the constructor"), "water");
});

test("examples of one kind, or of nothing that is none, are told", () => {
  for (const few of ["", "# none\nhow are you", "# water\nwater it\n# sell\nsell it"]) {
    const read = taughtBy(reading("water"), {
      examples: () => goalExamples(few, "f"),
      told: (goal) => tell(goal, vocabulary),
      errand: (kind) => ({ kind, objects: {} }),
    });
    assert.throws(() => read("water it"), (e: { code: string }) => e.code === "HALO_CONFIG_INVALID", few);
  }
});

test("equal examples give equal probabilities, which add up to one", () => {
  const labelled = examples.map(({ goal, kinds }) => ({ words: goal.toLowerCase().split(" "), kinds }));
  const [one, other] = [trainClassifier(labelled), trainClassifier(labelled)];
  const words = ["water", "the", "rose"];
  const p = one.probabilities(words);
  assert.equal([...p], [...other.probabilities(words)]);
  assert.ok(Math.abs([...p.values()].reduce((a, b) => a + b) - 1) < 1e-9);
  assert.equal([...p.keys()], ["none", "sell", "water"]);
  assert.ok(p.get("water")! > 0.5, JSON.stringify([...p]));
});
