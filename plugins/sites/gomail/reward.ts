import { definePlugin } from "halo-agent";
import type { Element, Observation, RewardFold, RewardShaper, Transition } from "halo-agent";
import { kinds, readGoal } from "./goal.ts";
import type { Wish } from "./goal.ts";
import { readPage } from "./page.ts";
import { milestones } from "./reward/milestones.ts";
import { seen } from "./reward/seen.ts";

const families = kinds;

/** What the gomail reward can be told. */
export interface GoMailRewardOptions {
  readonly scale: number;
  readonly families: readonly string[];
}

/** Milestones on the way to what the goal asks for, each paid once; sees goal text and observations only. */
export default definePlugin({
  kind: "reward",
  name: "gomail",
  summary: "milestones of mail tasks, each paid once per episode and only for what the page shows",
  options: {
    type: "object",
    properties: {
      scale: { type: "number", minimum: 0, default: 1, description: "Factor on every milestone." },
      families: {
        type: "array",
        items: { type: "string", enum: families },
        default: families,
        description: "Kinds of goals that have milestones; the others earn nothing here.",
      },
    },
    additionalProperties: false,
  },
  create: (options) => gomailReward(options),
});

/** The shaper under its options. */
export function gomailReward({ scale, families }: GoMailRewardOptions): RewardShaper {
  return {
    need: {},
    start(goal, first) {
      const wish = readGoal(goal.text);
      if (wish === undefined || !families.includes(wish.kind)) return unpaid;
      // What the first page already shows was not earned.
      const shown = reached(wish, { from: first, to: first }).map((m) => m.name);
      return fold({ wish, scale, paid: new Set(shown) });
    },
  };
}

const unpaid: RewardFold = { next: () => ({ fold: unpaid, terms: [] }) };

function fold(o: { readonly wish: Wish; readonly scale: number; readonly paid: ReadonlySet<string> }): RewardFold {
  const self: RewardFold = {
    next(t) {
      const earned = reached(o.wish, t).filter((m) => !o.paid.has(m.name));
      if (earned.length === 0) return { fold: self, terms: [] };
      const terms = earned.map(({ name, value, evidence }) => ({ name, value: value * o.scale, evidence }));
      return { fold: fold({ ...o, paid: new Set([...o.paid, ...earned.map((m) => m.name)]) }), terms };
    },
  };
  return self;
}

type Step = Pick<Transition, "from" | "to"> & Partial<Pick<Transition, "parsed">>;

/** The milestones this step's pages show, paid before or not. */
function reached(
  wish: Wish,
  step: Step,
): { readonly name: string; readonly value: number; readonly evidence: string }[] {
  const isScroll = step.parsed?.ok === true && step.parsed.action.action === "scroll";
  const look = { wish, from: readPage(step.from), to: readPage(step.to), acted: actedOn(step), isScroll };
  const stages = milestones[wish.kind](wish);
  return stages.flatMap(({ name, value }, i) => {
    const evidence = seen(stages, i, look);
    return evidence === false ? [] : [{ name, value, evidence }];
  });
}

/** The control an action landed on: by id, else the one whose centre is nearest to its place, else the focused one. */
function actedOn({ parsed, from }: Step): Element | undefined {
  if (parsed?.ok !== true) return undefined;
  const { action } = parsed;
  if ("el" in action && action.el !== undefined) return from.elements.find((e) => e.id === action.el);
  if ("at" in action && action.at !== undefined) return nearest(from, action.at);
  return from.elements.find((e) => e.states.includes("focused"));
}

function nearest({ elements }: Observation, [x, y]: readonly [number, number]): Element | undefined {
  let best: Element | undefined;
  let least = Infinity;
  for (const e of elements) {
    const [dx, dy] = [e.centre[0] - x, e.centre[1] - y];
    if (dx * dx + dy * dy < least) [best, least] = [e, dx * dx + dy * dy];
  }
  return best;
}
