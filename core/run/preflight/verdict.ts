import type { Pipeline, TrainStage } from "../../config/pipeline.ts";
import { clusteredRate } from "../../stats/clustered.ts";
import { mean } from "../../stats/mean.ts";
import { wilson } from "../../stats/wilson.ts";
import type { Probe } from "./probe.ts";

/** Something that speaks against a training, and what would change it. */
export interface Doubt {
  readonly name:
    | "no_signal"
    | "rare_signal"
    | "few_tasks"
    | "never_paid"
    | "same_action"
    | "solved_already"
    | "unreadable"
    | "starts_from_zero";
  readonly because: string;
  readonly change: string;
}

export interface Rate {
  readonly rate: number;
  readonly ci95: readonly [number, number];
}

/** What a training would cost as its first tasks do; the trainer's updates come on top. */
export interface Expected {
  readonly iterations: number;
  readonly slots: number;
  readonly env_steps: number;
  readonly hours: number;
  readonly usd: number;
}

export interface Preflight {
  /** "learns" without doubts, "stuck" where no group teaches anything. */
  readonly verdict: "learns" | "doubtful" | "stuck";
  readonly live: Rate;
  readonly success: Rate;
  readonly live_groups_per_iteration: number;
  readonly expected: Expected;
  readonly doubts: readonly Doubt[];
}

export interface JudgeOptions {
  readonly pipeline: Pick<Pipeline, "stages">;
  readonly stage: TrainStage;
  /** Folder of the adapter that the policy starts from and the trainer does not. */
  readonly lostAdapter?: string | undefined;
}

/** Tasks of which less than this share has a group that teaches leave most of the split unlearned. */
const fewTasks = 0.25;
/** A template of which fewer tries than this were paid nothing may be paid yet. */
const fewTries = 3;
/** More groups of one action than this: the policy hardly varies. */
const mostSame = 0.5;

/** Whether a training will learn, by what its first tasks were like. */
export function judge(probe: Probe, o: JudgeOptions): Preflight {
  const { groups, live_groups: live } = probe;
  const doubts = doubtsOf(probe, o);
  const stuck = doubts.some(({ name }) => name === "no_signal");
  return {
    verdict: stuck ? "stuck" : doubts.length > 0 ? "doubtful" : "learns",
    live: { rate: groups === 0 ? 0 : live / groups, ci95: wilson(live, groups) },
    success: { rate: mean(probe.success_by_task), ci95: clusteredRate(probe.success_by_task) },
    live_groups_per_iteration: livePerIteration(probe, o.stage),
    expected: expectedOf(probe, o),
    doubts,
  };
}

function doubtsOf(probe: Probe, { stage, lostAdapter }: JudgeOptions): readonly Doubt[] {
  const { groups, live_groups: live, dead, tasks, live_tasks: liveTasks } = probe;
  const doubts: Doubt[] = [];
  const easier =
    "pay steps on the way (milestones of the site's reward), begin with shorter tasks, draw more samples " +
    "(num_generations), or start from an adapter that solves some";
  if (live === 0) {
    const most = wilson(0, groups)[1];
    doubts.push({
      name: "no_signal",
      because: `none of ${groups} groups teaches anything (${causesOf(dead)}); at most ${percent(most)} of all do`,
      change: onlyPassed(dead) ? "choose harder tasks: these are solved already" : easier,
    });
  } else if (livePerIteration(probe, stage) < 1) {
    doubts.push({
      name: "rare_signal",
      because: `${live} of ${groups} groups teach something: less than one in an iteration`,
      change: `${easier}; or explore more a time (tasks_per_iteration, min_groups with max_waves)`,
    });
  }
  if (live > 0 && liveTasks < fewTasks * tasks) {
    doubts.push({
      name: "few_tasks",
      because: `only ${liveTasks} of ${tasks} tasks have a group that teaches something`,
      change: "begin with the tasks that do (a curriculum, max_optimum), and widen them in a later run",
    });
  }
  const never = neverPaid(probe).filter((name) => probe.by_template[name]!.tries >= fewTries);
  if (live > 0 && never.length > 0) {
    doubts.push({
      name: "never_paid",
      because: `no action was paid in any try of ${listed(never)}`,
      change: `${easier}; where other tasks have the same controls, what is learned there may still lead to it`,
    });
  }
  const same = dead["same_action"] ?? 0;
  if (same > mostSame * groups) {
    doubts.push({
      name: "same_action",
      because: `in ${same} of ${groups} groups every sample is the same action`,
      change: "raise the algorithm's temperature, or the trainer's entropy",
    });
  }
  const [low] = clusteredRate(probe.success_by_task);
  if (live > 0 && low > 0.9) {
    const rate = percent(mean(probe.success_by_task));
    doubts.push({
      name: "solved_already",
      because: `the policy solves ${rate} of the tasks before any training`,
      change: "choose harder tasks",
    });
  }
  if (probe.action_validity < 0.5) {
    doubts.push({
      name: "unreadable",
      because: `${percent(probe.action_validity)} of the outputs are valid actions`,
      change: "choose the dialect the model speaks (policy options), or pay for form: shaping with preset: field",
    });
  }
  if (lostAdapter !== undefined) {
    doubts.push({
      name: "starts_from_zero",
      because:
        `the policy starts from the adapter ${lostAdapter}, the trainer from new weights: the first update would ` +
        "throw it away",
      change: "name the adapter in the trainer's options too, or take it out of the policy's",
    });
  }
  return doubts;
}

