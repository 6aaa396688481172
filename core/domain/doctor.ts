import type { Json } from "./json.ts";

/** What one check of this machine found; `remedy` says what to do when it is not ok. */
export interface CheckResult {
  readonly status: "ok" | "warn" | "fail";
  readonly text: string;
  readonly remedy?: string;
}

/** What a check may touch. */
export interface CheckContext {
  /** Variables of the environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the user stops, and at the limit of the check. */
  readonly signal: AbortSignal;
}

/** One thing that `halo doctor` looks at. */
export interface DoctorCheck {
  /** At most 11 characters, for the column it is printed in. */
  readonly name: string;
  /** What it throws counts as failed. */
  run(o: CheckContext): Promise<CheckResult>;
}

/**
 * How `halo doctor --gpu` goes once around the training loop with a policy or trainer: what makes it small, and what to look
 * at first. The model that both share lies in `model` below `dir`; one of them writes it there in its checks.
 */
export interface Rehearsal<Options> {
  /** Environment and options under which its service starts quickly, on `port`, with all it writes below `dir`. */
  setUp(o: { readonly dir: string; readonly port: number; readonly hasGpu: boolean }): {
    readonly env: Readonly<Record<string, string>>;
    /** By path below `options`: "serve.device". */
    readonly options: Readonly<Record<string, Json>>;
  };
  /** What comes before its service starts, in this order, with the options that `setUp` led to. */
  checks?(options: Options, o: { readonly dir: string; readonly packageRoot: string }): readonly DoctorCheck[];
}
