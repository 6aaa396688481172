// runtime: node
import type { Environment, Task } from "../../../../core/mod.ts";
import plugin from "../../../../plugins/sites/gomail/site.ts";
import replica from "../../../../plugins/replica/environment.ts";
import { Hand } from "../../../core/browser/desk.ts";
import { assert, suite, type TestContext } from "../../../harness.ts";
import { actionOf, drill, drillRuns, type Move, paying, valuesOf } from "./drill-runs.ts";

const site = await plugin.create({ banner: "open" }, {});
const test = suite("gomail drills on the page");

/** Plays moves on a drill, the banner open; returns what each step earned and the verdict. */
async function play(t: TestContext, environment: Environment, { task, moves }: { task: Task; moves: readonly Move[] }) {
  const hand = await Hand.on(await environment.open(task, { signal: t.signal, seed: 0 }), t);
  const pay = paying(task, hand.seen);
  const paid: string[] = [];
  for (const move of moves) {
    const from = hand.seen;
    const action = actionOf(from, move);
    await hand.do(action);
    paid.push(pay({ from, to: hand.seen, action }));
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
