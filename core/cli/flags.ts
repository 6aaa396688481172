import type { Flag } from "./command.ts";

/** Flags of every command that reads a pipeline. */
export const pipelineFlags = [
  { name: "set", value: "path=value", isList: true, summary: "change one value, e.g. policy.options.x=2 (repeat)" },
  { name: "profile", value: "name", isList: true, summary: "apply an entry of `profiles:` (repeat)" },
  { name: "mode", value: "name", summary: "apply configs/modes/<name>.yaml" },
  { name: "overlay", value: "file", isList: true, summary: "lay another YAML file over the pipeline (repeat)" },
] as const satisfies readonly Flag[];

export const jsonFlag = { name: "json", summary: "print JSON lines on stdout" } as const satisfies Flag;

export const checkFlags = [
  ...pipelineFlags,
  { name: "print", summary: "show the resolved pipeline and where each value came from" },
  jsonFlag,
] as const satisfies readonly Flag[];

export const pluginsFlags = [jsonFlag] as const satisfies readonly Flag[];

export const tasksFlags = [
  ...pipelineFlags,
  { name: "source", value: "plugin", summary: "a task source instead of a pipeline, e.g. gomail or ./my-tasks.ts" },
  { name: "split", value: "name", summary: "only this split" },
  { name: "match", value: "glob", summary: "only keys that match, `*` stands for anything" },
  { name: "limit", value: "n", isNumber: true, summary: "at most so many tasks" },
  jsonFlag,
] as const satisfies readonly Flag[];

export const doctorFlags = [jsonFlag] as const satisfies readonly Flag[];

/** Where the runs are, for commands that look at them. */
const runsDirFlag = {
  name: "runs-dir",
  value: "folder",
  summary: "folder of run folders (default: runs)",
} as const satisfies Flag;

export const runFlags = [
  ...pipelineFlags,
  { name: "seed", value: "n", isNumber: true, summary: "the run's seed, as --set seed=n" },
  { name: "resume", value: "run", summary: "continue a stopped run: path, id, prefix of an id, or latest" },
  runsDirFlag,
  { name: "quiet", summary: "print the result only" },
  jsonFlag,
] as const satisfies readonly Flag[];

export const compareFlags = [runsDirFlag, jsonFlag] as const satisfies readonly Flag[];

export const runsFlags = [
  { name: "episode", value: "id", summary: "print the steps of one episode" },
  { name: "group", value: "id", summary: "print the candidates of one group, e.g. i1.s0.0" },
  runsDirFlag,
  jsonFlag,
] as const satisfies readonly Flag[];
