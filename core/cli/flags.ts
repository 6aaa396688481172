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
  { name: "save", value: "file", summary: "also write their keys to a file that can be given back as `list`" },
  { name: "from", value: "path", summary: "fetch: the downloaded file or its unpacked folder instead of a download" },
  { name: "to", value: "folder", summary: "fetch: where to unpack (default: halo's cache)" },
  {
    name: "others",
    value: "n",
    isNumber: true,
    summary: "audit: solutions of how many other tasks each grader is asked about (default: 20; 1 on pages)",
  },
  jsonFlag,
] as const satisfies readonly Flag[];

export const rewardsFlags = [
  {
    name: "site",
    value: "name",
    summary: "the site whose reward reads the goals (with --task: the task's site)",
  },
  { name: "task", value: "id", summary: "explain: id of the task that the goal belongs to" },
  { name: "all", summary: "coverage: a line for every goal, not only for those that are wrong or not understood" },
  {
    name: "reward",
    value: "name",
    summary: "check-judge: that reward of the pipeline (default: those that ask a model)",
  },
  { name: "recorded", value: "file", summary: "check-judge: other recorded steps than those that come with halo" },
  {
    name: "min",
    value: "share",
    summary: "check-judge: end with 5 when fewer steps are on the right side (default: 0.85)",
  },
  ...pipelineFlags,
  jsonFlag,
] as const satisfies readonly Flag[];

export const doctorFlags = [
  ...pipelineFlags,
  { name: "gpu", summary: "also serve, sample, update, publish and adopt with a small random model" },
  jsonFlag,
] as const satisfies readonly Flag[];

/** Where a command that serves pages answers. */
const portFlag = {
  name: "port",
  value: "n",
  isNumber: true,
  summary: "port on 127.0.0.1 (default: any free one)",
} as const satisfies Flag;

/** Where the runs are, for commands that look at them. */
const runsDirFlag = {
  name: "runs-dir",
  value: "folder",
  summary: "folder of run folders (default: runs)",
} as const satisfies Flag;

export const runFlags = [
  ...pipelineFlags,
  { name: "seed", value: "n", isNumber: true, summary: "the run's seed, as --set seed=n" },
  { name: "dry-run", summary: "print what would run: plugins, tasks, episodes, limits; writes and starts nothing" },
  { name: "resume", value: "run", summary: "continue a stopped run: path, id, prefix of an id, or latest" },
  {
    name: "from-iteration",
    value: "n",
    isNumber: true,
    summary: "with --resume: go back to this committed iteration, 0 is the beginning",
  },
  { name: "accept-changes", summary: "with --resume: go on although plugins or adapters have changed, and record it" },
  runsDirFlag,
  { name: "quiet", summary: "print the result only" },
  jsonFlag,
] as const satisfies readonly Flag[];

export const serveFlags = [
  ...pipelineFlags,
  { name: "only", value: "name", isList: true, summary: "start only this service (repeat)" },
  { name: "logs", value: "folder", summary: "folder of their logs (default: runs/services)" },
  jsonFlag,
] as const satisfies readonly Flag[];

export const siteFlags = [
  portFlag,
  { name: "task", value: "glob", summary: "start as the first drawn task whose key matches, and print its goal" },
  { name: "seed", value: "n", isNumber: true, summary: "seed of the task draw (default: 0)" },
  { name: "scramble", value: "n", isNumber: true, summary: "rename every id and class of the page by this seed" },
  {
    name: "task-file",
    value: "file",
    summary: "start as the task of this file, which halo export --format harbor writes",
  },
  {
    name: "verdict",
    value: "file",
    summary:
      "keep what is done when a page is loaded again, and write here after each change whether the task is achieved",
  },
  {
    name: "host",
    value: "address",
    summary: "address to listen on instead of 127.0.0.1, for a container's own network",
  },
  jsonFlag,
] as const satisfies readonly Flag[];

export const temperatureFlags = [
  ...pipelineFlags,
  { name: "from", value: "run", summary: "play with the policy this run learned last: path, id, prefix or latest" },
  { name: "split", value: "name", summary: "split of the task (default: eval)" },
  { name: "task", value: "glob", summary: "the first task whose key matches (default: the first of the draw)" },
  { name: "temperature", value: "list", summary: "temperatures, 0 is greedy (default: 0,0.5,1,1.5)" },
  { name: "n", value: "n", isNumber: true, summary: "episodes at each temperature (default: 4)" },
  { name: "seed", value: "n", isNumber: true, summary: "seed of the draws, equal at every temperature (default: 0)" },
  { name: "expect-change", summary: "end with 5 when no episode changes with the temperature" },
  { name: "save", value: "file", summary: "keep the pages of the first episode as a fixture for halo-agent/testing" },
  runsDirFlag,
  jsonFlag,
] as const satisfies readonly Flag[];

