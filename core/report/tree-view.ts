import type { Branch, Decision, Group } from "../domain/group.ts";
import { saidBy } from "./group-view.ts";

/** An action of a search tree that was tried. */
export interface TreeBranchView {
  readonly said: string;
  /** True on the best path. */
  readonly isBest: boolean;
  readonly visits: number;
  /** Mean value of the simulations through it; absent without a visit. */
  readonly mcts?: number;
  readonly critic?: number;
  readonly logprob?: number;
  /** "solved", or how the episode stopped there. */
  readonly end?: string;
  /** Why the page behind it could not be reached. */
  readonly unreachable?: string;
  /** Why an action that was executed counts for nothing: its rollout or critic failed, or the tree has its page already. */
  readonly uncounted?: "no_value" | "not_followed";
  readonly below?: TreePointView;
}

/** A point of a search tree with the actions tried there. */
export interface TreePointView {
  /** Id of its decision. */
  readonly decision: number;
  readonly branches: readonly TreeBranchView[];
  /** Actions that were proposed and not tried. */
  readonly untried: number;
}

/** A search tree with what the search cost and came to. */
export interface TreeView {
  readonly id: string;
  readonly simulations: number;
  readonly points: number;
  readonly envSteps: number;
  /** Number of the first simulation that solved the task, from 1. */
  readonly solvedAt?: number;
  readonly policyVersion: number;
  /** Simulations that ended at a point that could not be reached. */
  readonly unreachable: number;
  readonly critic?: NonNullable<Group["search"]>["critic"];
  readonly root?: TreePointView;
}

/** The tree of a group that was searched, as values to print or draw. */
export function treeView(group: Group): TreeView {
  const { id, policyVersion, decisions } = group;
  const { simulations, unreachable, critic } = group.search!;
  const first = simulations.findIndex((s) => s.success);
  const above = new Map(decisions.map((d) => [d.parent ? keyOf(d.parent) : "", d]));
  const followed = new Set(simulations.flatMap(({ path }) => path.map(keyOf)));
  const pointOf = (decision: Decision): TreePointView => ({
    decision: decision.id,
    branches: decision.branches.flatMap((branch, i) => {
      if (!isTried(branch)) return [];
      const key = keyOf({ decision: decision.id, branch: i });
      const child = above.get(key);
      const uncounted = whyUncounted(branch, followed.has(key));
      return [{
        ...branchView(branch, decision.chosen === i),
        ...(uncounted && { uncounted }),
        ...(child && { below: pointOf(child) }),
      }];
    }),
    untried: decision.branches.filter((b) => !isTried(b)).length,
  });
  const root = above.get("");
  return {
    id,
    simulations: simulations.length,
    points: decisions.length,
    envSteps: simulations.at(-1)?.envSteps ?? 0,
    ...(first >= 0 && { solvedAt: first + 1 }),
    policyVersion,
    unreachable,
    ...(critic && { critic }),
    ...(root && { root: pointOf(root) }),
  };
}

const isTried = ({ q, reward, fault }: Branch): boolean => (q?.visits ?? 0) > 0 || reward !== undefined || !!fault;

const keyOf = ({ decision, branch }: NonNullable<Decision["parent"]>): string => `${decision}/${branch}`;

function whyUncounted({ q, fault }: Branch, isFollowed: boolean): TreeBranchView["uncounted"] {
  if (fault || (q?.visits ?? 0) > 0) return undefined;
  return isFollowed ? "no_value" : "not_followed";
}

function branchView(branch: Branch, isBest: boolean): TreeBranchView {
  const { q, end, fault, sample: { logprob } } = branch;
  return {
    said: saidBy(branch),
    isBest,
    visits: q?.visits ?? 0,
    ...(q && q.visits > 0 && { mcts: q.mcts }),
    ...(q?.critic !== undefined && { critic: q.critic }),
    ...(logprob !== undefined && { logprob }),
    ...(end && { end: end.verdict.success ? "solved" : end.stop }),
    ...(fault && { unreachable: fault.message }),
  };
}
