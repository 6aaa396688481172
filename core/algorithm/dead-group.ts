import { sayingOf } from "../action/saying.ts";
import type { Example } from "../domain/batch.ts";
import { chainsOf, type ChainStep, returnOf } from "../domain/chains.ts";
import type { Group } from "../domain/group.ts";
import { roundPayment } from "../domain/payment.ts";

/** Why a group carries no gradient. */
export type DeadCause = "all_passed" | "all_failed" | "same_action" | "equal_reward";

/**
 * Names why a group's rewards have no variance, or undefined when they do. What is compared is a branch, in a trajectory
 * group a whole chain with its return. In this order: `same_action`, every sample stands for one action (one sequence of
 * actions); `all_passed`, each ended in success; `all_failed`, each ended without it; `equal_reward`, different actions
 * were paid the same.
 */
export function deadCause(group: Group): DeadCause | undefined {
  if (paysBranchesApart(group)) return undefined;
  const rivals = rivalsOf(group);
  const [first] = rivals;
  if (!first || rivals.some((r) => returnOf(r) !== returnOf(first))) return undefined;
  if (group.shape !== "tree" && rivals.every((r) => sayingsOf(r) === sayingsOf(first))) return "same_action";
  const successes = rivals.map((r) => r.at(-1)?.branch.end?.verdict.success);
  if (successes.every((s) => s === true)) return "all_passed";
  if (successes.every((s) => s === false)) return "all_failed";
  return "equal_reward";
}

/** Why nothing is learned from comparing a group's samples, with what it taught; undefined where something is. */
export function untaughtCause(group: Group, taught: readonly Example[]): DeadCause | "no_preference" | undefined {
  if (taught.some((e) => e.kind !== "imitate")) return undefined;
  return deadCause(group) ?? (group.search && taught.length === 0 ? "no_preference" : undefined);
}

/** What a group compares with each other: whole chains, in a tree its executed branches one by one. */
export function rivalsOf(group: Group): readonly (readonly ChainStep[])[] {
  const rivals = group.shape === "tree"
    ? group.decisions.flatMap((decision) => decision.branches.map((branch) => [{ decision, branch }]))
    : chainsOf(group);
  return rivals.filter((rival) => rival.every(({ branch }) => branch.reward !== undefined));
}

/** True where two branches of a tree were paid differently, without going through all the thousands that it may have. */
function paysBranchesApart({ shape, decisions }: Group): boolean {
  if (shape !== "tree") return false;
  let first: number | undefined;
  return decisions.some(({ branches }) =>
    branches.some(({ reward }) => {
      if (reward === undefined) return false;
      first ??= roundPayment(reward);
      return roundPayment(reward) !== first;
    })
  );
}

const sayingsOf = (rival: readonly ChainStep[]): string =>
  rival.map(({ branch }) => sayingOf(branch.sample)).join("\n");
