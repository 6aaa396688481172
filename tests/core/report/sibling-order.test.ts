import type { Group, Sample } from "halo-agent";
import { groupShift, isShifted } from "../../../core/report/reward-shift.ts";
import { addOrders, kendallTauB, noSiblings, siblingOrder } from "../../../core/report/sibling-order.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("report/sibling-order");

test("siblingOrder counts pairs that keep their order, swap, join and part", () => {
  assert.equal(siblingOrder([1, 2, 3], [3, 2, 1]), { pairs: 3, kept: 0, swapped: 3, joined: 0, parted: 0 });
  // 0-1: tied, then apart; 0-2 and 1-2: apart both times, in the same order and in the other one.
  assert.equal(siblingOrder([0, 0, 1], [0, 2, 1]), { pairs: 3, kept: 1, swapped: 1, joined: 0, parted: 1 });
  assert.equal(siblingOrder([0, 1], [5, 5]), { pairs: 1, kept: 0, swapped: 0, joined: 1, parted: 0 });
  assert.equal(siblingOrder([0, 0], [5, 5]), { ...noSiblings, pairs: 1 });
});

test("kendallTauB of pooled pairs: 1, −1, with ties by hand, undefined where nothing is told apart", () => {
  assert.is(kendallTauB(siblingOrder([1, 2, 3], [10, 20, 30])), 1);
  assert.is(kendallTauB(siblingOrder([1, 2, 3], [3, 2, 1])), -1);
  // kept 1, swapped 1, parted 1: (1 − 1) / √(2 · 3) = 0; with [0, 1] → [0, 1] beside it (2 − 1) / √(3 · 4).
  const both = addOrders(siblingOrder([0, 0, 1], [0, 2, 1]), siblingOrder([0, 1], [0, 1]));
  assert.is(kendallTauB(both), 1 / Math.sqrt(12));
  assert.is(kendallTauB(siblingOrder([0, 0], [1, 2])), undefined);
});

const sample = (text: string): Sample => ({
  text,
  parsed: { ok: true, action: { action: "click", el: text }, repairs: 0 },
  trace: { kind: "none" },
});
const samples = ["e0", "e1", "e2"].map(sample);
const group = (rewards: readonly (number | undefined)[], chosen = 0): Group => ({
  id: "i1.s0.0",
  taskKey: "t",
  shape: "step",
  policyVersion: 0,
  temperature: 1,
  decisions: [{
    id: 0,
    stateKey: "s",
    prompt: { kind: "none" },
    chosen,
    branches: samples.map((s, i) => ({ sample: s, ...(rewards[i] !== undefined && { reward: rewards[i] }) })),
  }],
});
/** Mean-centred, nothing where all are equal. */
const centred = (g: Group) => {
  const { branches, prompt } = g.decisions[0]!;
  const rewards = branches.map(({ reward = 0 }) => reward);
  const mean = rewards.reduce((a, b) => a + b, 0) / rewards.length;
  if (rewards.every((r) => r === mean)) return [];
  return branches.map(({ sample }, i) => (
    { kind: "advantage" as const, group: g.id, prompt, sample, advantage: rewards[i]! - mean, weight: 1 }
  ));
};

test("groupShift says which signs turn, whether the group still teaches, and whether its episode would go on elsewhere", () => {
  const turned = groupShift({ before: group([1, 0, 0]), after: group([0, 1, 0]) }, centred);
  assert.equal([turned.siblings.swapped, turned.siblings.joined, turned.siblings.parted], [1, 1, 1]);
  // 2/3, −1/3, −1/3 become −1/3, 2/3, −1/3.
  assert.equal(turned.advantages, { before: 3, after: 3, flipped: 2 });
  assert.equal([turned.dead, turned.goesElsewhere, isShifted(turned)], [{}, true, true]);
  const died = groupShift({ before: group([1, 0, 0]), after: group([0.5, 0.5, 0.5]) }, centred);
  assert.equal([died.dead, died.goesElsewhere, isShifted(died)], [{ after: "equal_reward" }, false, true]);
  const scaled = groupShift({ before: group([1, 0, 0]), after: group([3, 0, 0]) }, centred);
  assert.equal([scaled.siblings.kept, scaled.advantages.flipped, isShifted(scaled)], [2, 0, false]);
});
