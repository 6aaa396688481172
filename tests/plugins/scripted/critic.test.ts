import type { Action, Draw, TaskSource } from "halo-agent";
import { isHaloError } from "halo-agent";
import { createPlugin } from "halo-agent/testing";
import scripted from "../../../plugins/scripted/critic.ts";
import { sampleOf } from "../../core/run/number-line.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { pointOn, shelf } from "../linear/page.ts";

const test = suite("scripted/critic");
const call = { signal: new AbortController().signal };
const click = (i: number): Action => ({ action: "click", el: `e${i}` });
const drawOf = (...actions: readonly Action[]): Draw => ({
  prompt: { kind: "none" },
  samples: actions.map(sampleOf),
  policyVersion: 0,
  temperature: 1,
});
const tasks: TaskSource = {
  splits: ["train"],
  list: () => Promise.resolve([]),
  draw: () => {
    throw new Error("not asked here");
  },
  oracle: () => click(2),
};
const stateAt = (i: number) => {
  const point = pointOn(shelf);
  return { ...point, observation: { ...point.observation, stateKey: `s${i}` } };
};
const draw = drawOf(click(0), click(1), click(2), click(3), click(2));

test("scripted names the right proposal as often as its accuracy says, the others equally often, equally each time", async () => {
  const states = 4000;
  for (const accuracy of [0.5, 0.7, 0.9]) {
    const critic = await createPlugin(scripted, { accuracy }, { tasks, seed: 7 });
    const same = await createPlugin(scripted, { accuracy }, { tasks, seed: 7 });
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < states; i++) {
      const { scores } = await critic.rank({ at: stateAt(i), draw }, call);
      assert.equal((await same.rank({ at: stateAt(i), draw }, call)).scores, scores);
      // Equal actions score alike; one action alone is named.
      assert.equal([scores[4], scores.slice(0, 4).filter((s) => s === 1).length], [scores[2], 1]);
      counts[scores.indexOf(1)]!++;
    }
    // 99.99 % of a binomial lie within 3.9 standard deviations.
    const within = (count: number, p: number) => Math.abs(count - states * p) <= 3.9 * Math.sqrt(states * p * (1 - p));
    assert.ok(within(counts[2]!, accuracy), `accuracy ${accuracy}: ${counts[2]} of ${states}`);
    for (const i of [0, 1, 3]) {
      assert.ok(within(counts[i]!, (1 - accuracy) / 3), `accuracy ${accuracy}: e${i} ${counts[i]}`);
    }
  }
});

test("scripted with another seed errs at other states", async () => {
  const named = async (seed: number) => {
    const critic = await createPlugin(scripted, { accuracy: 0.5 }, { tasks, seed });
    const ranked = await Promise.all(Array.from({ length: 64 }, (_, i) => critic.rank({ at: stateAt(i), draw }, call)));
    return ranked.map(({ scores }) => scores.indexOf(1)).join("");
  };
  assert.is.not(await named(1), await named(2));
});

test("scripted names some proposal when the right one is not among them, the right one when it is alone", async () => {
  const critic = await createPlugin(scripted, { accuracy: 0 }, { tasks, seed: 7 });
  const wrong = await critic.rank({ at: stateAt(0), draw: drawOf(click(0), click(1)) }, call);
  assert.equal([...wrong.scores].sort(), [0, 1]);
  assert.equal((await critic.rank({ at: stateAt(0), draw: drawOf(click(2)) }, call)).scores, [1]);
});

test("scripted refuses a task source without a solution", async () => {
  const { oracle: _, ...blind } = tasks;
  const e = await thrownBy(() => createPlugin(scripted, {}, { tasks: blind, seed: 0 }));
  assert.ok(isHaloError(e, "HALO_CRITIC_UNUSABLE"));
});
