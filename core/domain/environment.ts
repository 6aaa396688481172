import type { Action, ActionError } from "./action.ts";
import type { Call, Closable } from "./call.ts";
import type { Json } from "./json.ts";
import type { Need, Observation } from "./observation.ts";
import type { Grade, Task } from "./task.ts";
import type { Verdict } from "./verdict.ts";

/** Named facts about a page; two equal fingerprints mean "indistinguishable by looking and by acting". */
export type Fingerprint = Readonly<Record<string, string>>;

/** Data that lets core stand again at a point; outlives pages. */
export interface Mark {
  readonly task: Task;
  readonly seed: number;
  /** Actions that led here, with the places they really hit. */
  readonly actions: readonly ResolvedAction[];
  readonly fingerprint: Fingerprint;
  /** Whatever the environment needs to stand here again: site state, pointer, focus, caret, scroll. */
  readonly state?: Json;
}

/** An action with the pixel it landed on, so that replay does not depend on element ids. */
export interface ResolvedAction {
  readonly action: Action;
  /** CSS pixels. */
  readonly point?: readonly [xPx: number, yPx: number];
  readonly fingerprint: Fingerprint;
}

export interface StepOutcome {
  readonly observation: Observation;
  readonly error?: ActionError;
  /** Name and role of the element the action landed on. */
  readonly target?: { readonly role: string; readonly name: string };
  /** The environment saw the task solved and its `stop` option says to end then. */
  readonly solved: boolean;
  /** The page ended the episode without success: nothing that follows counts. */
  readonly over?: boolean;
  /** Milliseconds, for the cost report; never learned from. */
  readonly cost: { readonly actMs: number; readonly settleMs: number; readonly observeMs: number };
}

/** One attempt at a task; single use. Seen by core only. */
export interface Episode extends Closable {
  /** What the page itself asks for, where the task's text does not say it: the goal of all points of the episode. */
  readonly asked?: string | undefined;
  observe(o: Call & { readonly need: Need }): Promise<Observation>;
  step(action: Action, o: Call & { readonly need: Need }): Promise<StepOutcome>;
  mark(o: Call): Promise<Mark>;
  verdict(o: Call): Promise<Verdict>;
}

/** Makes episodes. */
export interface Environment extends Closable {
  readonly forking: "native" | "replay" | "none";
  readonly sideEffects: "none" | "server";
  readonly deterministic: boolean;
  /** Episodes that may be open at once. */
  readonly capacity: number;
  /**
   * Throws HaloError for a task that cannot be played here, as far as that can be known before its page is open: `halo check`
   * asks. `isGraded`: the task source has a rule of its own.
   */
  checkTask?(task: Task, o: { readonly isGraded: boolean }): void;
  /** What it noticed that may be a mistake in these tasks, by their keys; asked after an evaluation that solved none. */
  doubts?(keys: readonly string[]): readonly string[];
  /** `grade` is the task source's own rule, if it has one; it decides the episode's verdict. */
  open(task: Task, o: Call & { readonly seed: number; readonly grade?: Grade }): Promise<Episode>;
  /** One verified fork; throws `ForkDivergence` with the differing fields otherwise. */
  fork(mark: Mark, o: Call & { readonly grade?: Grade }): Promise<Episode>;
}
