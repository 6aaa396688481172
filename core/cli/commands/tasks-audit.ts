import { loadPipeline } from "../../config/load.ts";
import type { Closable } from "../../domain/call.ts";
import type { Task, TaskSource } from "../../domain/task.ts";
import { buildEnvironment, type BuildOptions, buildTasks } from "../../plugin/container.ts";
import type { AuditRow } from "../../report/audit-row.ts";
import { audit } from "../../run/audit/audit.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainLine } from "../../util/plain-text.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { tasksFlags } from "../flags.ts";
import { loadOptions } from "../load-options.ts";
import { auditLines, auditSummary } from "../report/audit-table.ts";
import { selectTasks } from "./select-tasks.ts";

/**
 * `halo tasks audit PIPELINE`: which graders pass what they should not. Exit 5 when one does or refuses its solution, 4 when one
 * could not be asked.
 */
export const tasksAudit: RunCommand<typeof tasksFlags> = async ({ args, flags }, io) => {
  const file = fileOf(args, flags);
  const pipeline = await loadPipeline(file, { ...loadOptions(flags, io), mayLackSecrets: true });
  const o: BuildOptions = { log: io.log, signal: io.signal, packageRoot: packageRoot() };
  const { limits, concurrency } = pipeline;
  const built: Closable[] = [];
  try {
    const source = await buildTasks(pipeline, o);
    built.push(source);
    const tasks = await chosen(source.tasks, flags);
    const rows = await audit({
      source: source.tasks,
      tasks,
      async environment() {
        const opened = await buildEnvironment(pipeline, o);
        built.push(opened);
        return opened.environment;
      },
      others: flags.others,
      limitMs: limits.step_timeout_s * 1000,
      retries: limits.fault_retries,
      concurrency,
      signal: io.signal,
      onSite: (site, n) => io.err(`${n} tasks of ${site} audited`),
    });
    const exit = exitOf(rows);
    if (flags.json) {
      for (const row of rows) io.out(JSON.stringify({ type: "audit", ...row }));
      io.out(JSON.stringify({ type: "done", ok: exit === exitCodes.done, exit, tasks: rows.length }));
    } else {
      for (const line of auditLines(rows)) io.out(plainLine(line));
      io.err(auditSummary(rows));
    }
    return exit;
  } finally {
    for (const one of built.reverse()) await one.close();
  }
};

function fileOf([file, ...more]: readonly string[], flags: Flags<typeof tasksFlags>): string {
  const lone = (["source", "from", "to"] as const).find((name) => flags[name] !== undefined);
  if (lone !== undefined) throw usage(`halo tasks audit takes no --${lone}`);
  if (file === undefined) throw usage("expected a pipeline to audit");
  if (more.length > 0) throw usage(`expected one pipeline, got ${[file, ...more].join(" ")}`);
  return file;
}

function usage(message: string): HaloError {
  return new HaloError("HALO_CLI_USAGE", message, { hint: "halo tasks --help" });
}

/** The tasks asked for, each once: a source may hold the same task in several splits. */
async function chosen(source: TaskSource, flags: Flags<typeof tasksFlags>): Promise<readonly Task[]> {
  const found = await selectTasks(source, flags);
  const tasks = [...new Map(found.map((task) => [task.key, task])).values()].slice(0, flags.limit ?? found.length);
  if (tasks.length > 0) return tasks;
  throw new HaloError("HALO_TASKS_EMPTY", "no task fits", { hint: "halo tasks PIPELINE lists them" });
}

function exitOf(rows: readonly AuditRow[]): number {
  if (rows.some(({ findings }) => findings.length > 0)) return exitCodes.gate;
  return rows.some(({ faults }) => faults.length > 0) ? exitCodes.faults : exitCodes.done;
}
