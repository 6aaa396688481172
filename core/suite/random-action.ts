import type { Action } from "../domain/action.ts";
import type { Observation } from "../domain/observation.ts";
import type { Rng } from "../domain/rng.ts";

/** Any control, any field with a few words, a scroll or a key. */
export function randomAction({ elements }: Observation, rng: Rng): Action {
  const pick = <T>(from: readonly T[]): T => from[rng.int(from.length)]!;
  const kind = rng.int(10);
  if (kind === 0 || elements.length === 0) return { action: "scroll", dy: pick([200, 600, -300]) };
  if (kind === 1) return { action: "key", keys: [pick(["Tab", "Escape", "Enter", "ArrowDown"])] };
  const element = pick(elements);
  if (!element.states.includes("editable")) return { action: "click", el: element.id };
  return {
    action: "type",
    el: element.id,
    text: pick(["budget", "ana", "See you at noon, Ana", "Zażółć 東京 😀"]),
    clear: rng.int(2) === 0,
    submit: rng.int(3) === 0,
  };
}
