import type { CommitRecord } from "../../../core/record/commit.ts";
import type { RunEvent } from "../../../core/record/events.ts";
import type { Slot } from "../../../core/record/slot.ts";

/** A slot in which nothing was explored. */
export function emptySlot(id: string, more: Partial<Slot> = {}): Slot {
  const goal = { id: "t", text: "go", startUrl: "board:/", maxSteps: 3 };
  const task = { id: "t", key: "t", goal, site: "board", template: "t", split: "train", optimum: 1, params: null };
  return { id, task, policyVersion: 0, groups: [], envSteps: 0, ...more };
}

/** A COMMIT of an iteration that found nothing. */
export function commitOf(iteration: number, nextTask = 0): CommitRecord {
  return {
    iteration,
    nextTask,
    envSteps: 0,
    groups: 0,
    deadGroups: 0,
    trainMs: 0.5,
    stage: { index: -1, iteration: 0, envSteps: 0 },
    adapter: { format: "linear", base: "b", version: iteration, sha256: "00" },
  };
}

/** One event of every type, as small as it may be. */
export const events: { readonly [K in RunEvent["type"]]: Extract<RunEvent, { readonly type: K }> } = {
  launch: { type: "launch", run: "/runs/r", name: "n", seed: 42, resumed: false },
  arm: { type: "arm", name: "a", index: 0, of: 2, run: "/runs/r/arms/a" },
  stage: { type: "stage", index: 0, of: 1, kind: "evaluate", label: "before" },
  episode: { type: "episode", label: "before", done: 1, of: 2, successes: 0 },
  slot: { type: "slot", iteration: 1, done: 1, of: 4 },
  iteration: { type: "iteration", iteration: 1, env_steps: 3, metrics: { mean_reward: 0.5 }, dead: { all_failed: 1 } },
  evaluation: {
    type: "evaluation",
    label: "before",
    decoding: "greedy",
    policy_version: 0,
    n: 2,
    successes: 1,
    success_rate: 0.5,
    ci95: [0.1, 0.9],
    mean_reward: 0.5,
    episode_length: 2,
    by_template: { t: { n: 2, successes: 1 } },
  },
  comparison: {
    type: "comparison",
    n: 2,
    a: { rate: 0, ci95: [0, 0.5] },
    b: { rate: 1, ci95: [0.5, 1] },
    delta: 1,
    ci95: [0.1, 1],
    p: 0.25,
    test: "mcnemar mid-p",
    detectable: 1,
    verdict: "too few tasks to show a difference (5 at least)",
    label_a: "before",
    label_b: "after",
    flipped: [{ key: "k", a: 0, b: 1, episodes_a: ["before/k#0"], episodes_b: ["after/k#0"] }],
  },
  warning: { type: "warning", message: "m" },
  done: {
    type: "done",
    ok: true,
    exit: 0,
    run: "/runs/r",
    wall_s: 1.5,
    train_s: 0,
    env_steps: 0,
    frac_reward_zero_std: 0,
    evaluations: [],
    comparisons: [],
    gates: [],
  },
};
