import type { Action } from "./action.ts";
import type { Call } from "./call.ts";
import type { Json } from "./json.ts";
import type { Observation } from "./observation.ts";
import type { ScriptedWork } from "./scripted-work.ts";
import type { Verdict } from "./verdict.ts";

/** The part of a task that policies, critics and rewards see. */
export interface Goal {
  /** Exact data: equal ids mean equal tasks. */
  readonly id: string;
  /** What the user asks for, in words. */
  readonly text: string;
  readonly startUrl: string;
  readonly maxSteps: number;
}

/** A goal and what only core, the environment and the grader may see. */
export interface Task {
  /** Exact data, enough to rebuild the task: the same string as `goal.id`. */
  readonly id: string;
  /** Stable across runs and versions of the policy; pairs A with B. */
  readonly key: string;
  readonly goal: Goal;
  /** Name of the site or page family, for reports. */
  readonly site: string;
  /** Name of the task family, for reports. */
  readonly template: string;
  readonly split: string;
  /** Fewest steps known to solve it; the step limit where none are known. */
  readonly optimum: number;
  /** Parameters of the template; the site turns them into a start state, the grader checks them. */
  readonly params: Json;
}

export interface TaskFilter {
  readonly split?: string;
  /** Glob over task keys, `*` only. */
  readonly match?: string;
}

/** Where tasks come from. */
export interface TaskSource {
  readonly splits: readonly string[];
  list(filter: TaskFilter): Promise<readonly Task[]>;
  /** The `index`-th task of a split under a task seed. Pure: equal arguments give equal tasks. */
  draw(o: { readonly split: string; readonly index: number; readonly seed: number }): Task;
  /** The next action of a scripted solution that sees what a user sees; absent when there is none. */
  oracle?(o: { readonly goal: Goal; readonly observation: Observation; readonly depth: number }): Action;
  /** How many tasks a split holds, where they are finite: an evaluation takes no more, so that none counts twice. */
  size?(split: string): number;
  /** What keeps a task from being played or graded, for `halo tasks`; `sites` are the replicas there are. */
  remark?(task: Task, sites: readonly string[]): string | undefined;
  /** The option in which a task of this key is written down: "tasks.2". Undefined where it is written down nowhere. */
  optionOf?(key: string): string | undefined;
  /** Judges by a rule of the source's own, where its tasks come with one; absent, the site's strict predicate decides. */
  readonly grade?: Grade;
  /** Its tasks played by scripts on states, for `halo tasks audit`; absent, the tasks are played on pages. */
  readonly proving?: ProvingGround;
}

/**
 * A rule from outside the site. `report` is what the site's `/finish` page shows, `strict` what the site's own predicate
 * says and what the verdict keeps beside its own. Throws HaloError when the rule cannot be asked: a fault, not a failure.
 */
export type Grade = (
  o: { readonly task: Task; readonly report: Json; readonly strict: Verdict },
  call: Call,
) => Promise<Verdict>;

/** A state that a task's graders are asked about; without `now` they get an empty report. */
export interface GraderQuestion {
  readonly task: Task;
  readonly now?: Json;
}

/** What the graders say, or why they could not be asked. */
export type GraderAnswer =
  | { readonly ok: true; readonly verdict: Verdict }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** A task source played by scripts on states instead of pages, so that its graders can be put to the test. */
export interface ProvingGround {
  /** State in which the task begins. */
  start(task: Task, call: Call): Promise<Json>;
  /** What scripts do for the task; none where nobody wrote one. */
  works(task: Task, call: Call): Promise<readonly ScriptedWork[]>;
  /** Answers in the order of the questions. */
  grade(questions: readonly GraderQuestion[], call: Call): Promise<readonly GraderAnswer[]>;
}
