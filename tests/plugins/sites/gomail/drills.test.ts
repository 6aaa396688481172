import type { Task } from "../../../../core/domain/task.ts";
import { drillsOf, siteTasks } from "../../../../core/site.ts";
import { drillWish } from "../../../../core/site/drills.ts";
import { seedContacts } from "../../../../plugins/sites/gomail/state/seed.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";
import { installed } from "../../real/installed.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("gomail drills");
const names = drillsOf(gomail).map(({ name }) => name);
const splits = ["train", "eval", "paraphrase"] as const;

/** Some tasks of a drill, each of its wordings more than once. */
function drawn(name: string, split: string): readonly Task[] {
  const source = siteTasks(gomail, { templates: [name], max_optimum: 9, cap: 0 });
  return Array.from({ length: 14 }, (_, index) => source.draw({ split, index, seed: 3 }));
}

test("the list `drills` holds each drill once, and none of them is in a list of the site", () => {
  const source = siteTasks(gomail, { templates: ["drills"], max_optimum: 9, cap: 0 });
  const tasks = Array.from({ length: names.length }, (_, index) => source.draw({ split: "train", index, seed: 0 }));
  assert.equal(tasks.map(({ template }) => template).sort(), [...names].sort());
  const listed: readonly string[] = Object.values(gomail.sets).flat();
  assert.equal(names.filter((name) => listed.includes(name)), []);
});

for (const name of names) {
  test(`${name}: every wording is read as this drill, with the values it was worded with`, () => {
    for (const task of splits.flatMap((split) => drawn(name, split))) {
      const { setup: _, ...values } = task.params as Readonly<Record<string, string>>;
      assert.equal(drillWish(gomail, task.goal), { kind: name, ...values }, task.goal.text);
    }
  });

  test(`${name}: nothing is done when it begins, and its goal asks for something`, () => {
    const [task] = drawn(name, "eval");
    const source = siteTasks(gomail, { templates: [name], max_optimum: 9, cap: 0 });
    assert.ok(task!.optimum <= 8 && source.splits.length === 3);
    const template = drillsOf(gomail).find((one) => one.name === name)!;
    const { setup, ...values } = task!.params as unknown as { setup: Parameters<typeof gomail.start>[0] };
    const asked = template.wanted({ setup, values: values as Record<string, string>, state: gomail.start(setup) });
    const { change = {}, add = [] } = asked.items?.emails ?? {};
    assert.ok(Object.keys(change).length + add.length + Object.keys(asked.parts ?? {}).length > 0, name);
  });
}

/** True when five words in a row are the same. */
function sharesRun(a: string, b: string): boolean {
  const words = (text: string) => text.replace(/^go ?mail: /, "").match(/[\p{L}\p{N}']+/gu) ?? [];
  const [one, other] = [words(a), ` ${words(b).join(" ")} `];
  return one.some((_, i) => i + 5 <= one.length && other.includes(` ${one.slice(i, i + 5).join(" ")} `));
}

test("a goal that is worded like a drill and is none is read as any other goal", () => {
  const [task] = drawn("clear_topic", "train");
  assert.is(drillWish(gomail, { ...task!.goal, id: "real/clear_topic/1" }), undefined);
  assert.is(drillWish(gomail, { id: "gomail/star/train/1@1", text: task!.goal.text }), undefined);
});

const here = await installed();
if (!("missing" in here)) {
  test("no drill shares five words in a row with a task of the REAL benchmark, or names a contact or a thing of one", () => {
    const goals = here.tasks.map(({ goal }) => goal.toLowerCase());
    const people = seedContacts.map(({ name }) => name.toLowerCase());
    const things = [
      "amazon",
      "uber",
      "notification",
      "alerts",
      "support",
      "no reply",
      "project",
      "team dinner",
      "work permit",
      "fta",
    ];
    for (const task of names.flatMap((name) => splits.flatMap((split) => drawn(name, split)))) {
      const text = task.goal.text.toLowerCase();
      assert.equal(goals.filter((goal) => sharesRun(text, goal)), [], task.goal.text);
      assert.equal([...people, ...things].filter((word) => text.includes(word)), [], task.goal.text);
    }
  });
}
