import type { Example } from "../domain/batch.ts";
import type { Group } from "../domain/group.ts";
import { returnOf } from "../domain/chains.ts";
import { deadCause, rivalsOf } from "../algorithm/dead-group.ts";
import { episodesOf } from "./slot.ts";
import type { Explored } from "./train.ts";
import type { StepCost } from "./world.ts";

/**
 * What one iteration's slots look like in numbers. Names are the field's. A dead group has rewards without variance and
 * teaches nothing by them: no advantage, no pair; a tree is dead too when nothing is learned from it.
 */
export function exploreMetrics({ slots, examples, waves }: Pick<Explored, "slots" | "examples" | "waves">): {
  readonly metrics: Record<string, number>;
  readonly dead: Record<string, number>;
  readonly groups: number;
} {
  const groups = slots.flatMap((s) => s.groups);
  const branches = groups.flatMap((g) => g.decisions.flatMap((d) => d.branches));
  const episodes = slots.flatMap((s) => episodesOf(s.groups)).filter((e) => e.at(-1)?.end);
  const dead: Record<string, number> = {};
  for (const group of groups) {
    const taught = examples.get(group) ?? [];
    const cause = deadCause(group) ?? (group.search && taught.length === 0 ? "no_preference" : undefined);
    const compares = taught.some((e) => e.kind !== "imitate");
    if (cause && !compares) dead[cause] = (dead[cause] ?? 0) + 1;
  }
  const deadGroups = Object.values(dead).reduce((sum, n) => sum + n, 0);
  return {
    groups: groups.length,
    dead,
    metrics: {
      mean_reward: mean(groups.flatMap(rewardsOf)),
      reward_std: mean(groups.map(rewardStd)),
      frac_reward_zero_std: groups.length === 0 ? 0 : deadGroups / groups.length,
      episode_length: mean(episodes.map((e) => e.length)),
      success_rate: mean(episodes.map((e) => e.at(-1)?.end?.verdict.success ? 1 : 0)),
      "refill/waves": waves,
      "refill/live_groups": [...examples.values()].filter((taught) => taught.length > 0).length,
      ...searchMetrics(groups, examples),
      action_validity: mean(branches.map(({ sample: { parsed } }) => parsed.ok && parsed.repairs === 0 ? 1 : 0)),
    },
  };
}

/** What tree searches came to; nothing where there was none. Means over trees, faults and unreachable points in all. */
function searchMetrics(
  groups: readonly Group[],
  examples: ReadonlyMap<Group, readonly Example[]>,
): Record<string, number> {
  const searched = groups.flatMap((group) => group.search ? [{ ...group.search, group }] : []);
  if (searched.length === 0) return {};
  const sum = (of: (s: (typeof searched)[number]) => number) => searched.reduce((total, s) => total + of(s), 0);
  const pairs = (group: Group) => examples.get(group)?.filter((e) => e.kind === "pair").length ?? 0;
  return {
    "search/found": mean(searched.map((s) => s.simulations.some(({ success }) => success) ? 1 : 0)),
    "search/simulations": mean(searched.map((s) => s.simulations.length)),
    "search/pairs": mean(searched.map((s) => pairs(s.group))),
    "search/unreachable": sum((s) => s.unreachable),
    "search/critic_calls": sum((s) => s.critic?.calls ?? 0),
    "search/critic_faults": sum((s) => s.critic?.faults ?? 0),
    "search/critic_usd": sum((s) => s.critic?.costUsd ?? 0),
  };
}

/** Milliseconds per environment step, by part. */
export function costMetrics(cost: StepCost): Record<string, number> {
  const steps = Math.max(1, cost.steps);
  return {
    "time/fork_ms": cost.forkMs / steps,
    "time/act_ms": cost.actMs / steps,
    "time/settle_ms": cost.settleMs / steps,
    "time/observe_ms": cost.observeMs / steps,
  };
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** What a group compares: rewards of its branches, in a trajectory group returns of its episodes. */
const rewardsOf = (group: Group): readonly number[] => rivalsOf(group).map(returnOf);

/** Sample standard deviation of a group's rewards. */
function rewardStd(group: Group): number {
  const rewards = rewardsOf(group);
  if (rewards.length < 2) return 0;
  const m = mean(rewards);
  return Math.sqrt(rewards.reduce((sum, r) => sum + (r - m) * (r - m), 0) / (rewards.length - 1));
}
