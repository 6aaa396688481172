import { rivalsOf, untaughtCause } from "../algorithm/dead-group.ts";
import type { Example } from "../domain/batch.ts";
import { returnOf } from "../domain/chains.ts";
import type { Group } from "../domain/group.ts";
import type { Sample } from "../domain/sample.ts";
import { addOrders, noSiblings, type SiblingOrder, siblingOrder } from "./sibling-order.ts";

/** What other rewards make of one group; "before" is as the run paid it. */
export interface GroupShift {
  readonly id: string;
  readonly taskKey: string;
  readonly siblings: SiblingOrder;
  readonly advantages: AdvantageShift;
  /** Why nothing is learned from it; absent where something is. */
  readonly dead: { readonly before?: string; readonly after?: string };
  /** True for a step group whose episode went on with a branch that is paid less now than another one. */
  readonly goesElsewhere: boolean;
}

/** How what a group teaches changed, sample by sample; of preferences pair by pair. */
export interface AdvantageShift {
  /** Samples with an advantage, or pairs, before and after. */
  readonly before: number;
  readonly after: number;
  /** Advantages whose sign is the opposite one now, and pairs whose winner is the loser. */
  readonly flipped: number;
}

export const noAdvantages: AdvantageShift = { before: 0, after: 0, flipped: 0 };

/** Compares a group with itself under other rewards; `credit` is the run's algorithm, the groups share their samples. */
export function groupShift(
  { before, after }: { readonly before: Group; readonly after: Group },
  credit: (group: Group) => readonly Example[],
): GroupShift {
  const [taughtBefore, taughtAfter] = [credit(before), credit(after)];
  const [deadBefore, deadAfter] = [untaughtCause(before, taughtBefore), untaughtCause(after, taughtAfter)];
  return {
    id: before.id,
    taskKey: before.taskKey,
    siblings: siblingsOf(before, after),
    advantages: advantageShift(taughtBefore, taughtAfter),
    dead: { ...(deadBefore && { before: deadBefore }), ...(deadAfter && { after: deadAfter }) },
    goesElsewhere: !isBest(after) && isBest(before),
  };
}

/** True where other rewards change anything of the group that teaches. */
export function isShifted({ siblings: { swapped, joined, parted }, advantages, dead }: GroupShift): boolean {
  return swapped + joined + parted + advantages.flipped > 0 || dead.before !== dead.after;
}

/** Pairs are counted between rivals: in a tree between the branches of one decision. */
function siblingsOf(before: Group, after: Group): SiblingOrder {
  if (before.shape === "trajectory") {
    return siblingOrder(rivalsOf(before).map(returnOf), rivalsOf(after).map(returnOf));
  }
  const rewards = ({ decisions }: Group) =>
    decisions.map(({ branches }) => branches.flatMap(({ reward }) => reward === undefined ? [] : [reward]));
  const now = rewards(after);
  return rewards(before).map((were, i) => siblingOrder(were, now[i]!)).reduce(addOrders, noSiblings);
}

function advantageShift(before: readonly Example[], after: readonly Example[]): AdvantageShift {
  const [a, b] = [advantagesOf(before), advantagesOf(after)];
  const flips = [...a].filter(([sample, advantage]) => advantage * (b.get(sample) ?? 0) < 0).length;
  const [wins, wins2] = [pairsOf(before), pairsOf(after)];
  const reversed = wins.filter(([chosen, rejected]) => wins2.some(([c, r]) => c === rejected && r === chosen)).length;
  return { before: a.size + wins.length, after: b.size + wins2.length, flipped: flips + reversed };
}

function advantagesOf(examples: readonly Example[]): ReadonlyMap<Sample, number> {
  return new Map(
    examples.flatMap((e) => e.kind === "advantage" && e.advantage !== 0 ? [[e.sample, e.advantage] as const] : []),
  );
}

const pairsOf = (examples: readonly Example[]): readonly (readonly [Sample, Sample])[] =>
  examples.flatMap((e) => e.kind === "pair" ? [[e.chosen, e.rejected] as const] : []);

/** Whether a step group's episode went on with one of its best branches. */
function isBest({ shape, decisions: [decision] }: Group): boolean {
  if (shape !== "step" || decision?.chosen === undefined) return true;
  const rewards = decision.branches.map(({ reward = -Infinity }) => reward);
  return rewards[decision.chosen] === Math.max(...rewards);
}
