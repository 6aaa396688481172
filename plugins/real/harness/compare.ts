import type { InsideEpisode, Json, Task, ToldStep } from "halo-agent";
import { canonicalJson } from "halo-agent/kit";

/** What the harness's record says of a task. */
export interface HarnessRecord {
  readonly cum_reward: number | null;
  readonly n_steps: number | null;
  /** Why the episode broke, if it did. */
  readonly err_msg: string | null;
  readonly elapsed_time: number | null;
  readonly exp_dir: string | null;
  /** What `/finish` showed at the end; absent where the harness did not ask for it. */
  readonly report?: Json;
}

/** One task in both loops. */
export interface Compared {
  readonly task: string;
  /** 1 or 0 in the harness; absent for an episode that broke, which is no score. */
  readonly reward?: number;
  readonly steps: number;
  /** First line of what broke the episode. */
  readonly broke?: string;
  readonly own?: {
    readonly success: boolean;
    readonly strict?: boolean;
    readonly stop: string;
    readonly steps: number;
  };
  /** First step at which the loops saw or did something else, from 0; absent when there is none. */
  readonly parts_at?: number;
  /** True when the graders of both got another report; absent where the harness asked for none. */
  readonly has_other_report?: boolean;
  /** Verdict, every step and the report are the same; absent without a loop of ours beside it. */
  readonly isEqual?: boolean;
}

export interface Played {
  readonly task: Task;
  readonly record: HarnessRecord | undefined;
  readonly steps: readonly ToldStep[] | undefined;
  readonly own: InsideEpisode | undefined;
}

/** Lays an episode of the harness beside the same one in halo's own loop. */
export function compared({ task, record, steps = [], own }: Played): Compared {
  const error = record === undefined ? "no record" : record.err_msg ?? undefined;
  const reward = error === undefined ? record?.cum_reward ?? 0 : undefined;
  const theirs = {
    task: task.key,
    ...(reward !== undefined && { reward }),
    steps: steps.length,
    ...(error !== undefined && { broke: lastLine(error) }),
  };
  if (own === undefined) return theirs;
  const { verdict: { success, strict }, stop, report } = own;
  const at = partsAt(steps, own.steps);
  const reports = [record?.report, report].map(plainReport);
  const isOther = reports.includes(undefined) ? undefined : reports[0] !== reports[1];
  return {
    ...theirs,
    own: { success, ...(strict && { strict: strict.success }), stop, steps: own.steps.length },
    ...(at !== undefined && { parts_at: at }),
    ...(isOther !== undefined && { has_other_report: isOther }),
    isEqual: at === undefined && isOther !== true && reward === (success ? 1 : 0),
  };
}

/** A report as one text: a hosted site's comes as the text that it shows. */
function plainReport(report: Json | undefined): string | undefined {
  if (report === undefined) return undefined;
  return canonicalJson(typeof report === "string" ? JSON.parse(report) : report);
}

function partsAt(a: readonly ToldStep[], b: readonly ToldStep[]): number | undefined {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i)
    .find((i) => a[i]?.stateKey !== b[i]?.stateKey || a[i]?.action !== b[i]?.action);
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1)!.slice(0, 160);

/** The table for people. */
export function linesOf(rows: readonly Compared[]): readonly string[] {
  const head = ["task", "agisdk", "steps", "halo", "strict", "steps", "same"];
  const cells = rows.map(({ task, reward, steps, broke, own, parts_at, has_other_report, isEqual }) => [
    task,
    reward === undefined ? `broke: ${broke}` : String(reward),
    String(steps),
    own === undefined ? "-" : own.success ? "1" : `0 (${own.stop})`,
    own?.strict === undefined ? "-" : own.strict ? "1" : "0",
    own === undefined ? "-" : String(own.steps),
    isEqual === undefined
      ? "-"
      : isEqual
      ? "yes"
      : parts_at !== undefined
      ? `parts at step ${parts_at}`
      : has_other_report
      ? "other report"
      : "other verdict",
  ]);
  const all = [head, ...cells];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  return all.map((row) => row.map((cell, i) => cell.padEnd(widths[i]!)).join("  ").trimEnd());
}
