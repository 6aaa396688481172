import { type Commands, commandsOf, strangeRequest, tell, type Vocabulary } from "../../../../core/site.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("site/reading");

/** A to-do list's few words: enough for the engine, which knows no site. */
const vocabulary: Vocabulary = {
  same: { task: "todo to-do item", tasks: "todos items" },
  known: new Set(["finish", "delete", "task", "tasks", "remind"]),
};
const commands: Commands = {
  verbs: ["finish", "delete", "add", "remind me", "tell", "want"],
  writing: /^(?:add|tell) /,
  done: /^(?:finished|deleted)$/,
  things: /\b(?:tasks?|it|them)\b/,
};
const cut = (goal: string) => commandsOf(tell(goal, vocabulary), commands).map(({ acts, isNot }) => [acts, isNot]);

test("commands are cut where the next one begins, with politeness left out", () => {
  assert.equal(cut("Could you finish the item about milk and then delete the others? Thank you!"), [
    ["finish the task about milk", false],
    ["delete the others", false],
  ]);
  assert.equal(cut("please stop deleting todos"), [["delete tasks", true]]);
  assert.equal(cut("I want the old tasks deleted"), [["delete i want the old tasks deleted", false]]);
});

test("what is denied is marked, and a verb that somebody else does is none", () => {
  assert.equal(cut("finish it, but don't delete it"), [["finish it", false], ["delete it", true]]);
  assert.equal(cut("finish the task that they delete"), [["finish the task that they delete", false]]);
});

test("words to write hold no commands, until the site's things are named or a sentence ends", () => {
  assert.equal(cut("tell Ann to finish the report and delete the draft"), [
    ["tell ann to finish the report and delete the draft", false],
  ]);
  assert.equal(cut("tell Ann that I come. Then delete the task"), [
    ["tell ann that i come", false],
    ["delete the task", false],
  ]);
});

test("tell mends misspelled known words, keeps everyday ones, and counts quotations and addresses as one word each", () => {
  const { plain, tokens } = tell('Fnish "Buy milk", dont mail ann@firm.example at 8:30 am', vocabulary);
  assert.is(plain, "finish §q , do not mail §a at 8:30am");
  assert.equal(tokens.filter(({ low }) => /[§8]/.test(low)).map(({ raw }) => raw), [
    "Buy milk",
    "ann@firm.example",
    "8:30 am",
  ]);
  assert.is(tell("finished tasks, asks, finishes", vocabulary).plain, "finished tasks , asks , finishes");
});

test("strangeRequest finds a request by a verb that the site does not know", () => {
  assert.is(strangeRequest(tell("finish it and juggle the rest", vocabulary), commands), "and juggle");
  assert.is(strangeRequest(tell("add a task: please juggle the rest", vocabulary), commands), undefined);
});
