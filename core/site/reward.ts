import type { RewardFold, RewardShaper, Transition, Understood } from "../domain/reward.ts";
import type { Course } from "./course.ts";
import type { SiteDefinition } from "./definition.ts";
import type { SiteTypes } from "./family.ts";
import { type GoalPlan, planOf } from "./goal-plan.ts";
import { actedOn, type Look } from "./page-view.ts";

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

/** Milestones on the way to what a goal asks for, each paid once; sees the goal and observations only. */
export function milestoneReward<T extends SiteTypes>(
  site: SiteDefinition<T>,
  { scale, families }: MilestoneRewardOptions,
): RewardShaper {
  return {
    need: {},
    explain: (goal) => understood(planOf(site, goal), site.goals?.aliases),
    start(goal, first) {
      if (isElsewhere(goal.startUrl, site.host)) return unpaid;
      const plan = planOf(site, goal);
      if (plan === undefined || plan.errands.some(({ kind }) => isLeftOut(site, kind, families))) return unpaid;
      // What the first page already shows was not earned.
      const look = lookOf(site, { from: first, to: first });
      const { course, reached } = plan.course.next(look);
      return fold({ site, course, scale, paid: new Set(reached.map(({ name }) => name)) });
    },
  };
}

/** The hosts that replicas stand at. */
const replicaHosts = /\.halo\.test$/;

/** True for a goal that begins on the replica of another site: where several sites are played, its own reward pays for it. */
function isElsewhere(startUrl: string, host: string): boolean {
  const start = URL.canParse(startUrl) ? new URL(startUrl).hostname : "";
  return start !== host && replicaHosts.test(start);
}

/** True for a family's kind that is not among those to pay; kinds that no family has are paid with the others. */
function isLeftOut<T extends SiteTypes>(site: SiteDefinition<T>, kind: string, families: readonly string[]): boolean {
  return !families.includes(kind) && site.families.some(({ name }) => name === kind);
}

function understood(plan: GoalPlan | undefined, aliases: Readonly<Record<string, string>> = {}): Understood {
  if (plan === undefined) return { by: "general", errands: [], because: ["no word of it is known"], milestones: [] };
  const { layer, errands, because, course } = plan;
  const milestones = course.milestones.map(({ name, value }) => ({ name, value }));
  return {
    by: layer,
    errands: errands.map(({ kind, objects }) => {
      const alias = aliases[kind];
      return { kind, ...(alias !== undefined && { alias }), objects: { ...objects } };
    }),
    because,
    milestones,
  };
}

type Step = Pick<Transition, "from" | "to"> & Partial<Pick<Transition, "parsed">>;

const unpaid: RewardFold = { next: () => ({ fold: unpaid, terms: [] }) };

interface Paying<T extends SiteTypes> {
  readonly site: SiteDefinition<T>;
  readonly course: Course<T["page"]>;
  readonly scale: number;
  readonly paid: ReadonlySet<string>;
}

function fold<T extends SiteTypes>(o: Paying<T>): RewardFold {
  return {
    next(step) {
      const { course, reached } = o.course.next(lookOf(o.site, step));
      const earned = reached.filter(({ name }) => !o.paid.has(name));
      const terms = earned.map(({ name, value, evidence }) => ({ name, value: value * o.scale, evidence }));
      return { fold: fold({ ...o, course, paid: new Set([...o.paid, ...earned.map(({ name }) => name)]) }), terms };
    },
  };
}

/** A step as the site's page reader sees it. */
function lookOf<T extends SiteTypes>(site: SiteDefinition<T>, step: Step): Look<T["page"]> {
  const isScroll = step.parsed?.ok === true && step.parsed.action.action === "scroll";
  return { from: site.page(step.from), to: site.page(step.to), acted: actedOn(step), isScroll };
}
