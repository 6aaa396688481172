import type { TrainStage } from "../../../../core/config/pipeline.ts";
import type { Probe } from "../../../../core/run/preflight/probe.ts";
import { judge } from "../../../../core/run/preflight/verdict.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("run/preflight/verdict");

const stage: TrainStage = {
  kind: "train",
  iterations: 36,
  split: "train",
  task_seed: 0,
  tasks_per_iteration: 4,
  min_groups: 4,
  max_waves: 4,
};
const evaluate = {
  kind: "evaluate",
  label: "before",
  split: "eval",
  task_seed: 1,
  sample_size: 50,
  episodes_per_task: 2,
  decoding: "greedy",
} as const;
const healthy: Probe = {
  tasks: 12,
  live_tasks: 11,
  by_template: { tick: { tries: 9, paid: 8 }, add: { tries: 3, paid: 1 } },
  slots: 12,
  groups: 60,
  live_groups: 24,
  dead: { equal_reward: 30, all_failed: 6 },
  reward_std: 0.1,
  mean_reward: 0.1,
  action_validity: 1,
  success_by_task: [...Array(11).fill(0), 1],
  env_steps: 480,
  explore_s: 60,
  episodes_s: 12,
  spent: { tokens: 0, usd: 0 },
};
const judged = (more: Partial<Probe>, lostAdapter?: string) =>
  judge({ ...healthy, ...more }, { pipeline: { stages: [evaluate, stage] }, stage, lostAdapter });
const names = (more: Partial<Probe>) => {
  const { verdict, doubts } = judged(more);
  return [verdict, ...doubts.map(({ name }) => name)];
};

test("judge finds no fault with tasks of which most have groups that teach, and says what the training takes", () => {
  const { verdict, live, success, live_groups_per_iteration, expected, doubts } = judged({});
  assert.equal([verdict, doubts, live.rate, success.rate], ["learns", [], 0.4, 1 / 12]);
  // 24 live groups in 12 slots are 8 in a wave of 4 slots: one wave gives the 4 that an iteration wants.
  assert.is(live_groups_per_iteration, 8);
  // 36 iterations of 4 slots of 40 steps; 5 s a slot, 1 s an episode, 50 tasks twice: 144 · 5 + 100 s.
  assert.equal(expected, { iterations: 36, slots: 144, env_steps: 5760, hours: 820 / 3600, usd: 0 });
});

test("judge counts the waves that few live groups cost, and the steps of a stage that ends by them", () => {
  // 3 live groups in 12 slots are 1 in a wave: 4 waves until there are 4.
  const few = judged({ live_groups: 3, live_tasks: 3, dead: { equal_reward: 57 } });
  assert.equal([few.live_groups_per_iteration, few.expected.slots, few.doubts], [4, 36 * 16, []]);
  const { iterations: _, ...open } = stage;
  const bySteps = judge(healthy, { pipeline: { stages: [] }, stage: { ...open, env_steps: 1000 } });
  // 160 steps an iteration: the seventh reaches 1,000.
  assert.equal([bySteps.expected.iterations, bySteps.expected.env_steps], [7, 1120]);
  const paid = judged({ spent: { tokens: 100, usd: 0.6 } });
  assert.ok(Math.abs(paid.expected.usd - 0.05 * 144) < 1e-9);
});

test("judge says stuck where no group teaches, with the causes and what to change", () => {
  const { verdict, doubts, live } = judged({
    live_groups: 0,
    live_tasks: 0,
    dead: { all_failed: 50, same_action: 10 },
  });
  assert.is(verdict, "stuck");
  // Wilson, 0 of 60: 3.8415 / 63.8415.
  assert.ok(Math.abs(live.ci95[1] - 3.841458820694124 / 63.841458820694124) < 1e-12);
  assert.is(
    doubts[0]!.because,
    "none of 60 groups teaches anything (all_failed 50, same_action 10); at most 6.0 % of all do",
  );
  assert.match(doubts[0]!.change, /^pay steps on the way/);
  const passed = judged({ live_groups: 0, dead: { all_passed: 60 }, success_by_task: [1, 1] });
  assert.equal(passed.doubts.map(({ name, change }) => [name, change]), [
    ["no_signal", "choose harder tasks: these are solved already"],
  ]);
});

test("judge doubts rare signal, few tasks, one action, solved tasks, unreadable output and a lost adapter", () => {
  assert.equal(names({ live_groups: 1, live_tasks: 3, slots: 100, dead: { all_failed: 59 } }), [
    "doubtful",
    "rare_signal",
  ]);
  assert.equal(names({ live_tasks: 2 }), ["doubtful", "few_tasks"]);
  const by_template = { tick: { tries: 8, paid: 8 }, add: { tries: 3, paid: 0 }, archive: { tries: 2, paid: 0 } };
  assert.equal(judged({ by_template }).doubts.map(({ name, because }) => [name, because]), [
    ["never_paid", "no action was paid in any try of add"],
  ]);
  assert.equal(names({ dead: { same_action: 31, all_failed: 5 } }), ["doubtful", "same_action"]);
  assert.equal(names({ success_by_task: Array(60).fill(1) }), ["doubtful", "solved_already"]);
  assert.equal(names({ action_validity: 0.4 }), ["doubtful", "unreadable"]);
  const { verdict, doubts: [doubt] } = judged({}, "checkpoints/mine");
  assert.equal([verdict, doubt!.name], ["doubtful", "starts_from_zero"]);
  assert.match(doubt!.because, /^the policy starts from the adapter checkpoints\/mine, the trainer from new weights/);
});
