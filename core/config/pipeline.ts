import type { Json } from "../domain/json.ts";
import type { Mode } from "../domain/sample.ts";
import type { PluginKind } from "../plugin/kinds.ts";
import type { Plugin } from "../plugin/define.ts";

/** One resolved `use:` with its loaded plugin; `options` passed the plugin's schema, defaults filled in, nested plugins still `PluginUse`. */
export interface PluginUse {
  readonly kind: PluginKind;
  /** As written: a built-in name, a relative path or an npm package. */
  readonly use: string;
  readonly plugin: Plugin;
  readonly options: Readonly<Record<string, unknown>>;
  /** Where it stands in the pipeline, for messages: "algorithm", "rewards.0", "environment.options.site". */
  readonly path: string;
}

/** Which tasks a stage uses. */
export interface TaskChoice {
  readonly split: string;
  /** Seed of the task draw, apart from the run's seed so that runs with other seeds meet equal tasks. */
  readonly task_seed: number;
  /** Glob over task keys, `*` only. */
  readonly tasks?: string;
}

export interface EvaluateStage extends TaskChoice {
  readonly kind: "evaluate";
  readonly label: string;
  /** Number of tasks. */
  readonly sample_size: number;
  readonly episodes_per_task: number;
  readonly decoding: Extract<Mode, "greedy" | "sample">;
  /** Of sampled decoding; 1 when absent. */
  readonly temperature?: number;
  /** The run ends with 5 when the evaluation misses one of these. */
  readonly gate?: {
    readonly min_success_rate?: number;
    /** Lower end of the rate's 95 % interval. */
    readonly min_ci_low?: number;
  };
}

export interface CollectStage extends TaskChoice {
  readonly kind: "collect";
  readonly label: string;
  readonly sample_size: number;
}

export interface TrainStage extends Omit<TaskChoice, "tasks"> {
  readonly kind: "train";
  /** The stage ends after so many iterations… */
  readonly iterations?: number;
  /** …or with the iteration that reaches so many environment steps, whichever comes first; one of both is given. */
  readonly env_steps?: number;
  /** Episode slots of a wave. */
  readonly tasks_per_iteration: number;
  /** While fewer groups than this carry gradient, another wave is explored… */
  readonly min_groups: number;
  /** …but never more waves than this. */
  readonly max_waves: number;
}

export interface CompareStage {
  readonly kind: "compare";
  /** Labels of two evaluate stages; `a` is the baseline. */
  readonly a: string;
  readonly b: string;
  /** The run ends with 5 when the comparison misses one of these. */
  readonly gate?: {
    /** Success rate of `b` minus that of `a`. */
    readonly min_delta?: number;
    readonly max_p?: number;
  };
}

export type Stage = EvaluateStage | CollectStage | TrainStage | CompareStage;

/** A whole pipeline, resolved and valid: every layer merged, every plugin loaded, every option checked. */
export interface Pipeline {
  readonly name: string;
  readonly seed: number;
  /** Environment steps in flight at once, over all task slots. Never changes what is learned. */
  readonly concurrency: number;
  /** Folder for run folders, relative to the working directory. */
  readonly runs_dir: string;
  readonly limits: {
    /** How often a faulty step or episode is retried with the same keys. */
    readonly fault_retries: number;
    /** Visits of one state key on one path that end an episode as `loop`; 0 = never. */
    readonly loop: number;
    /** Invalid outputs in a row that end an episode as `invalid_action`; 0 = never. */
    readonly invalid: number;
    /** Seconds one environment call may take. */
    readonly step_timeout_s: number;
    /** Seconds one policy call may take. */
    readonly policy_timeout_s: number;
    /** Seconds one call to the trainer, or adopting its weights, may take. */
    readonly train_timeout_s: number;
    /** Seconds that making a plugin, or its readiness, may take. */
    readonly start_timeout_s: number;
    /** Seconds without a sign of life of the process, after which it is ended: some code runs on and on. */
    readonly stall_timeout_s: number;
    /** Share of a stage's tasks that may fault for good and be set aside before the run stops; 0 = none. */
    readonly faulty_tasks: number;
    /** Environment steps after which no further iteration starts: the run stops (exit 6); 0 = none. */
    readonly env_steps: number;
    /** Tokens of paid models after which the run stops (exit 6); 0 = none. */
    readonly tokens: number;
    /** US dollars for paid models after which the run stops (exit 6); 0 = none. */
    readonly usd: number;
  };
  /** What a run keeps of the pages that its policy met, for looking at; nothing is learned from it. */
  readonly record: {
    /** Controls and page states of every point that was reached, so that it can be shown again. */
    readonly pages: "all" | "evaluations" | "none";
    /** Screenshots, also where neither policy nor rewards look at them: each costs time. */
    readonly screens: "all" | "evaluations" | "none";
    /** Megabytes of pages after which no more are kept. */
    readonly max_mb: number;
  };
  readonly tasks: PluginUse;
  readonly environment: PluginUse;
  readonly policy: PluginUse;
  readonly rewards: readonly (PluginUse & { readonly weight: number })[];
  readonly algorithm?: PluginUse;
  readonly trainer?: PluginUse;
  readonly critic?: PluginUse;
  readonly curriculum?: PluginUse;
  /** What is told how the run goes; absent where nothing is. Nothing is learned from it. */
  readonly trackers?: readonly PluginUse[];
  readonly stages: readonly Stage[];
  /** Two or more variants of this pipeline, each whole; a run of it runs them and compares them instead. The first is the baseline. */
  readonly arms?: readonly { readonly name: string; readonly pipeline: Pipeline }[];
  /** The merged document as plain JSON, secrets as references, plugin paths relative to `base`: what a run folder keeps and a resume reads. */
  readonly document: Json;
  /** Absolute folder that relative `use:` paths in `document` start from. */
  readonly base: string;
  /** Non-fatal findings of the cross-checks, ready to print. */
  readonly warnings: readonly string[];
}
