import { planOf, siteTasks } from "../../../../core/site.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";
import { readMailGoal } from "../../../../plugins/sites/gomail/reading/read.ts";
import { assert, suite } from "../../../harness.ts";
import { installed } from "../../real/installed.ts";
import { gomailReward, kinds, templates } from "./kit.ts";

const here = await installed();
const test = suite("gomail reading");
const { explain } = gomailReward({ scale: 1, families: kinds });

/** Kinds and objects of a goal, or why it is not understood. */
function read(goal: string): unknown {
  const found = readMailGoal(goal);
  return "unread" in found ? found.unread : found.errands.map(({ kind, objects }) => [kind, objects]);
}

test("a goal that calls a state wrong, or speaks of sending later or never, is paid as that or not at all", () => {
  const kindsOf = (goal: string) => {
    const found = readMailGoal(goal);
    return "unread" in found ? [] : found.errands.map(({ kind }) => kind);
  };
  const cases: readonly (readonly [goal: string, kind: string])[] = [
    ["the message from Nkechi shouldnt be starred, undo that", "unstar"],
    ["The invoice from Tom should not have been archived, fix that", "restore"],
    ["mail from the bank must not be in spam, move it", "not_spam"],
    ["the note of Ana shouldn't be unread, change that", "mark_read"],
    ["type a note to Bo about the rent, just save it", "draft"],
    ["write to bo@firm.example saying hi, do not send", "draft"],
    ["write a mail to bo@firm.example saying hi that goes out on Monday at 8", "schedule"],
  ];
  for (const [goal, kind] of cases) assert.equal(kindsOf(goal).filter((one) => one !== kind), [], goal);
  assert.equal(kindsOf("the mail saying I won a car is a scam, move it to spam").includes("compose"), false);
});

test("every wording of the families is paid by its family", () => {
  for (const { name } of templates) {
    const source = siteTasks(gomail, { templates: [name], max_optimum: 8, cap: 0 });
    for (const split of ["train", "eval", "paraphrase"]) {
      for (let index = 0; index < 6; index++) {
        const { goal } = source.draw({ split, index, seed: 4 });
        assert.is(planOf(gomail, goal)?.layer, "family", goal.text);
      }
    }
  }
});

test("objects are what the goal says, spelled as it spells them", () => {
  assert.equal(read("pls delete every email from priya raman"), [
    ["delete", { senders: ["priya raman"], quantity: "all" }],
  ]);
  assert.equal(read("archive the first five messages"), [["archive", { order: "first", quantity: 5 }]]);
  assert.equal(read("Snooze the mails from Uber till next week"), [
    ["snooze", { senders: ["Uber"], quantity: "all", choice: "next week" }],
  ]);
  assert.equal(read("Write to ann@firm.example, subject Lunch, and say that I am free on Monday"), [
    ["compose", { addresses: ["ann@firm.example"], title: "Lunch", text: "I am free on Monday" }],
  ]);
  assert.equal(read("archive all from Kofi except the one about the van hire"), [
    ["archive", { senders: ["Kofi"], except: ["van hire"], quantity: "all" }],
  ]);
  assert.equal(read("delete the mails older than 3 weeks, then star the newest one from Jo"), [
    ["delete", { date: "older than 3 weeks", quantity: "all" }],
    ["star", { senders: ["Jo"], order: "newest", quantity: "one" }],
  ]);
});

test("what is denied is not asked for, and what the site cannot do is not understood", () => {
  assert.equal(read("file away Jane's message, don't delete it"), [["archive", {
    senders: ["Jane"],
    quantity: "one",
  }]]);
  assert.is(read("do not reply to anyone"), "its verbs name nothing of this site");
  assert.is(read("frobnicate the mail from Tom"), "no word says what to do");
  assert.is(read("print the boarding pass"), '"print" is nothing this site can do');
  assert.is(read("how many unread mails do I have?"), "it asks a question");
  assert.match(read("please star Jo's mail and juggle the others") as string, /^"and juggle" is no verb/);
});

test("a goal that is not understood pays the general way, and nothing else", () => {
  const { by, milestones } = explain!({ id: "", text: "juggle the mails" });
  assert.is(by, "general");
  assert.equal(milestones.map(({ name, value }) => `${name} ${value}`), [
    "compose 0.3",
    "recipient 0.2",
    "subject 0.2",
    "message 0.2",
    "ready 0.2",
    "sent 0.5",
  ]);
});

test("the id of a REAL task decides, whatever its goal says; an id that only looks like one does not", () => {
  assert.is(explain!({ id: "v2.gomail-24~2/s25", text: "star everything" }).by, "task");
  assert.is(explain!({ id: "gomail/star/v2.gomail-24", text: "star everything from Jo" }).by, "reading");
});

if ("missing" in here) {
  console.log(`skipped: ${here.missing}`);
} else {
  test("the goals of REAL are read by their words as by their ids: the same kinds, senders, people and labels", () => {
    for (const { id, goal } of here.tasks) {
      const [byId, byWords] = [explain!({ id, text: goal }), explain!({ id: "", text: goal })];
      assert.equal(byWords.errands.map(({ kind }) => kind), byId.errands.map(({ kind }) => kind), id);
      byId.errands.forEach(({ objects }, i) => {
        const said = byWords.errands[i]!.objects;
        const first = (value: unknown): string => String([value].flat()[0] ?? "").toLowerCase();
        for (const key of ["addresses", "labels"]) {
          if (key in objects) assert.ok(first(objects[key]).startsWith(first(said[key])), `${id} ${key}`);
        }
        const which = (one: typeof said): string => `${[one["senders"] ?? one["subjects"] ?? []].flat()}`.toLowerCase();
        assert.is(which(said), which(objects), id);
        if ("quantity" in objects) assert.is(said["quantity"], objects["quantity"], id);
      });
    }
  });
}
