import type { Json, Task } from "halo-agent";
import { detailedDiff } from "deep-object-diff";
import { differences } from "./official/differences.ts";
import { slicesOf } from "./official/slices.ts";
import type { GoMailState } from "./state/state.ts";

/** What the hosted site is told before a task begins; it shows up in its report. */
export interface SiteConfig {
  readonly run_id: string;
  readonly task_id: string;
  readonly latency: number;
  readonly removePopup: boolean;
}

export interface Finished {
  /** State in which the task began. */
  readonly initial: GoMailState;
  readonly final: GoMailState;
  /** What was done, oldest first; each with the site's time. */
  readonly history: readonly Json[];
  readonly config: SiteConfig;
}

/** Id of the REAL task that a task stands for, "v2.gomail-1"; undefined for our own. */
export function realId({ params }: Task): string | undefined {
  return (params as { readonly real?: string }).real;
}

/** The configuration of a page that nobody configured. */
export function defaultConfig(taskId: string): SiteConfig {
  return { run_id: "0", task_id: taskId, latency: 0, removePopup: true };
}

/**
 * What `/finish` shows: the history, the configuration, the mails that differ, and the difference of the two states as
 * deep-object-diff's `detailedDiff` writes it. Never a whole state: scripts would find seed mails in it. Pure.
 */
export function finishReport({ initial, final, history, config }: Finished): Json {
  const site = { gomail: { ...config } };
  // Only the final side carries the configuration, so that it counts as added.
  const diff = detailedDiff(slicesOf(initial), { ...slicesOf(final), config: site });
  return plain({
    actionhistory: history,
    config: site,
    differences: { emails: differences(initial, final) },
    initialfinaldiff: diff,
  });
}

/** The value as JSON holds it: what is undefined is gone. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
