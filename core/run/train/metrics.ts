import { untaughtCause } from "../../algorithm/dead-group.ts";
import type { Example } from "../../domain/batch.ts";
import { episodesOf } from "../../domain/chains.ts";
import type { Group } from "../../domain/group.ts";
import { mean } from "../../stats/mean.ts";
import type { StepCost } from "../../world/step-cost.ts";
import type { RunContext } from "../context/run-context.ts";
import type { IterationCounts, Totals } from "../context/totals.ts";
import type { Explored } from "./explored.ts";
import { groupFigures } from "./group-figures.ts";

/** All metrics of an iteration, from everybody who has some: this is where a metric enters the record. */
export function metricsOf(
  { built: { policy, critic, rewards }, meter }: Pick<RunContext, "built" | "meter">,
  { explored, update, totals }: {
    readonly explored: Explored;
    readonly update: Readonly<Record<string, number>>;
    readonly totals: Totals;
  },
): Readonly<Record<string, number>> {
  return {
    ...exploreMetrics(explored),
    ...update,
    ...policy.metrics?.(),
    ...critic?.metrics?.(),
    ...Object.assign({}, ...rewards.map(({ shaper }) => shaper.metrics?.())),
    ...costMetrics(meter.total),
    "time/train_s": totals.trainMs / 1000,
  };
}

/** What an iteration adds to the totals, time aside. */
export function countsOf(explored: Explored): Omit<IterationCounts, "trainMs"> {
  return {
    tasks: explored.slots.length,
    envSteps: envStepsOf(explored),
    groups: groupsOf(explored).length,
    deadGroups: sum(Object.values(deadGroups(explored))),
  };
}

export const envStepsOf = ({ slots }: Explored): number => sum(slots.map((slot) => slot.envSteps));

const groupsOf = ({ slots }: Explored): readonly Group[] => slots.flatMap((slot) => slot.groups);

/**
 * Counts groups without gradient by cause. A dead group has rewards without variance and teaches nothing by them: no
 * advantage, no pair; a tree is dead too when nothing is learned from it.
 */
export function deadGroups(explored: Explored): Readonly<Record<string, number>> {
  const dead: Record<string, number> = {};
  for (const group of groupsOf(explored)) {
    const cause = untaughtCause(group, explored.examples.get(group) ?? []);
    if (cause) dead[cause] = (dead[cause] ?? 0) + 1;
  }
  return dead;
}

/** What one iteration's slots look like in numbers. Names are the field's. */
export function exploreMetrics(explored: Explored): Readonly<Record<string, number>> {
  const { slots, examples, waves } = explored;
  const groups = groupsOf(explored);
  const { mean_reward, reward_std, action_validity } = groupFigures(groups);
  const episodes = slots.flatMap((s) => episodesOf(s.groups)).filter((e) => e.at(-1)?.end);
  const dead = sum(Object.values(deadGroups(explored)));
  return {
    mean_reward,
    reward_std,
    frac_reward_zero_std: groups.length === 0 ? 0 : dead / groups.length,
    episode_length: mean(episodes.map((e) => e.length)),
    success_rate: mean(episodes.map((e) => e.at(-1)?.end?.verdict.success ? 1 : 0)),
    "refill/waves": waves,
    "refill/live_groups": [...examples.values()].filter((taught) => taught.length > 0).length,
    ...searchMetrics(groups, examples),
    action_validity,
  };
}

/** What tree searches came to; nothing where there was none. Means over trees, faults and unreachable points in all. */
function searchMetrics(
  groups: readonly Group[],
  examples: ReadonlyMap<Group, readonly Example[]>,
): Record<string, number> {
  const searched = groups.flatMap((group) => group.search ? [{ ...group.search, group }] : []);
  if (searched.length === 0) return {};
  const pairs = (group: Group) => examples.get(group)?.filter((e) => e.kind === "pair").length ?? 0;
  return {
    "search/found": mean(searched.map((s) => s.simulations.some(({ success }) => success) ? 1 : 0)),
    "search/simulations": mean(searched.map((s) => s.simulations.length)),
    "search/pairs": mean(searched.map((s) => pairs(s.group))),
    "search/unreachable": sum(searched.map((s) => s.unreachable)),
    "search/critic_calls": sum(searched.map((s) => s.critic?.calls ?? 0)),
    "search/critic_faults": sum(searched.map((s) => s.critic?.faults ?? 0)),
    "search/critic_usd": sum(searched.map((s) => s.critic?.costUsd ?? 0)),
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

const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);
