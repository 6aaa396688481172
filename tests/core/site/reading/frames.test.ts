import {
  type Frame,
  frameReader,
  namedBy,
  nameFinder,
  otherVerb,
  quotedBy,
  tell,
  unitsOf,
  unsets,
} from "../../../../core/site.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("site/reading/frames");

const vocabulary = { same: { delete: "removes removed deleted" }, known: new Set(["delete"]) };
const begins = /^(?:delete|move|find|put|paint)\b/;
const told = (goal: string) => tell(goal, vocabulary);

test("unitsOf cuts at sentences and joints before a command, and takes away what is polite or meant to contrast", () => {
  const units = (goal: string) =>
    unitsOf(told(goal), begins).map(({ told: { plain }, ...is }) =>
      [plain, ...Object.entries(is).filter(([, one]) => one === true).map(([name]) => name)].join(" | ")
    );
  assert.equal(units("Could you please delete the red lamp and move the rug?"), [
    "delete the red lamp | isCommand",
    "move the rug | isCommand",
  ]);
  assert.equal(units("Put salt and pepper there"), ["put salt and pepper there | isCommand"]);
  assert.equal(units("I was away, so it should be removed"), ["i was away", "it should be delete | isCommand"]);
  assert.equal(units("Don't delete it, move it"), ["do not delete it | isDenied | isCommand", "move it | isCommand"]);
  assert.equal(units("Move it to four rather than ten"), ["move it to four rather | isCommand"]);
  assert.equal(units("Delete the lamp, not the rug"), ["delete the lamp | isCommand"]);
  assert.equal(units("What is it? Find it"), ["what is it | asks", "find it | isCommand"]);
  assert.equal(units("Put the lamp there instead of moving it to the attic"), [
    "put the lamp there instead | isCommand",
  ]);
  assert.equal(units("Instead of moving the rug, delete it"), [
    "instead of moving the rug | isDenied | isCommand",
    "delete it | isCommand",
  ]);
  assert.equal(units("Wait until Friday, then delete it"), [
    "wait until friday | isCommand | isCondition",
    "delete it | isCommand",
  ]);
  assert.equal(units("Move it because I am ill"), ["move it | isCommand", "because i am ill | isAside"]);
});

test("unitsOf cuts at whatever links two commands, and puts the verb before its thing", () => {
  const units = (goal: string) => unitsOf(told(goal), begins).map(({ told: { plain } }) => plain);
  for (
    const link of ["and while you're at it", "; after that", ", and when you are done with that", "- on top of that"]
  ) {
    assert.equal(units(`Delete the lamp ${link} move the rug`), ["delete the lamp", "move the rug"], link);
  }
  assert.equal(units("Delete the lamp as well as the rug"), ["delete the lamp and the rug"]);
  assert.equal(units("The lamp is what I would like to move"), ["move the lamp"]);
  assert.equal(units("What I want is to move the lamp"), ["move the lamp"]);
  assert.equal(units("All I need you to do is move the lamp"), ["move the lamp"]);
  assert.equal(units("What we want is the lamp"), ["we want the lamp"]);
  assert.equal(units("Would be handy to move the lamp"), ["move the lamp"]);
});

test("otherVerb and unsets name what a frame's words do not mean", () => {
  const open = { says: /^(?!close)(?:open|.*)\bpage\b/, begins };
  assert.is(otherVerb("close the page", open), "close the");
  assert.is(otherVerb("wait with the page", open), "wait with the");
  assert.is(otherVerb("open the page", open), undefined);
  assert.is(otherVerb("the page", open), undefined);
  assert.is(unsets("hide the price limit"), "hide the price limit");
  assert.is(unsets("switch off the filter"), "switch off the filter");
  assert.is(unsets("set the price limit to 50"), undefined);
});

test("nameFinder finds names of several words in any case, single ones by their capital where they stand alone", () => {
  const finder = nameFinder({ "§thing": { all: ["Red Lamp", "Rugs"] }, "§town": { all: ["Reno"], anyCase: true } });
  const masked = (goal: string) => finder.masked(told(goal));
  assert.is(masked("Move the red lamp to reno").plain, "move the §thing to §town");
  assert.equal(masked("Move the red lamp").tokens.at(-1)?.raw, "Red Lamp");
  assert.is(masked("show Rugs, not rugs or Persian Rugs").plain, "show §thing , not rugs or persian rugs");
});

test("namedBy takes the one name that words mean, and none where two fit as well", () => {
  const names = ["Lunch with Marta", "Lunch with Ben", "Eye test"];
  assert.is(namedBy("the eye test", names), "Eye test");
  assert.is(namedBy("lunch with marta", names), "Lunch with Marta");
  assert.is(namedBy("our lunch", names), undefined);
  assert.is(namedBy("the eye doctor", names), undefined);
  assert.is(namedBy("it", names), undefined);
});

const frames: readonly Frame[] = [
  { kind: "", says: /^delete .*\bwall\b/ },
  { kind: "bring", says: /\bset aside\b.*\bback\b/, whole: true },
  { kind: "hide", says: /\bnot (?:show|see)\b/, denies: true },
  { kind: "delete", says: /\bdelete\b/ },
  { kind: "move", says: /\bmove\b/ },
  { kind: "paint", says: /\bpaint\b/, many: true, asks: true },
];
const read = frameReader({
  vocabulary,
  names: {},
  begins,
  frames,
  foreign: /\bprint\b/,
  more: /^put it there/,
  objects: ({ kind }) => ({ title: kind }),
});
const outcome = (goal: string): string => {
  const found = read(goal);
  return "errands" in found ? found.errands.map(({ kind }) => kind).join(" + ") : found.unread;
};

test("frameReader tells kinds by frames, and none where a goal says more than the frames know", () => {
  const expected = [
    ["Please delete the lamp", "delete"],
    ["Delete the lamp, then move the rug", "delete + move"],
    ["It was removed from the shop, move it", "move"],
    ["The lamp was removed", "delete"],
    ["The lamp I set aside: I want it back", "bring"],
    ["Don't show me the lamp", "hide"],
    ["Don't delete it", "no word says what to do"],
    ["Move the lamp and put it there", "move"],
    ["Delete all lamps", 'it says "all"'],
    ["Paint all lamps", "paint"],
    ["Delete everything but the rug", 'it says "everything"'],
    ["Print the lamp", '"print" is nothing this site can do'],
    ["Delete the wall", '"delete the wall" is nothing this site can do'],
    ["Polish the lamp and delete the rug", '"polish the" asks for nothing this site knows'],
    ["Find the lamp, delete the rug", '"find the lamp" asks for nothing this site knows'],
    ["If it rains, delete the rug", "it asks under a condition"],
    ["Did you delete it?", "no word says what to do"],
    ["Is it possible to paint it?", "paint"],
    ["Good morning", "no word says what to do"],
  ] as const;
  for (const [goal, is] of expected) assert.is(outcome(goal), is, goal);
});

test("quotedBy puts quoted texts where a site's patterns put them, for one errand of the same kind", () => {
  const patterned = quotedBy(read, [() => ({ kind: "delete", title: "Lamp", other: "unquoted" })]);
  const objects = (goal: string) => {
    const found = patterned(goal);
    return "errands" in found ? found.errands.map((one) => one.objects) : [];
  };
  assert.equal(objects('Delete "Lamp"'), [{ title: "Lamp" }]);
  assert.equal(objects("Delete the Lamp"), [{ title: "delete" }]);
  assert.equal(objects('Move "Lamp"'), [{ title: "move" }]);
});
