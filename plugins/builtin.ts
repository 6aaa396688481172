import { agisdkCommand } from "./real/harness/command.ts";

/** Every built-in plugin: kind → name → its module, imported only when a pipeline names it. */
export const builtin = {
  algorithm: {
    agentq: () => import("./agentq/algorithm.ts"),
    grpo: () => import("./grpo/algorithm.ts"),
  },
  critic: {
    openai: () => import("./openai/critic.ts"),
    prior: () => import("./prior/critic.ts"),
    scripted: () => import("./scripted/critic.ts"),
    self: () => import("./self/critic.ts"),
  },
  curriculum: {
    weak: () => import("./weak/curriculum.ts"),
  },
  environment: {
    miniwob: () => import("./miniwob/environment.ts"),
    real: () => import("./real/environment.ts"),
    replica: () => import("./replica/environment.ts"),
    replicas: () => import("./replica/sites-environment.ts"),
    web: () => import("./web/environment.ts"),
    "webarena-infinity": () => import("./webarena-infinity/environment.ts"),
  },
  policy: {
    linear: () => import("./linear/policy.ts"),
    openai: () => import("./openai/policy.ts"),
    scripted: () => import("./scripted/policy.ts"),
    search: () => import("./agentq/search-policy.ts"),
    vllm: () => import("./vllm/policy.ts"),
  },
  reward: {
    gocalendar: () => import("./sites/gocalendar/reward.ts"),
    gomail: () => import("./sites/gomail/reward.ts"),
    judge: () => import("./judge/reward.ts"),
    omnizon: () => import("./sites/omnizon/reward.ts"),
    shaping: () => import("./shaping/reward.ts"),
    zilloft: () => import("./sites/zilloft/reward.ts"),
  },
  site: {
    gocalendar: () => import("./sites/gocalendar/site.ts"),
    gomail: () => import("./sites/gomail/site.ts"),
    omnizon: () => import("./sites/omnizon/site.ts"),
    zilloft: () => import("./sites/zilloft/site.ts"),
  },
  tasks: {
    gocalendar: () => import("./sites/gocalendar/tasks.ts"),
    gomail: () => import("./sites/gomail/tasks.ts"),
    inline: () => import("./web/inline-tasks.ts"),
    miniwob: () => import("./miniwob/tasks.ts"),
    omnizon: () => import("./sites/omnizon/tasks.ts"),
    real: () => import("./real/tasks.ts"),
    turns: () => import("./turns/tasks.ts"),
    "webarena-infinity": () => import("./webarena-infinity/tasks.ts"),
    zilloft: () => import("./sites/zilloft/tasks.ts"),
  },
  tracker: {
    console: () => import("./console/tracker.ts"),
    mlflow: () => import("./mlflow/tracker.ts"),
    tensorboard: () => import("./tensorboard/tracker.ts"),
  },
  trainer: {
    linear: () => import("./linear/trainer.ts"),
    lora: () => import("./lora/trainer.ts"),
  },
} as const;

/** Commands that plugins add to halo's own, in the order of `halo --help`. */
export const commands = [agisdkCommand] as const;
