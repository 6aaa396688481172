import type { Example } from "../domain/batch.ts";
import type { Group } from "../domain/group.ts";
import type { RewardTerm } from "../domain/reward.ts";
import { mean } from "../stats/mean.ts";
import { type AdvantageShift, type GroupShift, groupShift, isShifted, noAdvantages } from "./reward-shift.ts";
import { addOrders, kendallTauB, noSiblings, type SiblingOrder } from "./sibling-order.ts";

/** What steps were paid in a training or an evaluation, before and after. */
export interface LabelShift {
  readonly label: string;
  readonly steps: number;
  readonly mean_reward: readonly [before: number, after: number];
}

/** What a term of a reward paid in all. */
export interface TermShift {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** What other rewards change in a run. */
export interface RescoreView {
  readonly steps: number;
  readonly labels: readonly LabelShift[];
  readonly terms: readonly TermShift[];
  readonly groups: number;
  /** Groups that nothing is learned from, by cause. */
  readonly dead: { readonly before: Causes; readonly after: Causes };
  readonly siblings: SiblingOrder & {
    /** Of the pairs that both rewards tell apart, the share in the other order; absent without any. */
    readonly swapped_share?: number;
    readonly tau_b?: number;
  };
  readonly advantages: AdvantageShift;
  /** Step groups whose episode would have gone on elsewhere. */
  readonly goes_elsewhere: number;
  /** Groups that teach something else, those that changed most first. */
  readonly changed: readonly GroupShift[];
}

type Causes = Readonly<Record<string, number>>;

interface PaidStep {
  readonly reward: number;
  readonly terms: readonly RewardTerm[];
}

/** Adds up a run's groups and episodes as they come. */
export class RescoreSum {
  readonly #credit: (group: Group) => readonly Example[];
  readonly #rewards = new Map<string, { readonly before: number[]; readonly after: number[] }>();
  readonly #terms = new Map<string, { before: number; after: number }>();
  readonly #dead = { before: {} as Record<string, number>, after: {} as Record<string, number> };
  readonly #changed: GroupShift[] = [];
  #groups = 0;
  #elsewhere = 0;
  #siblings = noSiblings;
  #advantages = noAdvantages;

  constructor(credit: (group: Group) => readonly Example[]) {
    this.#credit = credit;
  }

  addSteps(label: string, { before, after }: { readonly [K in "before" | "after"]: readonly PaidStep[] }): void {
    const rewards = this.#rewards.get(label) ?? { before: [], after: [] };
    this.#rewards.set(label, rewards);
    for (const [when, steps] of [["before", before], ["after", after]] as const) {
      for (const { reward, terms } of steps) {
        rewards[when].push(reward);
        for (const { name, value } of terms) {
          const sum = this.#terms.get(name) ?? { before: 0, after: 0 };
          sum[when] += value;
          this.#terms.set(name, sum);
        }
      }
    }
  }

  addGroup(group: { readonly before: Group; readonly after: Group }): void {
    this.addSteps("train", { before: paidIn(group.before), after: paidIn(group.after) });
    const shift = groupShift(group, this.#credit);
    this.#groups++;
    this.#siblings = addOrders(this.#siblings, shift.siblings);
    this.#advantages = addAdvantages(this.#advantages, shift.advantages);
    for (const when of ["before", "after"] as const) {
      const cause = shift.dead[when];
      if (cause !== undefined) this.#dead[when][cause] = (this.#dead[when][cause] ?? 0) + 1;
    }
    if (shift.goesElsewhere) this.#elsewhere++;
    if (isShifted(shift)) this.#changed.push(shift);
  }

  view(): RescoreView {
    const { swapped, kept } = this.#siblings;
    const tau = kendallTauB(this.#siblings);
    const labels = [...this.#rewards].map(([label, { before, after }]): LabelShift => ({
      label,
      steps: before.length,
      mean_reward: [mean(before), mean(after)],
    }));
    return {
      steps: labels.reduce((sum, { steps }) => sum + steps, 0),
      labels,
      terms: [...this.#terms].map(([name, sums]) => ({ name, ...sums })).sort((a, b) => a.name < b.name ? -1 : 1),
      groups: this.#groups,
      dead: this.#dead,
      siblings: {
        ...this.#siblings,
        ...(swapped + kept > 0 && { swapped_share: swapped / (swapped + kept) }),
        ...(tau !== undefined && { tau_b: tau }),
      },
      advantages: this.#advantages,
      goes_elsewhere: this.#elsewhere,
      changed: this.#changed.sort((a, b) => changeOf(b) - changeOf(a)),
    };
  }
}

/** How much of a group is another: a sign that turns weighs more than a tie that is made or broken. */
const changeOf = ({ siblings: { swapped, joined, parted }, advantages: { flipped } }: GroupShift): number =>
  2 * (swapped + flipped) + joined + parted;

/** The steps of a group that were executed. */
const paidIn = ({ decisions }: Group): readonly PaidStep[] =>
  decisions.flatMap(({ branches }) =>
    branches.flatMap(({ reward, terms = [] }) => reward === undefined ? [] : [{ reward, terms }])
  );

const addAdvantages = (a: AdvantageShift, b: AdvantageShift): AdvantageShift => ({
  before: a.before + b.before,
  after: a.after + b.after,
  flipped: a.flipped + b.flipped,
});
