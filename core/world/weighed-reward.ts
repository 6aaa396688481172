import type { Call } from "../domain/call.ts";
import type { Observation } from "../domain/observation.ts";
import type { RewardFold, RewardShaper, RewardTerm, Transition } from "../domain/reward.ts";
import type { Goal } from "../domain/task.ts";
import { HaloError } from "../util/errors.ts";

/** A reward of the pipeline under the name its terms carry. */
export interface WeighedReward {
  readonly name: string;
  readonly weight: number;
  readonly shaper: RewardShaper;
}

/** The reward's state at the first page. Throws HALO_REWARD_FAILED when it throws or makes none. */
export function firstFold({ name, shaper }: WeighedReward, goal: Goal, first: Observation): RewardFold {
  let fold;
  try {
    fold = shaper.start(goal, first);
  } catch (cause) {
    throw failed(name, `threw ${thrown(cause)} from \`start\``, cause);
  }
  if (typeof fold?.next === "function") return fold;
  throw failed(name, "returned something else than a fold from `start`");
}

/** The fold that can pay for the step, after it has asked what it must. Throws HALO_REWARD_FAILED for what is no fold. */
export async function prepared(
  fold: RewardFold,
  { t, name, call }: { readonly t: Transition; readonly name: string; readonly call: Call },
): Promise<RewardFold> {
  const ready = await fold.prepare?.(t, call) ?? fold;
  if (typeof ready.next === "function") return ready;
  throw failed(name, "returned something else than a fold from `prepare`");
}

/** What a reward says of a step, each term named after its plugin and weighed. Throws HALO_REWARD_FAILED for anything but finite numbers. */
export function weighedTurn(
  fold: RewardFold,
  t: Transition,
  { name, weight }: Pick<WeighedReward, "name" | "weight">,
): { readonly fold: RewardFold; readonly terms: readonly RewardTerm[] } {
  const turn = nextTurn(fold, t, name);
  const terms = turn.terms.map((term) => {
    const value = typeof term.value === "number" ? term.value * weight : NaN;
    if (Number.isFinite(value)) return { ...term, name: `${name}/${term.name}`, value };
    const paid = typeof term.value === "number" ? String(term.value) : JSON.stringify(term.value);
    const weighed = Number.isFinite(term.value) ? `, ${value} with its weight ${weight}` : "";
    throw failed(name, `paid ${paid}${weighed} for "${term.name}", expected a finite number`);
  });
  const sum = terms.reduce((total, { value }) => total + value, 0);
  if (!Number.isFinite(sum)) throw failed(name, `paid terms whose sum is ${sum}, expected a finite number`);
  return { fold: turn.fold, terms };
}

function nextTurn(fold: RewardFold, t: Transition, name: string): ReturnType<RewardFold["next"]> {
  let turn;
  try {
    turn = fold.next(t);
  } catch (cause) {
    throw failed(name, `threw ${thrown(cause)}`, cause);
  }
  if (Array.isArray(turn?.terms) && typeof turn.fold?.next === "function") return turn;
  throw failed(name, "returned something else than { fold, terms } from `next`");
}

const thrown = (cause: unknown) => cause instanceof Error ? cause.stack?.split("\n", 2).join("") : String(cause);

const failed = (name: string, what: string, cause?: unknown) =>
  new HaloError("HALO_REWARD_FAILED", `the reward "${name}" ${what}`, {
    cause,
    hint:
      "mend the plugin, then continue: halo run --resume latest; `checkReward` of halo-agent/testing finds such mistakes",
  });
