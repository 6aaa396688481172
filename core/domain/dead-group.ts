import type { Branch, Group } from "./group.ts";

/** Why a group carries no gradient. */
export type DeadCause = "all_passed" | "all_failed" | "same_action" | "equal_reward";

/**
 * Names why a group's rewards have no variance, or undefined when they do. In this order: `same_action`, every sample
 * stands for one action; `all_passed`, every branch ended in success; `all_failed`, every branch ended without it;
 * `equal_reward`, different actions were paid the same.
 */
export function deadCause(group: Group): DeadCause | undefined {
  const branches = group.decisions.flatMap((d) => d.branches).filter((b) => b.reward !== undefined);
  const [first] = branches;
  if (!first || branches.some((b) => b.reward !== first.reward)) return undefined;
  if (group.shape === "step" && branches.every((b) => sayingOf(b) === sayingOf(first))) return "same_action";
  if (branches.every((b) => b.end?.verdict.success === true)) return "all_passed";
  if (branches.every((b) => b.end?.verdict.success === false)) return "all_failed";
  return "equal_reward";
}

const sayingOf = ({ sample: { parsed, text } }: Branch): string => parsed.ok ? JSON.stringify(parsed.action) : text;
