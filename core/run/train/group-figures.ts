import { rivalsOf } from "../../algorithm/dead-group.ts";
import { returnOf } from "../../domain/chains.ts";
import type { Group } from "../../domain/group.ts";
import { mean } from "../../stats/mean.ts";

/** What groups were paid and how they were written, by the field's names. */
export interface GroupFigures {
  readonly mean_reward: number;
  /** Mean over groups of the sample standard deviation of what their rivals were paid; 0 of fewer than two. */
  readonly reward_std: number;
  /** Share of outputs that were valid as written. */
  readonly action_validity: number;
}

/** The figures of some groups: what a group compares are rewards of its branches, in a trajectory group returns of its episodes. */
export function groupFigures(groups: readonly Group[]): GroupFigures {
  const paid = groups.map((group) => rivalsOf(group).map(returnOf));
  const branches = groups.flatMap((g) => g.decisions.flatMap((d) => d.branches));
  return {
    mean_reward: mean(paid.flat()),
    reward_std: mean(paid.map(deviation)),
    action_validity: mean(branches.map(({ sample: { parsed } }) => parsed.ok && parsed.repairs === 0 ? 1 : 0)),
  };
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - middle) * (v - middle), 0) / (values.length - 1));
}
