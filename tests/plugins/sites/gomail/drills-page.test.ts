// runtime: node
import type { Action, Environment, Task, Transition } from "../../../../core/mod.ts";
import { milestoneReward, siteTasks } from "../../../../core/site.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";
import plugin from "../../../../plugins/sites/gomail/site.ts";
import replica from "../../../../plugins/replica/environment.ts";
import { Hand } from "../../../core/browser/desk.ts";
import { assert, suite, type TestContext } from "../../../harness.ts";

const site = await plugin.create({ banner: "open" }, {});
const test = suite("gomail drills on the page");
const families = gomail.families.map(({ name }) => name);
const reward = milestoneReward(gomail, { scale: 1, families });

type Values = Readonly<Record<string, string>>;
type Move = readonly [name: string, role: string, text?: string];

const drill = (name: string): Task =>
  siteTasks(gomail, { templates: [name], max_optimum: 9, cap: 0 }).draw({ split: "eval", index: 0, seed: 5 });

/** Plays moves on a drill, the banner open; returns what each step earned and the verdict. */
async function play(t: TestContext, environment: Environment, { task, moves }: { task: Task; moves: readonly Move[] }) {
  const hand = await Hand.on(await environment.open(task, { signal: t.signal, seed: 0 }), t);
  let fold = reward.start(task.goal, hand.seen);
  const paid: string[] = [];
  for (const [name, role, text] of moves) {
    const el = hand.find(name, role).id;
    const submit = role === "searchbox";
    const action: Action = text === undefined
      ? { action: "click", el }
      : { action: "type", el, text, clear: true, submit };
    const from = hand.seen;
    await hand.do(action);
    const step: Transition = { from, to: hand.seen, parsed: { ok: true, action, repairs: 0 } };
    const next = fold.next(step);
    fold = next.fold;
    paid.push(next.terms.map((term) => term.name).join("+"));
  }
  const { success } = await hand.episode.verdict(t);
  return { paid, success };
}

const search = (text: string): Move => ["Search mail", "searchbox", text];
const [tick, remove]: Move[] = [["Select all", "checkbox"], ["Delete", "button"]];
const write = (to: string, about: string): Move[] => [
  ["Compose", "button"],
  ["To", "combobox", to],
  ["Subject", "textbox", "News"],
  ["Message", "textbox", about],
  ["Send", "button"],
];

const cases: readonly {
  name: string;
  right: (v: Values) => Move[];
  paid: string[];
  near: (v: Values) => Move[];
  less: string[];
}[] = [
  {
    name: "clear_topic",
    right: ({ query = "" }) => [search(query), tick!, remove!],
    paid: ["found", "ticked", "deleted"],
    near: () => [search("newsletter"), tick!, remove!],
    less: ["", "", ""],
  },
  {
    name: "write_first",
    right: ({ person = "", about = "" }) => write(person, about),
    paid: ["compose", "recipient", "subject", "message+ready", "sent"],
    near: ({ about = "" }) => write("Laura", about),
    less: ["compose", "", "subject", "message", ""],
  },
  {
    name: "clear_two",
    right: ({ query = "", also = "" }) => [search(query), tick!, remove!, search(also), tick!, remove!],
    paid: ["found", "ticked", "deleted", "found_2", "ticked_2", "deleted_2"],
    near: ({ query = "" }) => [search(query), tick!, remove!, search("newsletter"), tick!, remove!],
    less: ["found", "ticked", "deleted", "", "", ""],
  },
];

test("a right run earns each milestone once and ends solved; a near miss earns no end and is not", async (t) => {
  const environment = t.use(
    replica.create({ site, stop: "declared", forking: "native", pages: 2 }, {}) as Environment,
  );
  for (const { name, right, paid, near, less } of cases) {
    const task = drill(name);
    const { setup: _, ...values } = task.params as Values;
    assert.equal(await play(t, environment, { task, moves: right(values) }), { paid, success: true }, name);
    assert.equal(
      await play(t, environment, { task, moves: near(values) }),
      { paid: less, success: false },
      `near ${name}`,
    );
  }
}, { timeoutMs: 180_000 });