/** Templates of which no try was paid. */
const neverPaid = ({ by_template }: Probe): readonly string[] =>
  Object.entries(by_template).filter(([, { paid }]) => paid === 0).map(([name]) => name);

/** How many names or rows a line holds. */
const mostListed = 8;

/** Texts in one line: those that are too many are counted. */
export function listed(texts: readonly string[]): string {
  const more = texts.length - mostListed;
  return `${texts.slice(0, mostListed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Groups that teach in an iteration, its waves included. */
const livePerIteration = (probe: Probe, stage: TrainStage): number => livePerWave(probe, stage) * wavesOf(probe, stage);

const livePerWave = ({ live_groups, slots }: Probe, { tasks_per_iteration }: TrainStage): number =>
  live_groups / Math.max(1, slots) * tasks_per_iteration;

/** Waves that an iteration takes until `min_groups` groups teach. */
function wavesOf(probe: Probe, stage: TrainStage): number {
  const { min_groups, max_waves } = stage;
  const aWave = livePerWave(probe, stage);
  return Math.max(1, Math.min(max_waves, aWave === 0 ? max_waves : Math.ceil(min_groups / aWave)));
}

function expectedOf(probe: Probe, { pipeline, stage }: JudgeOptions): Expected {
  const slotsEach = stage.tasks_per_iteration * wavesOf(probe, stage);
  const stepsEach = probe.env_steps / Math.max(1, probe.slots) * slotsEach;
  const bySteps = stage.env_steps === undefined ? Infinity : Math.ceil(stage.env_steps / Math.max(1, stepsEach));
  const iterations = Math.min(stage.iterations ?? Infinity, bySteps);
  const slots = iterations * slotsEach;
  const evaluated = pipeline.stages.reduce((sum, s) => {
    if (s.kind === "evaluate") return sum + s.sample_size * s.episodes_per_task;
    return s.kind === "collect" ? sum + s.sample_size : sum;
  }, 0);
  const seconds = (slots * probe.explore_s + evaluated * probe.episodes_s) / Math.max(1, probe.slots);
  // Single episodes were paid for too: the estimate is what a slot and an episode took together.
  const usd = probe.spent.usd / Math.max(1, probe.slots) * Math.max(slots, evaluated);
  return { iterations, slots, env_steps: Math.round(iterations * stepsEach), hours: seconds / 3600, usd };
}

const onlyPassed = (dead: Probe["dead"]): boolean => Object.keys(dead).join() === "all_passed";

/** "all_failed 12, same_action 3": the causes, the most frequent first. */
export const causesOf = (dead: Probe["dead"]): string =>
  Object.entries(dead).sort(([, a], [, b]) => b - a).map(([cause, n]) => `${cause} ${n}`).join(", ");

const percent = (rate: number): string => `${(100 * rate).toFixed(1)} %`;
