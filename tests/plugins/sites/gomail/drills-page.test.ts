// runtime: node
import type { Action, Environment, Task, Transition } from "../../../../core/mod.ts";
import { milestoneReward } from "../../../../core/site.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";
import plugin from "../../../../plugins/sites/gomail/site.ts";
import replica from "../../../../plugins/replica/environment.ts";
import { Hand } from "../../../core/browser/desk.ts";
import { assert, suite, type TestContext } from "../../../harness.ts";
import { drill, drillRuns, type Move, valuesOf } from "./drill-runs.ts";

const site = await plugin.create({ banner: "open" }, {});
const test = suite("gomail drills on the page");
const families = gomail.families.map(({ name }) => name);
const reward = milestoneReward(gomail, { scale: 1, families });

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

test("a right run earns each milestone once and ends solved; a near miss earns no end and is not", async (t) => {
  const environment = t.use(
    replica.create({ site, stop: "declared", forking: "native", pages: 2 }, {}) as Environment,
  );
  for (const { name, right, paid, near, less } of drillRuns) {
    const task = drill(name);
    const values = valuesOf(task);
    assert.equal(await play(t, environment, { task, moves: right(values) }), { paid, success: true }, name);
    assert.equal(
      await play(t, environment, { task, moves: near(values) }),
      { paid: less, success: false },
      `near ${name}`,
    );
  }
}, { timeoutMs: 180_000 });
