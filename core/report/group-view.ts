import { formatAction } from "../action/format.ts";
import { type DeadCause, deadCause } from "../algorithm/dead-group.ts";
import type { Example } from "../domain/batch.ts";
import { chainsOf, returnOf } from "../domain/chains.ts";
import type { Branch, Decision, Group } from "../domain/group.ts";

/** One candidate of a decision as a person looks at it. */
export interface BranchView {
  /** The action with its target, or what could not be read. */
  readonly said: string;
  /** True for the one that the episode went on with. */
  readonly isChosen: boolean;
  /** Absent where it was not tried. */
  readonly reward?: number;
  /** Absent where the group carried no gradient. */
  readonly advantage?: number;
  readonly logprob?: number;
  /** How the episode ended with it. */
  readonly stop?: string;
  readonly terms: NonNullable<Branch["terms"]>;
}

/** The candidates of one decision, or the steps of one episode. */
export interface RowView {
  /** "point 4, step 2: after point 1, click e3"; absent where the group has one decision only. */
  readonly title?: string;
  /** Sum of the rewards, of an episode. */
  readonly return?: number;
  readonly branches: readonly BranchView[];
}

/** What a group came to. */
export interface GroupHead extends Pick<Group, "id" | "shape" | "policyVersion" | "temperature"> {
  /** Why it carried no gradient. */
  readonly dead?: DeadCause;
  readonly hasTree: boolean;
}

/** A group with what its rewards came to: its episodes where it compares episodes, else its decisions. */
export interface GroupView extends GroupHead {
  readonly rows: readonly RowView[];
}

/** A group as values to print or draw; `examples` are those of the sealed batch, of any group. */
export function groupView(group: Group, examples: readonly Example[]): GroupView {
  const advantages = advantagesOf(group, examples);
  const view = (branch: Branch, isChosen: boolean) =>
    branchView(branch, { isChosen, advantage: advantages.get(branch) });
  const titles = titlesOf(group);
  const rows = group.shape === "trajectory"
    ? chainsOf(group).map((chain): RowView => ({
      return: returnOf(chain),
      branches: chain.map(({ branch }) => view(branch, false)),
    }))
    : group.decisions.map((decision, d): RowView => ({
      ...(titles.length > 0 && { title: titles[d]! }),
      branches: decision.branches.map((branch, i) => view(branch, decision.chosen === i)),
    }));
  return { ...groupHead(group), ...deadPart(group, advantages), rows };
}

/** A group by itself, without looking at its branches. */
export function groupHead({ id, shape, policyVersion, temperature, search }: Group): Omit<GroupHead, "dead"> {
  return { id, shape, policyVersion, temperature, hasTree: search !== undefined };
}

/** Why a group carried no gradient, which takes all of its branches to say; `advantages` are theirs. */
export function deadPart(group: Group, advantages: ReadonlyMap<Branch, number>): Pick<GroupHead, "dead"> {
  const dead = advantages.size === 0 ? deadCause(group) : undefined;
  return dead ? { dead } : {};
}

/** A decision with how many others led to it. */
interface Placed {
  readonly decision: Decision;
  readonly step: number;
}

/** Which point each decision of a group is, and what led there; empty where the group has one, or compares episodes. */
export function titlesOf({ shape, decisions }: Group): readonly string[] {
  if (shape === "trajectory" || decisions.length < 2) return [];
  const known = new Map<number, Placed>();
  return decisions.map((decision) => {
    const before = decision.parent && known.get(decision.parent.decision);
    const step = before ? before.step + 1 : 0;
    known.set(decision.id, { decision, step });
    return `point ${decision.id}, step ${step}${before ? `: ${wayFrom(before.decision, decision)}` : ""}`;
  });
}

/** What a branch did, in words. */
export function saidBy({ sample: { parsed, text }, target }: Branch): string {
  return parsed.ok ? formatAction(parsed.action, target) : `invalid (${parsed.code}): ${text.slice(0, 80)}`;
}

/** A candidate as a person looks at it. */
export function branchView(
  branch: Branch,
  { isChosen, advantage }: { readonly isChosen: boolean; readonly advantage: number | undefined },
): BranchView {
  const { reward, end, terms = [], sample: { logprob } } = branch;
  return {
    said: saidBy(branch),
    isChosen,
    ...(reward !== undefined && { reward }),
    ...(advantage !== undefined && { advantage }),
    ...(logprob !== undefined && { logprob }),
    ...(end && { stop: end.stop }),
    terms,
  };
}

/** What led from a decision to the one below it. */
const wayFrom = (above: Decision, { parent }: Decision): string =>
  `after point ${above.id}, ${saidBy(above.branches[parent!.branch]!)}`;

/** The advantage of each branch of a group; equal samples of several episodes are told apart by their order. */
export function advantagesOf(group: Group, examples: readonly Example[]): ReadonlyMap<Branch, number> {
  const own = examples.filter((e) => e.group === group.id);
  const left = own.flatMap((e) => e.kind === "advantage" ? [{ said: JSON.stringify(e.sample), ...e }] : []);
  const advantages = new Map<Branch, number>();
  if (left.length === 0) return advantages;
  for (const { branch } of chainsOf(group).flat()) {
    if (advantages.has(branch)) continue;
    const said = JSON.stringify(branch.sample);
    const i = left.findIndex((e) => e.said === said);
    if (i >= 0) advantages.set(branch, left.splice(i, 1)[0]!.advantage);
  }
  return advantages;
}
