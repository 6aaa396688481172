import { assert, suite, type TestContext } from "../../harness.ts";
import { outcomeOf, runBoard, runsFolder } from "../../core/run/board-run.ts";

const test = suite("grpo/runs");

/** Every shape of credit and update, as options of the board's pipeline. */
const variants: Readonly<Record<string, readonly string[]>> = {
  gigpo: ["algorithm.options={ group: trajectory, gigpo: {} }", "trainer.options.learning_rate=2"],
  dapo: ["algorithm.options={ group: trajectory, loss_type: dapo }"],
  "on-policy": [
    "algorithm.options={ loss_type: grpo, continue: sample }",
    "trainer.options={ entropy: 0, replay: 0, importance: clipped, update: batch }",
  ],
  "path credit": ["algorithm.options={ path_credit: 1 }"],
};

async function run(t: TestContext, sets: readonly string[]) {
  const done = await runBoard(t.use(runsFolder()).path, { sets });
  assert.is(done.exit, 0, done.error?.message);
  return done;
}

for (const [name, sets] of Object.entries(variants)) {
  test(`${name} gives bit-equal weights and episodes at concurrency 1 and 4`, async (t) => {
    const one = await run(t, [...sets, "concurrency=1", "environment.options.capacity=2"]);
    const four = await run(t, [...sets, "concurrency=4", "environment.options.capacity=3"]);
    assert.equal(await outcomeOf(one.run), await outcomeOf(four.run));
  });
}

test("gigpo learns the board: unseen names, greedy, before against after", async (t) => {
  const more = ["stages.0.evaluate.sample_size=40", "stages.1.train.iterations=24", "stages.2.evaluate.sample_size=40"];
  const { evaluations: [before, after] } = await run(t, [...variants["gigpo"]!, ...more]);
  assert.ok(before!.success_rate <= 0.2, `before ${before!.success_rate}`);
  assert.ok(after!.success_rate >= 0.9, `after ${after!.success_rate}`);
});
