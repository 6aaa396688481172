import { endsTakenBack, isTakenBack, moodOf } from "../../../../core/site/reading/mood.ts";
import { nameFinder } from "../../../../core/site/reading/names.ts";
import { referred, thingIn } from "../../../../core/site/reading/refer.ts";
import { tell } from "../../../../core/site/reading/told.ts";
import { unitsOf } from "../../../../core/site/reading/units.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("what a goal tells of");
const told = (goal: string) => tell(goal, { same: { delete: "deleted cancelled" }, known: new Set() });
const begins = /^(?:delete|move|call)\b/;

test("moodOf tells deeds, intentions and what stays apart from what is asked for", () => {
  for (
    const [goal, mood] of [
      ["I have already cancelled the lunch myself", "done"],
      ["we moved it", "done"],
      ["my husband will cancel the lunch", "done"],
      ["thanks for moving the lunch", "done"],
      ["the lunch exists already", "done"],
      ["I was going to move the lunch", "unreal"],
      ["we thought about a tour", "unreal"],
      ["I used to live there", "unreal"],
      ["let the lunch stay at noon", "keeps"],
      ["leave it as it is", "keeps"],
      ["I need a lunch on Friday", "plain"],
      ["the lunch was cancelled", "plain"],
      ["my dentist will start at nine", "plain"],
    ] as const
  ) assert.is(moodOf(told(goal)), mood, goal);
});

test("isTakenBack takes back what was only thought of, and what is said to be void", () => {
  assert.is(isTakenBack(told("never mind"), []), true);
  assert.is(isTakenBack(told("forget it"), ["unreal"]), true);
  assert.is(isTakenBack(told("forget it"), ["plain"]), false);
});

test("unitsOf sees denials in any spelling, conditions, purposes, and the full stop behind a time", () => {
  const [one] = unitsOf(told("no new tasks today"), begins);
  assert.is(one!.isDenied, true);
  assert.is(unitsOf(told("it doesnt move"), begins)[0]!.told.plain, "it does not move");
  assert.equal(unitsOf(told("if it rains, delete it"), begins).map(({ isCondition }) => isCondition), [true, false]);
  assert.is(unitsOf(told("if you can, delete it"), begins)[0]!.isCondition, false);
  assert.equal(unitsOf(told("delete it so that I can rest"), begins).map(({ isPurpose }) => isPurpose), [false, true]);
  assert.equal(unitsOf(told("at 7:30 PM. Call him"), begins).map((unit) => unit.told.plain), [
    "at 7:30pm",
    "call him",
  ]);
});

test("nameFinder finds names by two words of theirs where no other name has both, and not behind an article", () => {
  const finder = nameFinder({
    "§event": { all: ["Landlord visit", "Dentist"], parts: true },
    "§task": { all: ["Call the landlord"], parts: true },
  });
  const plain = (goal: string): string => finder.masked(told(goal)).plain;
  assert.is(plain("the landlord call is over"), "the §task is over");
  assert.is(plain("tick the landlord"), "tick the landlord");
  assert.is(plain("move the dentist"), "move the §event");
  assert.is(plain("a landlord call"), "a landlord call");
});

test("referred puts the thing spoken of before in the place of a pronoun, and behind a bare verb", () => {
  const things = /^§q$/;
  const before = thingIn(told('"Lunch" is off'), things);
  const plain = (goal: string, isVerb = true): string => referred(told(goal), { before, things, isVerb }).plain;
  assert.is(plain("delete it"), "delete §q");
  assert.is(plain("scratch that one"), "scratch §q");
  assert.is(plain("delete"), "delete §q");
  assert.is(plain('delete "Dinner"'), "delete §q");
  assert.is(plain("move that lunch"), "move that lunch");
});

test("endsTakenBack fits words that end by taking themselves back, not those that say what is not meant", () => {
  for (
    const one of [
      "save it . or better not .",
      "delete it . . . no , wait , do not",
      "buy it ? nah , not today",
      "keep it , no",
    ]
  ) {
    assert.is(endsTakenBack.test(one), true, one);
  }
  for (const one of ["move it to tomorrow , not today", "remind me later , not now", "delete it , not the others"]) {
    assert.is(endsTakenBack.test(one), false, one);
  }
});

test("unitsOf takes a wish before 'so' for a reason, and puts the verb where a command has it", () => {
  const units = (goal: string) => unitsOf(told(goal), begins).map((one) => [one.told.plain, one.isCommand]);
  assert.equal(units("I would love to move it, so delete it"), [["move it", false], ["delete it", true]]);
  assert.equal(units("the lunch you can delete"), [["delete the lunch", true]]);
  assert.equal(units("can the lunch be deleted"), [["the lunch should be delete", true]]);
});
