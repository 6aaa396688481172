/** How an episode ended; `ended`: the page ended it, unachieved. Infrastructure failures are not here: see `Fault`. */
export type StopReason =
  | "solved"
  | "declared"
  | "gave_up"
  | "ended"
  | "max_steps"
  | "loop"
  | "invalid_action"
  | "timeout";

/** Whether the task is achieved, and by whose rule. */
export interface Verdict {
  readonly success: boolean;
  /** The rule that decided, for example "gomail/star". */
  readonly by: string;
  /** One clause: what was found or what is missing. */
  readonly reason: string;
  /** The site's own stricter verdict, where a rule from outside decided. */
  readonly strict?: Omit<Verdict, "strict">;
}

/** An infrastructure failure. Never a reward: the branch is marked, retried with the same keys, then the run stops. */
export interface Fault {
  readonly kind: "environment" | "policy" | "critic" | "reward" | "fork_divergence" | "cancelled";
  readonly code: string;
  readonly message: string;
}
