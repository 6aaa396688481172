import type { Spending } from "../domain/budget.ts";
import type { PairedTable } from "../stats/newcombe.ts";
import type { ArmRate, PairedComparison } from "../stats/paired.ts";
import { fileFormat } from "./file-format.ts";
import {
  count,
  flag,
  list,
  mapOf,
  nullable,
  number,
  object,
  oneOf,
  optional,
  pair,
  type Shape,
  text,
  variants,
} from "./shape.ts";
import { spendingShape } from "./spending.ts";

/** The adapter that a policy starts from, as evaluations name it. */
export interface StartingAdapter {
  /** Its folder, from the working directory when it lies inside. */
  readonly dir: string;
  /** What the COMMIT of the run that published it holds; absent where the folder cannot be read. */
  readonly sha256?: string;
}

/** Success of one evaluation: Wilson 95 % interval over episodes. */
export interface Evaluation {
  readonly label: string;
  readonly decoding: "greedy" | "sample";
  /** Of sampled decoding, where it is not 1. */
  readonly temperature?: number;
  /** Number of training batches behind the policy in this run. */
  readonly policy_version: number;
  /** What version 0 is, where it is not the untrained policy. */
  readonly adapter?: StartingAdapter;
  readonly n: number;
  readonly successes: number;
  readonly success_rate: number;
  readonly ci95: readonly [number, number];
  /** Episodes that faulted for good and are in none of these numbers; absent when there are none. */
  readonly set_aside?: SetAside;
  readonly mean_reward: number;
  readonly episode_length: number;
  readonly by_template: Readonly<Record<string, { readonly n: number; readonly successes: number }>>;
}

/** Episodes of an evaluation that could not be played. */
export interface SetAside {
  readonly n: number;
  /** The success rate if all of them had failed, and if all had succeeded. */
  readonly bounds: readonly [number, number];
  /** Keys of their tasks, sorted. */
  readonly tasks: readonly string[];
}

/** One committed training iteration. */
export interface IterationReport {
  readonly iteration: number;
  /** Last iteration of the stage, when it is given. */
  readonly of?: number;
  /** Environment steps of the stage so far, when it ends by them. */
  readonly budget?: { readonly done: number; readonly of: number };
  readonly env_steps: number;
  /** Named `area/name` or by the field's own term; a value that was not finite reads null. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** Groups without gradient by cause. */
  readonly dead: Readonly<Record<string, number>>;
}

export interface Comparison extends Omit<PairedComparison, "flipped"> {
  readonly label_a: string;
  readonly label_b: string;
  /** Tasks that only one side met and that were left out; absent when there are none. */
  readonly unpaired?: { readonly a: number; readonly b: number };
  /** Folders of the runs, when they are two. */
  readonly run_a?: string;
  readonly run_b?: string;
  /** Tasks whose outcome (mean over episodes) differs, with the ids of their episodes. */
  readonly flipped: readonly FlippedTask[];
}

type FlippedTask = PairedComparison["flipped"][number] & {
  readonly episodes_a: readonly string[];
  readonly episodes_b: readonly string[];
};

/** A limit that a stage sets to its result. */
export interface Gate {
  /** What it is about: "after.min_success_rate". */
  readonly name: string;
  readonly ok: boolean;
  readonly limit: number;
  readonly value: number;
}

/** One arm of an A/B run. */
export interface ArmReport {
  readonly name: string;
  /** Its own run folder. */
  readonly run: string;
  readonly env_steps: number;
  readonly train_s: number;
  readonly frac_reward_zero_std: number;
  readonly spent?: Spending;
}

/** How a run ended. `ok` is true for exit status 0. */
export interface Done {
  readonly ok: boolean;
  readonly exit: number;
  readonly run: string;
  readonly wall_s: number;
  readonly train_s: number;
  readonly env_steps: number;
  readonly frac_reward_zero_std: number;
  /** On paid models, by all attempts of the run; absent when there was nothing to pay. */
  readonly spent?: Spending;
  readonly evaluations: readonly Evaluation[];
  readonly comparisons: readonly Comparison[];
  readonly gates: readonly Gate[];
  readonly arms?: readonly ArmReport[];
  readonly error?: {
    readonly code: string;
    readonly message: string;
    /** What mends it, where going on as it is would fail again. */
    readonly hint?: string;
  };
}

/** Everything a run reports: the lines of events.jsonl and of `--json`. */
export type RunEvent = {
  readonly [K in keyof Events]: {
    readonly type: K;
    /** The arm an A/B run passes this event on from. */
    readonly arm?: string;
  } & Events[K];
}[keyof Events];

