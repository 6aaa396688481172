import type { Json } from "./json.ts";
import type { ActionError } from "./action.ts";
import type { Closable } from "./call.ts";
import type { Need, Observation } from "./observation.ts";
import type { Sample } from "./sample.ts";
import type { Site } from "./site.ts";
import type { Task, TaskFilter } from "./task.ts";
import type { StopReason, Verdict } from "./verdict.ts";

/** One flag of a command that a plugin brings; without `value` it is a switch. */
export interface BroughtFlag {
  readonly name: string;
  /** Names what follows the flag. */
  readonly value?: string;
  readonly isList?: true;
  readonly isNumber?: true;
  readonly summary: string;
}

/** A command that a plugin adds to halo. Flags that read a pipeline, and `--json`, are added to its own. */
export interface BroughtCommand {
  readonly name: string;
  /** `<required>`, `[optional]` or `[...many]`, as help shows them. */
  readonly args: string;
  readonly summary: string;
  readonly flags: readonly BroughtFlag[];
  readonly examples?: readonly string[];
  /** The plugin whose error codes its errors have. */
  readonly plugin: { readonly kind: "tasks"; readonly use: string };
  /** Imports the implementation; it returns the exit status. */
  readonly load: () => Promise<(input: BroughtInput, kit: CommandKit) => Promise<number>>;
}

export interface BroughtInput {
  readonly args: readonly string[];
  /** By written name: `flags["max-steps"]`. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/** What halo lends to a command that a plugin brings. */
export interface CommandKit {
  /** A line of the result. */
  out(line: string): void;
  /** A line for people. */
  err(line: string): void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Absolute folder of halo's own package. */
  readonly packageRoot: string;
  /** Builds a pipeline, with the command's own flags laid over it, to play its policy in a harness outside halo. */
  open(file: string, o: { readonly mode: string; readonly flags: BroughtInput["flags"] }): Promise<OutsideRun>;
}

/** A pipeline whose policy plays outside halo. */
export interface OutsideRun extends Closable {
  /** Name of the environment. */
  readonly environment: string;
  /** Names what is played: the policy, and its adapter where it has one. */
  readonly policy: string;
  readonly need: Need;
  /** Seconds one draw may take. */
  readonly policyTimeoutS: number;
  tasks(filter: TaskFilter): Promise<readonly Task[]>;
  /** The replica site that the environment serves, with the options it has there; undefined where it serves none. Closed with the run. */
  site(): Promise<Site | undefined>;
  /** An episode whose pages somebody else shows. */
  outside(task: Task): OutsideEpisode;
  /** The same episode in halo's own loop: equal pages get equal draws. */
  inside(task: Task): Promise<InsideEpisode>;
}

/** An episode in somebody else's browser. */
export interface OutsideEpisode {
  /** The policy's next output for a page. `before` is what became of the last action. */
  next(
    seen: Observation,
    before?: { readonly target?: { readonly role: string; readonly name: string }; readonly error?: ActionError },
  ): Promise<Sample>;
}

/** One step as both loops can tell it. */
export interface ToldStep {
  readonly stateKey: string;
  /** Canonical form of the action, or the code of an output that is none. */
  readonly action: string;
}

/** An episode in halo's own loop. */
export interface InsideEpisode {
  readonly steps: readonly ToldStep[];
  readonly stop: StopReason;
  readonly verdict: Verdict;
  /** What the last verdict was made from, where the task source grades by a site's report. */
  readonly report?: Json;
}
