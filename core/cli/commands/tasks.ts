import { resolve } from "node:path";
import { loadPipeline } from "../../config/load.ts";
import type { Task } from "../../domain/task.ts";
import { buildOne, type BuildOptions, buildTasks } from "../../plugin/container.ts";
import { loadPlugin } from "../../plugin/load.ts";
import { requiredOptions } from "../../plugin/options.ts";
import { builtinNames } from "../../plugin/registry.ts";
import { writeWhole } from "../../record/durable.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainText } from "../../util/plain-text.ts";
import type { Flags, RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { tasksFlags } from "../flags.ts";
import type { Io } from "../io.ts";
import { loadOptions } from "../load-options.ts";
import { selectTasks } from "./select-tasks.ts";

/** `halo tasks`: what a task source holds; builds nothing but the source. */
export const tasks: RunCommand<typeof tasksFlags> = async ({ args, flags }, io) => {
  if (args[0] === "fetch") {
    return await (await import("./tasks-fetch.ts")).tasksFetch({ args: args.slice(1), flags }, io);
  }
  if (args[0] === "audit") {
    return await (await import("./tasks-audit.ts")).tasksAudit({ args: args.slice(1), flags }, io);
  }
  const lone = (["from", "to", "others"] as const).find((name) => flags[name] !== undefined);
  if (args.length > 1 || lone !== undefined) {
    const message = lone === undefined
      ? `expected one pipeline, got ${args.join(" ")}`
      : `--${lone} is for halo tasks ${lone === "others" ? "audit" : "fetch"}`;
    throw new HaloError("HALO_CLI_USAGE", message, { hint: "halo tasks --help" });
  }
  const opened = await open(args[0], flags, io);
  try {
    const found = await selectTasks(opened.source, flags);
    const shown = found.slice(0, flags.limit ?? found.length);
    if (flags.save !== undefined) {
      await saveTasks(shown, { file: flags.save, asked: [args[0] ?? flags.source!, flags], io });
    }
    const remarkOf = (task: Task): string | undefined => opened.source.remark?.(task, builtinNames("site"));
    if (flags.json) {
      for (const task of shown) {
        const remark = remarkOf(task);
        io.out(JSON.stringify({ type: "task", ...task, ...(remark !== undefined && { remark }) }));
      }
    } else for (const task of shown) io.out(lineOf(task, remarkOf(task)));
    if (flags.json) {
      io.out(JSON.stringify({ type: "done", ok: true, exit: exitCodes.done, shown: shown.length, of: found.length }));
    } else {io.err(
        `${shown.length === found.length ? found.length : `${shown.length} of ${found.length}`} tasks; splits: ${
          opened.source.splits.join(", ")
        }`,
      );}
    return exitCodes.done;
  } finally {
    await opened.close();
  }
};

interface Saving {
  readonly file: string;
  readonly asked: readonly [what: string, flags: Flags<typeof tasksFlags>];
  readonly io: Io;
}

/** Writes each key once, with where they are from. */
async function saveTasks(tasks: readonly Task[], { file, asked: [what, flags], io }: Saving): Promise<void> {
  const { split, match, limit } = flags;
  const said = [
    what,
    ...Object.entries({ split, match, limit }).flatMap(([name, v]) => v === undefined ? [] : `${name} ${v}`),
  ];
  const list = { criterion: `halo tasks: ${said.join(", ")}`, tasks: [...new Set(tasks.map(({ key }) => key))] };
  await writeWhole(resolve(io.cwd, file), `${JSON.stringify(list, undefined, 2)}\n`);
  io.err(`wrote ${list.tasks.length} keys to ${file}`);
}

async function open(file: string | undefined, flags: Flags<typeof tasksFlags>, io: Io) {
  if ((file === undefined) === (flags.source === undefined)) {
    throw new HaloError("HALO_CLI_USAGE", "expected either a pipeline or --source", { hint: "halo tasks --help" });
  }
  const o: BuildOptions = { log: io.log, signal: io.signal, packageRoot: packageRoot() };
  if (file !== undefined) {
    const pipeline = await loadPipeline(file, loadOptions(flags, io));
    const built = await buildTasks(pipeline, o);
    return { source: built.tasks, close: () => built.close() };
  }
  const plugin = await loadPlugin({ kind: "tasks", use: flags.source!, from: io.cwd });
  const options = {};
  const missing = requiredOptions(plugin, options);
  if (missing.length > 0) {
    throw new HaloError("HALO_OPTION_MISSING", `the task source "${flags.source}" needs ${missing.join(", ")}`, {
      hint: `name a pipeline that sets ${missing.length > 1 ? "them" : "it"} instead of --source`,
    });
  }
  const built = await buildOne({ kind: "tasks", plugin, options, path: "tasks" }, { ...o, seed: 0 });
  return { source: built.instance, close: () => built.close() };
}

function lineOf(task: Task, remark: string | undefined): string {
  // A source that does not know the fewest steps gives the limit.
  const atMost = task.optimum === task.goal.maxSteps ? "at most " : "";
  const about = `${task.split}, ${atMost}${task.optimum} steps${remark === undefined ? "" : `, ${remark}`}`;
  return plainText(`${task.key}  [${about}]  ${task.goal.text}`).replaceAll("\n", " ");
}
