import type { RewardFold, RewardShaper, RewardTerm, Transition } from "../domain/reward.ts";
import { HaloError } from "../util/errors.ts";

/** A reward of the pipeline under the name its terms carry. */
export interface WeighedReward {
  readonly name: string;
  readonly weight: number;
  readonly shaper: RewardShaper;
}

/** What a reward says of a step, each term named after its plugin and weighed. Throws HALO_REWARD_FAILED for anything but finite numbers. */
export function weighedTurn(
  fold: RewardFold,
  t: Transition,
  { name, weight }: Pick<WeighedReward, "name" | "weight">,
): { readonly fold: RewardFold; readonly terms: readonly RewardTerm[] } {
  const turn = nextTurn(fold, t, name);
  const terms = turn.terms.map((term) => {
    if (Number.isFinite(term.value)) return { ...term, name: `${name}/${term.name}`, value: term.value * weight };
    const value = typeof term.value === "number" ? String(term.value) : JSON.stringify(term.value);
    throw failed(name, `paid ${value} for "${term.name}", expected a finite number`);
  });
  return { fold: turn.fold, terms };
}

function nextTurn(fold: RewardFold, t: Transition, name: string): ReturnType<RewardFold["next"]> {
  let turn;
  try {
    turn = fold.next(t);
  } catch (cause) {
    throw failed(name, `threw ${cause instanceof Error ? cause.stack?.split("\n", 2).join("") : String(cause)}`, cause);
  }
  if (Array.isArray(turn?.terms) && typeof turn.fold?.next === "function") return turn;
  throw failed(name, "returned something else than { fold, terms } from `next`");
}

const failed = (name: string, what: string, cause?: unknown) =>
  new HaloError("HALO_REWARD_FAILED", `the reward "${name}" ${what}`, {
    cause,
    hint:
      "mend the plugin, then continue: halo run --resume latest; `checkReward` of halo-agent/testing finds such mistakes",
  });
