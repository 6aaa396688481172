import type { RewardFold, RewardShaper, Transition } from "../domain/reward.ts";
import { familyOf, type SiteDefinition } from "./definition.ts";
import type { SiteTypes } from "./family.ts";
import { type Milestone, reachedBy } from "./milestone.ts";
import { actedOn } from "./page-view.ts";
import { readGoal } from "./wish.ts";

/** What the reward of a site can be told. */
export interface MilestoneRewardOptions {
  readonly scale: number;
  /** Families that have milestones; goals of the others earn nothing. */
  readonly families: readonly string[];
}

/** The options of a site's reward plugin. */
export function rewardOptions<T extends SiteTypes>({ families }: SiteDefinition<T>) {
  const names = families.map(({ name }) => name);
  return {
    type: "object",
    properties: {
      scale: { type: "number", minimum: 0, default: 1, description: "Factor on every milestone." },
      families: {
        type: "array",
        items: { type: "string", enum: names },
        default: names,
        description: "Kinds of goals that have milestones; the others earn nothing here.",
      },
    },
    additionalProperties: false,
  } as const;
}

/** Milestones on the way to what a goal asks for, each paid once; sees goal text and observations only. */
export function milestoneReward<T extends SiteTypes>(
  site: SiteDefinition<T>,
  { scale, families }: MilestoneRewardOptions,
): RewardShaper {
  return {
    need: {},
    start(goal, first) {
      const wish = readGoal(site.readers, goal.text);
      if (wish === undefined || !families.includes(wish.kind)) return unpaid;
      const milestones = familyOf(site, wish.kind).milestones(wish);
      const reached = (step: Step): readonly Reached[] => reachedIn(site, milestones, step);
      // What the first page already shows was not earned.
      const shown = reached({ from: first, to: first }).map(({ name }) => name);
      return fold({ reached, scale, paid: new Set(shown) });
    },
  };
}

type Step = Pick<Transition, "from" | "to"> & Partial<Pick<Transition, "parsed">>;

interface Reached {
  readonly name: string;
  readonly value: number;
  readonly evidence: string;
}

const unpaid: RewardFold = { next: () => ({ fold: unpaid, terms: [] }) };

function fold(o: {
  readonly reached: (step: Step) => readonly Reached[];
  readonly scale: number;
  readonly paid: ReadonlySet<string>;
}): RewardFold {
  const self: RewardFold = {
    next(step) {
      const earned = o.reached(step).filter(({ name }) => !o.paid.has(name));
      if (earned.length === 0) return { fold: self, terms: [] };
      const terms = earned.map(({ name, value, evidence }) => ({ name, value: value * o.scale, evidence }));
      return { fold: fold({ ...o, paid: new Set([...o.paid, ...earned.map(({ name }) => name)]) }), terms };
    },
  };
  return self;
}

/** The milestones this step's pages show, paid before or not. */
function reachedIn<T extends SiteTypes>(
  site: SiteDefinition<T>,
  milestones: readonly Milestone<T["page"]>[],
  step: Step,
): readonly Reached[] {
  const isScroll = step.parsed?.ok === true && step.parsed.action.action === "scroll";
  const look = { from: site.page(step.from), to: site.page(step.to), acted: actedOn(step), isScroll };
  return milestones.flatMap(({ name, value }, i) => {
    const evidence = reachedBy(milestones, i, look);
    return evidence === false ? [] : [{ name, value, evidence }];
  });
}
