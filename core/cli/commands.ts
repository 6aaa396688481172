import { type AnyCommand, command } from "./command.ts";
import {
  checkFlags,
  compareFlags,
  doctorFlags,
  exploreFlags,
  newFlags,
  pluginsFlags,
  runFlags,
  runsFlags,
  serveFlags,
  siteFlags,
  tasksFlags,
} from "./flags.ts";

/** Every command, in the order of `halo --help`. A new one is a row here, its flags in flags.ts and one file. */
export const commands: readonly AnyCommand[] = [
  command({
    name: "run",
    args: "[pipeline]",
    summary: "run a pipeline, or continue a run with --resume",
    flags: runFlags,
    examples: [
      "halo run pipelines/grpo-gomail.yaml",
      "halo run pipelines/eval-gomail.yaml --set policy.use=linear",
      "halo run pipelines/ab-loss.yaml --dry-run",
      "halo run --resume latest",
    ],
    load: async () => (await import("./commands/run.ts")).run,
  }),
  command({
    name: "serve",
    args: "<pipeline>",
    summary: "start the programs a pipeline talks to (vLLM, the LoRA trainer) and keep them running",
    flags: serveFlags,
    examples: [
      "halo serve pipelines/grpo-gomail.yaml --profile gpu",
      "halo serve pipelines/grpo-gomail.yaml --profile gpu --only vllm",
    ],
    load: async () => (await import("./commands/serve.ts")).serve,
  }),
  command({
    name: "check",
    args: "<pipeline>",
    summary: "validate a pipeline and what it is made of; opens no browser",
    flags: checkFlags,
    examples: ["halo check pipelines/grpo-gomail.yaml --print", "halo check pipelines/grpo-gomail.yaml --set seed=7"],
    load: async () => (await import("./commands/check.ts")).check,
  }),
  command({
    name: "compare",
    args: "<a> <b>",
    summary: "compare two evaluations, each RUN, RUN:LABEL or RUN:ARM/LABEL, paired by task",
    flags: compareFlags,
    examples: ["halo compare latest:before latest:after", "halo compare latest:dr_grpo/after latest:grpo/after --json"],
    load: async () => (await import("./commands/compare.ts")).compare,
  }),
  command({
    name: "runs",
    args: "[...show]",
    summary: "list runs; `halo runs show RUN` prints one, its episodes and groups",
    flags: runsFlags,
    examples: ["halo runs", "halo runs show latest --group i1.s0.0"],
    load: async () => (await import("./commands/runs.ts")).runs,
  }),
  command({
    name: "tasks",
    args: "[...pipeline]",
    summary:
      "list the tasks of a pipeline or of a task source; `halo tasks fetch` brings those of REAL to this machine",
    flags: tasksFlags,
    examples: ["halo tasks --source gomail --split eval --limit 5", "halo tasks fetch"],
    load: async () => (await import("./commands/tasks.ts")).tasks,
  }),
  command({
    name: "plugins",
    args: "[...show]",
    summary: "list the built-in plugins; `halo plugins show kind/name` explains one",
    flags: pluginsFlags,
    examples: ["halo plugins show algorithm/grpo"],
    load: async () => (await import("./commands/plugins.ts")).plugins,
  }),
  command({
    name: "site",
    args: "<name>",
    summary: "serve a replica site, to click through it by hand",
    flags: siteFlags,
    examples: ["halo site gomail", "halo site gomail --port 8080 --task '*/reply/*'"],
    load: async () => (await import("./commands/site.ts")).site,
  }),
  command({
    name: "explore",
    args: "[pipeline]",
    summary: "play one task at several temperatures and show how the actions differ",
    flags: exploreFlags,
    examples: [
      "halo explore --from latest --task '*/label/*'",
      "halo explore pipelines/grpo-gomail.yaml --temperature 0,1 --n 8",
    ],
    load: async () => (await import("./commands/temperature.ts")).explore,
  }),
  command({
    name: "new",
    args: "<kind> <name>",
    summary: "write a reward, tasks, policy or critic plugin with its test, to start from",
    flags: newFlags,
    examples: ["halo new reward my-reward", "halo new tasks my-tasks --dir plugins", "halo new critic my-critic"],
    load: async () => (await import("./commands/new.ts")).newPlugin,
  }),
  command({
    name: "doctor",
    args: "[pipeline]",
    summary:
      "check this machine: runtime, packages, browser, disk, what a pipeline needs; --gpu: the whole training loop",
    flags: doctorFlags,
    examples: ["halo doctor", "halo doctor pipelines/grpo-gomail.yaml --profile gpu", "halo doctor --gpu"],
    load: async () => (await import("./commands/doctor.ts")).doctor,
  }),
];
