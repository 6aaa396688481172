import { buildChecked } from "../../config/build-checked.ts";
import { nondeterministicParts } from "../../config/crosscheck.ts";
import { originOf } from "../../config/load.ts";
import type { Pipeline, PluginUse, Stage, TrainStage } from "../../config/pipeline.ts";
import { usePlaces } from "../../config/schemas.ts";
import type { Task, TaskSource } from "../../domain/task.ts";
import type { Built } from "../../plugin/container.ts";
import { chooseTasks } from "../../run/evaluate/choose-tasks.ts";
import { labelOf } from "../../run/pipeline.ts";
import { packageRoot } from "../../util/package-root.ts";
import { plainLine } from "../../util/plain-text.ts";
import { exitCodes } from "../exit.ts";
import type { Io } from "../io.ts";

/** One stage as it would run. Steps are upper bounds: an episode ends when its task is solved. */
interface StagePlan {
  readonly kind: Stage["kind"];
  readonly label: string;
  /**
   * Keys in the order of the draw; of a train stage the first wave's of every iteration it may have, at most 64. None where
   * a curriculum draws: what it draws depends on what the run finds.
   */
  readonly tasks: readonly string[];
  readonly templates: Readonly<Record<string, number>>;
  readonly episodes?: number;
  /** Tasks a train stage explores, as its waves need. */
  readonly slots?: { readonly min: number; readonly max: number };
  readonly max_steps?: number;
  readonly env_steps?: number;
  readonly samples?: number;
  readonly gate?: object;
}

interface RunPlan {
  readonly name: string;
  readonly arm?: string;
  readonly seed: number;
  readonly reproducible: boolean;
  readonly plugins: readonly {
    readonly place: string;
    readonly plugin: string;
    readonly use: string;
    readonly at: string;
    readonly weight?: number;
  }[];
  readonly stages: readonly StagePlan[];
  readonly limits: Pipeline["limits"];
  readonly warnings: readonly string[];
}

/** `halo run --dry-run`: what a run of this pipeline would be. Plugins are created and closed; nothing starts, nothing is written. */
export async function dryRun(pipeline: Pipeline, { isJson, io }: { readonly isJson: boolean; readonly io: Io }) {
  const all = pipeline.arms ?? [{ name: undefined, pipeline }];
  for (const { name, pipeline: one } of all) {
    const { built, warnings } = await buildChecked(one, { log: io.log, signal: io.signal, packageRoot: packageRoot() });
    try {
      const plan = await planOf(one, { built, warnings, ...(name !== undefined && { arm: name }) });
      if (isJson) io.out(JSON.stringify({ type: "plan", ...plan }));
      else for (const line of linesOf(plan)) io.out(plainLine(line));
    } finally {
      await built.close();
    }
  }
  if (isJson) io.out(JSON.stringify({ type: "done", ok: true, exit: exitCodes.done }));
  else io.err("nothing was started, nothing was written");
  return exitCodes.done;
}

async function planOf(
  pipeline: Pipeline,
  { built, warnings, arm }: { readonly built: Built; readonly warnings: readonly string[]; readonly arm?: string },
): Promise<RunPlan> {
  const { name, seed, limits } = pipeline;
  const places = usePlaces.flatMap((place) => pipeline[place] ?? []);
  const used = (use: PluginUse) => {
    const at = originOf(pipeline, use.path);
    return {
      place: use.path,
      plugin: `${use.kind}/${use.plugin.name}`,
      use: use.use,
      at: at ? `${at.source.name}:${at.line}` : "",
    };
  };
  const stages: StagePlan[] = [];
  let drawn = 0;
  for (const stage of pipeline.stages) {
    stages.push(await stageOf(stage, { built, drawn }));
    if (stage.kind === "train") drawn += (stage.iterations ?? 0) * stage.tasks_per_iteration;
  }
  return {
    name,
    ...(arm !== undefined && { arm }),
    seed,
    reproducible: nondeterministicParts(built).length === 0,
    plugins: [
      ...places.map(used),
      ...pipeline.rewards.map((r) => ({ ...used(r), weight: r.weight })),
      ...(pipeline.trackers ?? []).map(used),
    ],
    stages,
    limits,
    warnings,
  };
}

