import type { Call } from "../../domain/call.ts";
import type { Environment } from "../../domain/environment.ts";
import type { Task, TaskSource } from "../../domain/task.ts";
import { type Audited, type AuditRow, auditRow } from "../../report/audit-row.ts";
import { othersOf } from "./others.ts";
import { played } from "./played.ts";
import { proved } from "./proved.ts";

export interface AuditOptions extends Call {
  readonly source: TaskSource;
  readonly tasks: readonly Task[];
  /** Opened only where tasks have to be played on pages. */
  readonly environment: () => Promise<Environment>;
  /** How many other tasks' solutions each grader is asked about; 20 on states and 1 on pages when absent. */
  readonly others?: number | undefined;
  readonly limitMs: number;
  readonly retries: number;
  readonly concurrency: number;
  /** Told of each site whose tasks are through, and of how many there are. */
  readonly onSite?: (site: string, n: number) => void;
}

/**
 * Puts the graders of tasks to the test: they should pass the scripted solution and neither the untouched state, nor an empty
 * report, wrong work, or the solution of another task. Played on states where the source can, else on pages.
 */
export async function audit(o: AuditOptions): Promise<readonly AuditRow[]> {
  const { source, tasks, signal } = o;
  const rows = new Map<Task, readonly Audited[]>();
  const environment = source.proving ? undefined : await o.environment();
  for (const site of new Set(tasks.map((task) => task.site))) {
    const ofSite = tasks.filter((task) => task.site === site);
    const found = source.proving
      ? await proved(source.proving, { tasks: ofSite, others: othersOf(o.others ?? 20) }, { signal })
      : await played({ ...o, tasks: ofSite, environment: environment!, others: othersOf(o.others ?? 1) });
    for (const [task, audited] of found) rows.set(task, audited);
    o.onSite?.(site, ofSite.length);
  }
  return tasks.map((task) => auditRow(task.key, rows.get(task)!));
}
