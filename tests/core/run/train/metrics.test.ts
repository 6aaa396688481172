import type { Example, Group } from "halo-agent";
import { countsOf, deadGroups, exploreMetrics } from "../../../../core/run/train/metrics.ts";
import { assert, suite } from "../../../harness.ts";
import { forest } from "../../../plugins/grpo/forest.ts";

const test = suite("run/train/metrics");

const slotOf = (groups: readonly Group[]) => ({
  id: "i1.s0",
  task: {} as never,
  policyVersion: 0,
  groups,
  envSteps: 4,
});

test("exploreMetrics counts the reward of a trajectory group by the returns of its episodes", () => {
  // Returns 1 and 0.5: mean 0.75, sample deviation √(2 · 0.0625) = 0.3535…; three steps and one.
  const group = forest([
    [{ state: "s", pays: 0.5 }, { state: "x", pays: 0.25 }, { state: "y", pays: 0.25 }],
    [{ state: "s", pays: 0.5 }],
  ], [true, false]);
  const explored = {
    slots: [slotOf([group])],
    examples: new Map([[group, [{ kind: "advantage" } as Example]]]),
    waves: 2,
    trained: [],
  };
  assert.equal(deadGroups(explored), {});
  assert.equal(countsOf(explored), { tasks: 1, envSteps: 4, groups: 1, deadGroups: 0 });
  assert.equal(exploreMetrics(explored), {
    mean_reward: 0.75,
    reward_std: Math.sqrt(0.125),
    frac_reward_zero_std: 0,
    episode_length: 2,
    success_rate: 0.5,
    action_validity: 0,
    "refill/waves": 2,
    "refill/live_groups": 1,
  });
});

test("deadGroups counts a group as dead by its cause, also when it is imitated, not when steps are compared", () => {
  const equal = () => forest([[{ state: "s", pays: 1 }], [{ state: "s", pays: 1 }]], [true, true]);
  const [dropped, imitated, compared] = [equal(), equal(), equal()];
  const explored = {
    slots: [slotOf([dropped, imitated]), slotOf([compared])],
    examples: new Map<Group, readonly Example[]>([
      [dropped, []],
      [imitated, [{ kind: "imitate" } as Example]],
      [compared, [{ kind: "advantage" } as Example]],
    ]),
    waves: 1,
    trained: [],
  };
  const metrics = exploreMetrics(explored);
  assert.equal(deadGroups(explored), { all_passed: 2 });
  assert.equal(countsOf(explored), { tasks: 2, envSteps: 8, groups: 3, deadGroups: 2 });
  assert.equal([metrics["frac_reward_zero_std"], metrics["refill/live_groups"]], [2 / 3, 2]);
});

test("deadGroups counts a tree whose rewards differ as dead when nothing is learned from it", () => {
  const group = {
    ...forest([[{ state: "s", pays: 0.5 }], [{ state: "s", pays: 0 }]], [true, false]),
    search: { simulations: [], unreachable: 0 },
  };
  const of = (examples: readonly Example[]) =>
    deadGroups({ slots: [slotOf([group])], examples: new Map([[group, examples]]), waves: 1, trained: [] });
  assert.equal(of([]), { no_preference: 1 });
  assert.equal(of([{ kind: "pair" } as Example]), {});
});