async function stageOf(stage: Stage, o: { readonly built: Built; readonly drawn: number }): Promise<StagePlan> {
  const { tasks, algorithm, curriculum } = o.built;
  const head = { kind: stage.kind, label: labelOf(stage) };
  switch (stage.kind) {
    case "evaluate":
    case "collect": {
      const chosen = await chooseTasks(tasks, stage);
      const each = stage.kind === "evaluate" ? stage.episodes_per_task : 1;
      const episodes = chosen.length * each;
      const gate = stage.kind === "evaluate" && stage.gate ? { gate: stage.gate } : {};
      return {
        ...head,
        ...tasksAndTemplates(chosen),
        episodes,
        max_steps: each * stepsOf(chosen),
        ...gate,
      };
    }
    case "train": {
      const first = curriculum ? [] : trainTasks(tasks, stage, o.drawn);
      const slots = stage.iterations === undefined ? undefined : stage.iterations * stage.tasks_per_iteration;
      return {
        ...head,
        ...tasksAndTemplates(first),
        ...(slots !== undefined && { slots: { min: slots, max: slots * stage.max_waves } }),
        ...(stage.env_steps !== undefined && { env_steps: stage.env_steps }),
        ...(algorithm && { samples: algorithm.numGenerations }),
      };
    }
    case "compare":
      return { ...head, tasks: [], templates: {}, ...(stage.gate && { gate: stage.gate }) };
  }
}

/** The first tasks a train stage draws when no wave has to be refilled. */
function trainTasks(tasks: TaskSource, stage: TrainStage, drawn: number): readonly Task[] {
  const wanted = Math.min(64, (stage.iterations ?? 16) * stage.tasks_per_iteration);
  return Array.from(
    { length: wanted },
    (_, i) => tasks.draw({ split: stage.split, index: drawn + i, seed: stage.task_seed }),
  );
}

function tasksAndTemplates(tasks: readonly Task[]) {
  const templates: Record<string, number> = {};
  for (const { template } of tasks) templates[template] = (templates[template] ?? 0) + 1;
  return { tasks: tasks.map((task) => task.key), templates };
}

const stepsOf = (tasks: readonly Task[]): number => tasks.reduce((sum, task) => sum + task.goal.maxSteps, 0);

function linesOf({ name, arm, seed, reproducible, plugins, stages, limits, warnings }: RunPlan): readonly string[] {
  const width = Math.max(...plugins.map((p) => p.place.length));
  const wide = Math.max(...plugins.map((p) => p.plugin.length));
  const title = `${name}${arm === undefined ? "" : `, arm ${arm}`}  seed ${seed}, ${
    reproducible ? "reproducible" : "not reproducible"
  }`;
  return [
    title,
    ...plugins.map(({ place, plugin, at, weight }) =>
      `  ${place.padEnd(width)}  ${plugin.padEnd(wide)}  ${at}${weight === undefined ? "" : `, weight ${weight}`}`
    ),
    ...stages.flatMap((stage, i) => stageLines(stage, i + 1)),
    `  limits  ${Object.entries(limits).map(([key, value]) => `${key} ${value}`).join(", ")}`,
    ...warnings.map((warning) => `  warning  ${warning}`),
  ];
}

function stageLines(stage: StagePlan, n: number): readonly string[] {
  const { kind, label, tasks, templates, episodes, slots, max_steps, env_steps, samples, gate } = stage;
  const facts = [
    ...episodes === undefined ? [] : [`${episodes} episodes`],
    ...slots === undefined ? [] : [`${slots.min}${slots.max > slots.min ? ` to ${slots.max}` : ""} task slots`],
    ...max_steps === undefined ? [] : [`at most ${max_steps} steps`],
    ...env_steps === undefined ? [] : [`ends with the iteration that reaches ${env_steps} steps`],
    ...samples === undefined ? [] : [`${samples} samples a decision`],
    ...gate === undefined ? [] : [`gate ${Object.entries(gate).map(([key, value]) => `${key} ${value}`).join(", ")}`],
  ];
  const counts = Object.entries(templates).sort(([a], [b]) => a < b ? -1 : 1).map(([t, count]) => `${t} ${count}`);
  return [
    `  ${n}. ${kind} ${label}${facts.length === 0 ? "" : `: ${facts.join(", ")}`}`,
    ...tasks.length === 0 ? [] : [
      `     ${kind === "train" ? "first tasks" : "tasks"}: ${counts.join(", ")}`,
      `     ${tasks.slice(0, 3).join(", ")}${tasks.length > 3 ? ", …" : ""}`,
    ],
  ];
}
