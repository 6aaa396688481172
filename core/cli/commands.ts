import { type AnyCommand, command } from "./command.ts";
import { checkFlags, compareFlags, doctorFlags, pluginsFlags, runFlags, runsFlags, tasksFlags } from "./flags.ts";

/** Every command, in the order of `halo --help`. A new one is a row here, its flags in flags.ts and one file. */
export const commands: readonly AnyCommand[] = [
  command({
    name: "run",
    args: "[pipeline]",
    summary: "run a pipeline, or continue a run with --resume",
    flags: runFlags,
    examples: [
      "halo run pipelines/grpo-gomail.yaml",
      "halo run pipelines/eval-gomail.yaml --set policy.use=scripted",
      "halo run --resume latest",
    ],
    load: async () => (await import("./run.ts")).run,
  }),
  command({
    name: "check",
    args: "<pipeline>",
    summary: "validate a pipeline and what it is made of; opens no browser",
    flags: checkFlags,
    examples: ["halo check pipelines/grpo-gomail.yaml --print", "halo check pipelines/grpo-gomail.yaml --set seed=7"],
    load: async () => (await import("./check.ts")).check,
  }),
  command({
    name: "compare",
    args: "<a> <b>",
    summary: "compare two evaluations, each RUN or RUN:LABEL, paired by task",
    flags: compareFlags,
    examples: ["halo compare latest:before latest:after"],
    load: async () => (await import("./compare.ts")).compare,
  }),
  command({
    name: "runs",
    args: "[...show]",
    summary: "list runs; `halo runs show RUN` prints one, its episodes and groups",
    flags: runsFlags,
    examples: ["halo runs", "halo runs show latest --group i1.s0.0"],
    load: async () => (await import("./runs.ts")).runs,
  }),
  command({
    name: "tasks",
    args: "[pipeline]",
    summary: "list the tasks of a pipeline or of a task source",
    flags: tasksFlags,
    examples: ["halo tasks --source gomail --split eval --limit 5"],
    load: async () => (await import("./tasks.ts")).tasks,
  }),
  command({
    name: "plugins",
    args: "[...show]",
    summary: "list the built-in plugins; `halo plugins show kind/name` explains one",
    flags: pluginsFlags,
    examples: ["halo plugins show algorithm/grpo"],
    load: async () => (await import("./plugins.ts")).plugins,
  }),
  command({
    name: "doctor",
    args: "",
    summary: "check this machine: runtime, packages, browser, disk",
    flags: doctorFlags,
    load: async () => (await import("./doctor.ts")).doctor,
  }),
];
