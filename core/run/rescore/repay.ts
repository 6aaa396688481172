import { nextPointId } from "../../action/point-id.ts";
import type { Parsed } from "../../domain/action.ts";
import { paymentSum } from "../../domain/payment.ts";
import type { End } from "../../domain/point.ts";
import type { RewardFold, RewardTerm, Transition } from "../../domain/reward.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { isHaloError } from "../../util/errors.ts";
import { firstFold, type WeighedReward, weighedTurn } from "../../world/weighed-reward.ts";
import { lacks, type RecordedPages, type RecordedPoint } from "./recorded-pages.ts";

/** What a recorded step is paid. */
export interface Repaid {
  readonly reward: number;
  readonly terms: readonly RewardTerm[];
  /** Id of the point that it led to. */
  readonly to: string;
}

/** One recorded step: where it was taken, what the policy wrote, and how the episode ended with it. */
export interface RecordedStep {
  readonly at: string;
  readonly parsed: Parsed;
  readonly end: End | undefined;
}

export interface RepayOptions {
  readonly run: RunFolder;
  readonly rewards: readonly WeighedReward[];
}

/**
 * Pays recorded steps as a run would have, in any order in which a step comes after those before it: one fold a reward at
 * each point. Undefined for a step of which a page is not recorded. Throws HALO_RESCORE_LACKS and HALO_REWARD_FAILED.
 */
export function repayer(
  { goal, root, points }: RecordedPages,
  { run, rewards }: RepayOptions,
): (step: RecordedStep) => Repaid | undefined {
  const folds = new Map<string, readonly RewardFold[]>();
  const first = root === undefined ? undefined : points.get(root);
  const paid = new Map<string, Repaid>();
  if (root !== undefined && first) folds.set(root, rewards.map((r) => firstFold(r, goal, first.observation)));

  return ({ at, parsed, end }) => {
    const to = nextPointId(at, parsed);
    // Equal actions were one step, which the first of them was paid for.
    const known = paid.get(to);
    if (known) return known;
    const [before, from, led] = [folds.get(at), points.get(at), points.get(to)];
    if (!before || !from || !led) return undefined;
    const transition = {
      from: from.observation,
      parsed,
      to: led.observation,
      ...(led.error && { error: led.error }),
      ...(end && { stop: end.stop, verdict: end.verdict }),
    };
    const turns = rewards.map((reward, i) => {
      try {
        return weighedTurn(before[i]!, transitionFor(reward, { transition, led, run }), reward);
      } catch (e) {
        // What the record lacks is no fault of the reward that asked for it.
        throw isHaloError(e) && isHaloError(e.cause, "HALO_RESCORE_LACKS") ? e.cause : e;
      }
    });
    folds.set(to, turns.map(({ fold }) => fold));
    const terms = turns.flatMap((turn) => turn.terms);
    const repaid = { reward: paymentSum(terms.map(({ value }) => value)), terms, to };
    paid.set(to, repaid);
    return repaid;
  };
}

/** The transition; where the run did not record whether the action failed, a reward that asks is told so. */
function transitionFor(
  { name }: WeighedReward,
  { transition, led, run }: { readonly transition: Transition; readonly led: RecordedPoint; readonly run: RunFolder },
): Transition {
  if (led.error !== undefined) return transition;
  return {
    ...transition,
    get error(): never {
      throw lacks(run, { reward: name, what: "action errors" });
    },
  };
}
