import type { Call } from "../../domain/call.ts";
import { paymentSum } from "../../domain/payment.ts";
import type { RewardFold, Transition } from "../../domain/reward.ts";
import { clusteredRate } from "../../stats/clustered.ts";
import { mean } from "../../stats/mean.ts";
import { firstFold, prepared, type WeighedReward, weighedTurn } from "../../world/weighed-reward.ts";
import type { RecordedTrack } from "./recorded-tracks.ts";

/** How often a reward puts a step on the right side of its siblings. */
export interface Agreement {
  readonly tracks: number;
  /** Points where siblings differ in what is known of them. */
  readonly points: number;
  readonly transitions: number;
  readonly agree: number;
  /** Steps that were paid as much as their siblings on average: no side at all. */
  readonly undecided: number;
  readonly rate: number;
  /** The steps of a point are one cluster. */
  readonly ci95: readonly [low: number, high: number];
}

/**
 * Pays for recorded steps and compares the sign of each step's advantage, reward minus the mean of its siblings, with that
 * of the known order: a right step, after which the fewest steps are left, is above its siblings, any other below. Asks
 * for one step after another.
 */
export async function agreementOf(
  rewards: readonly WeighedReward[],
  { tracks, call }: { readonly tracks: readonly RecordedTrack[]; readonly call: Call },
): Promise<Agreement> {
  const points: { readonly right: readonly boolean[]; readonly undecided: number }[] = [];
  for (const track of tracks) {
    let folds: readonly RewardFold[] = rewards.map((r) => firstFold(r, track.goal, track.first));
    let from = track.first;
    for (const { candidates, taken } of track.points) {
      const paid: Paid[] = [];
      for (const { action, to } of candidates) {
        paid.push(await pay({ rewards, folds }, { from, to, parsed: { ok: true, action, repairs: 0 } }, call));
      }
      const least = Math.min(...candidates.map(({ left }) => left));
      const known = advantages(candidates.map(({ left }) => left === least ? 1 : 0));
      const got = advantages(paid.map(({ reward }) => reward));
      const told = [...known.keys()].filter((i) => known[i] !== 0);
      if (told.length > 0) {
        const right = told.map((i) => Math.sign(got[i]!) === Math.sign(known[i]!));
        points.push({ right, undecided: told.filter((i) => got[i] === 0).length });
      }
      folds = paid[taken]!.folds;
      from = candidates[taken]!.to;
    }
  }
  const all = points.flatMap(({ right }) => right);
  const agree = all.filter(Boolean).length;
  return {
    tracks: tracks.length,
    points: points.length,
    transitions: all.length,
    agree,
    undecided: points.reduce((sum, { undecided }) => sum + undecided, 0),
    rate: agree / Math.max(1, all.length),
    ci95: clusteredRate(points.map(({ right }) => mean(right.map(Number)))),
  };
}

interface Paid {
  readonly reward: number;
  readonly folds: readonly RewardFold[];
}

async function pay(
  { rewards, folds }: { readonly rewards: readonly WeighedReward[]; readonly folds: readonly RewardFold[] },
  step: Transition,
  call: Call,
): Promise<Paid> {
  const next: RewardFold[] = [];
  const values: number[] = [];
  for (const [i, fold] of folds.entries()) {
    const reward = rewards[i]!;
    const turn = weighedTurn(await prepared(fold, { t: step, name: reward.name, call }), step, reward);
    next.push(turn.fold);
    for (const { value } of turn.terms) values.push(value);
  }
  return { reward: paymentSum(values), folds: next };
}

/** Differences from the mean; what is nothing but rounding is 0. */
function advantages(values: readonly number[]): readonly number[] {
  const middle = mean(values);
  return values.map((value) => Math.abs(value - middle) < 1e-9 ? 0 : value - middle);
}
