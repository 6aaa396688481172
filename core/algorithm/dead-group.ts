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
  if (group.shape === "tree") return deadTreeCause(group);
  const rivals = rivalsOf(group);
  const [first] = rivals;
  if (!first || rivals.some((r) => returnOf(r) !== returnOf(first))) return undefined;
  if (rivals.every((r) => sayingsOf(r) === sayingsOf(first))) return "same_action";
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

/** `deadCause` of a tree: it may have thousands of branches, which are gone through once and no further than needed. */
function deadTreeCause({ decisions }: Group): DeadCause | undefined {
  let paid: number | undefined;
  let [executed, passed, failed] = [0, 0, 0];
  for (const { branches } of decisions) {
    for (const { reward, end } of branches) {
      if (reward === undefined) continue;
      paid ??= roundPayment(reward);
      if (roundPayment(reward) !== paid) return undefined;
      executed++;
      if (end?.verdict.success === true) passed++;
      if (end?.verdict.success === false) failed++;
    }
  }
  if (executed === 0) return undefined;
  return passed === executed ? "all_passed" : failed === executed ? "all_failed" : "equal_reward";
}

const sayingsOf = (rival: readonly ChainStep[]): string =>
  rival.map(({ branch }) => sayingOf(branch.sample)).join("\n");