export const initFlags = [jsonFlag] as const satisfies readonly Flag[];

export const completionFlags = [] as const satisfies readonly Flag[];

export const newFlags = [
  { name: "dir", value: "folder", summary: "where to put the new folder (default: here)" },
  jsonFlag,
] as const satisfies readonly Flag[];

export const compareFlags = [
  { name: "self", summary: "halve the trials of one evaluation instead and compare them: what chance alone makes" },
  { name: "min-delta", value: "rate", summary: "gate: end with 5 unless B is better than A by so much, e.g. 0.05" },
  { name: "all", summary: "print every flipped task, however many" },
  { name: "max-p", value: "p", summary: "gate: end with 5 unless the difference is this unlikely by chance" },
  runsDirFlag,
  jsonFlag,
] as const satisfies readonly Flag[];

export const runsFlags = [
  { name: "episode", value: "id", summary: "show: print the steps of one episode" },
  { name: "group", value: "id", summary: "show: print the candidates of one group, e.g. i1.s0.0" },
  { name: "tree", summary: "show: print a search tree: the group's, else the last one that succeeded" },
  { name: "status", value: "list", summary: "list, prune: only these: done, stopped, failed, running, new, damaged" },
  { name: "match", value: "glob", summary: "list, prune: only ids that match, `*` stands for anything" },
  { name: "since", value: "age", summary: "list, prune: only runs younger than 30m, 12h, 7d or a day, 2026-11-20" },
  { name: "before", value: "age", summary: "list, prune: only runs older than that" },
  { name: "limit", value: "n", isNumber: true, summary: "list: the newest n" },
  { name: "keep", value: "n", isNumber: true, summary: "prune: leave the newest n of what matches" },
  { name: "yes", summary: "rm, prune: remove without a question" },
  runsDirFlag,
  jsonFlag,
] as const satisfies readonly Flag[];

export const viewFlags = [
  portFlag,
  { name: "open", value: "id", summary: "start a browser that stands at a group, or at EPISODE:STEP, and stays there" },
  { name: "export", value: "folder", summary: "write the pages as files that open from disk, instead of serving them" },
  { name: "pictures", value: "which", summary: "with --export: evaluations (default), all or none" },
  runsDirFlag,
  jsonFlag,
] as const satisfies readonly Flag[];

export const exportFlags = [
  {
    name: "format",
    value: "name",
    summary: "trajectories (default), sft: steps of solved episodes, pairs: best and worst sample, harbor: tasks",
  },
  { name: "to", value: "folder", summary: "where to write, new or empty (default: exports/RUN/FORMAT)" },
  { name: "package", value: "file", summary: "with harbor: halo's npm package, which the containers install" },
  runsDirFlag,
  jsonFlag,
] as const satisfies readonly Flag[];

export const preflightFlags = [
  ...pipelineFlags,
  { name: "tasks", value: "n", isNumber: true, summary: "training tasks to try (default: 12)" },
  { name: "episodes", value: "n", isNumber: true, summary: "times that each is tried (default: 1)" },
  jsonFlag,
] as const satisfies readonly Flag[];

export const replayFlags = [
  { name: "episodes", value: "n", isNumber: true, summary: "at most so many, spread over what matches (default: all)" },
  { name: "label", value: "name", summary: "only this evaluation, or train; RUN:LABEL says the same" },
  { name: "match", value: "glob", summary: "only episodes whose id or task key matches, `*` stands for anything" },
  runsDirFlag,
  jsonFlag,
] as const satisfies readonly Flag[];

export const rescoreFlags = [
  { name: "rewards", value: "file", summary: "YAML file whose `rewards:` pay instead; any pipeline will do" },
  { name: "set", value: "path=value", isList: true, summary: "change one value, e.g. rewards.1.weight=0.5 (repeat)" },
  { name: "label", value: "name", summary: "only this evaluation, or train; RUN:LABEL says the same" },
  runsDirFlag,
  jsonFlag,
] as const satisfies readonly Flag[];