interface Events {
  readonly launch: {
    readonly run: string;
    readonly name: string;
    readonly seed: number;
    readonly resumed: boolean;
    /** Absent for an A/B run: each of its arms says so itself. */
    readonly reproducible?: boolean;
    readonly arms?: readonly string[];
  };
  readonly arm: { readonly name: string; readonly index: number; readonly of: number; readonly run: string };
  readonly stage: { readonly index: number; readonly of: number; readonly kind: string; readonly label: string };
  readonly episode: { readonly label: string; readonly done: number; readonly of: number; readonly successes: number };
  readonly slot: { readonly iteration: number; readonly done: number; readonly of: number };
  readonly iteration: IterationReport;
  readonly evaluation: Evaluation;
  readonly comparison: Comparison;
  readonly warning: { readonly message: string };
  readonly done: Done;
}

/** A line of events.jsonl. */
export type RecordedEvent = RunEvent & { readonly ts: string };

type EventShape<K extends RunEvent["type"]> = Shape<
  Omit<Extract<RecordedEvent, { readonly type: K }>, "type">
>;

const evaluation = {
  label: text,
  decoding: oneOf<Evaluation["decoding"]>({ greedy: true, sample: true }),
  temperature: optional(number),
  policy_version: count,
  adapter: optional(object<StartingAdapter>({ dir: text, sha256: optional(text) })),
  n: count,
  successes: count,
  success_rate: number,
  ci95: pair(number),
  set_aside: optional(object<SetAside>({ n: count, bounds: pair(number), tasks: list(text) })),
  mean_reward: number,
  episode_length: number,
  by_template: mapOf(object<{ readonly n: number; readonly successes: number }>({ n: count, successes: count })),
};

const armRate: Shape<ArmRate> = object<ArmRate>({ rate: number, ci95: pair(number) });

const comparison = {
  n: count,
  a: armRate,
  b: armRate,
  delta: number,
  ci95: pair(number),
  p: number,
  test: oneOf<Comparison["test"]>({ "mcnemar mid-p": true, "sign-flip permutation": true }),
  p_exact: optional(number),
  table: optional(object<PairedTable>({ both: count, a_only: count, b_only: count, neither: count })),
  detectable: number,
  verdict: text,
  label_a: text,
  label_b: text,
  unpaired: optional(object<NonNullable<Comparison["unpaired"]>>({ a: count, b: count })),
  run_a: optional(text),
  run_b: optional(text),
  flipped: list(object<FlippedTask>({
    key: text,
    a: number,
    b: number,
    episodes_a: list(text),
    episodes_b: list(text),
  })),
};

const gate: Shape<Gate> = object<Gate>({ name: text, ok: flag, limit: number, value: number });

const armReport: Shape<ArmReport> = object<ArmReport>({
  name: text,
  run: text,
  env_steps: count,
  train_s: number,
  frac_reward_zero_std: number,
  spent: optional(spendingShape),
});

/** What every event has besides its own properties. */
const common = { ts: text, arm: optional(text) };

const shapes: { readonly [K in RunEvent["type"]]: EventShape<K> } = {
  launch: object({
    ...common,
    run: text,
    name: text,
    seed: number,
    resumed: flag,
    reproducible: optional(flag),
    arms: optional(list(text)),
  }),
  arm: object({ ...common, name: text, index: count, of: count, run: text }),
  stage: object({ ...common, index: count, of: count, kind: text, label: text }),
  episode: object({ ...common, label: text, done: count, of: count, successes: count }),
  slot: object({ ...common, iteration: count, done: count, of: count }),
  iteration: object({
    ...common,
    iteration: count,
    of: optional(count),
    budget: optional(object<NonNullable<IterationReport["budget"]>>({ done: count, of: count })),
    env_steps: count,
    metrics: mapOf(nullable(number)),
    dead: mapOf(count),
  }),
  evaluation: object({ ...common, ...evaluation }),
  comparison: object({ ...common, ...comparison }),
  warning: object({ ...common, message: text }),
  done: object({
    ...common,
    ok: flag,
    exit: count,
    run: text,
    wall_s: number,
    train_s: number,
    env_steps: count,
    frac_reward_zero_std: number,
    spent: optional(spendingShape),
    evaluations: list(object<Evaluation>(evaluation)),
    comparisons: list(object<Comparison>(comparison)),
    gates: list(gate),
    arms: optional(list(armReport)),
    error: optional(object<NonNullable<Done["error"]>>({ code: text, message: text, hint: optional(text) })),
  }),
};

export const eventFormat = fileFormat<RecordedEvent>("halo.events/1", variants<RecordedEvent, "type">("type", shapes));
