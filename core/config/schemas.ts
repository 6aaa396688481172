/** JSON Schemas of everything in a pipeline that is not a plugin's option. Their defaults are the defaults. */

/** Parts that name plugins are checked apart: a part is the plugin's name or `{ use, options }`. */
export const usePlaces = ["tasks", "environment", "policy", "algorithm", "trainer", "critic", "curriculum"] as const;

const use = { type: "object" } as const;
const requiredUses = ["tasks", "environment", "policy"] as const;

export const pipelineSchema = {
  type: "object",
  additionalProperties: false,
  required: ["name", ...requiredUses, "stages"],
  properties: {
    name: { type: "string", pattern: "^[a-z0-9][a-z0-9._-]*$", description: "names the run folders" },
    seed: { type: "integer", minimum: 0, maximum: 9007199254740991, default: 0 },
    concurrency: { type: "integer", minimum: 1, maximum: 256, default: 4 },
    runs_dir: { type: "string", minLength: 1, default: "runs" },
    limits: {
      type: "object",
      additionalProperties: false,
      default: {},
      properties: {
        fault_retries: { type: "integer", minimum: 0, default: 2 },
        loop: { type: "integer", minimum: 0, default: 3 },
        invalid: { type: "integer", minimum: 0, default: 3 },
        step_timeout_s: { type: "number", exclusiveMinimum: 0, default: 20 },
        policy_timeout_s: { type: "number", exclusiveMinimum: 0, default: 60 },
        train_timeout_s: { type: "number", exclusiveMinimum: 0, default: 3600 },
        start_timeout_s: { type: "number", exclusiveMinimum: 0, default: 900 },
        stall_timeout_s: { type: "number", exclusiveMinimum: 0, default: 120 },
        faulty_tasks: { type: "number", minimum: 0, maximum: 1, default: 0.1 },
        env_steps: { type: "integer", minimum: 0, default: 0 },
        tokens: { type: "integer", minimum: 0, default: 0 },
        usd: { type: "number", minimum: 0, default: 0 },
      },
    },
    record: {
      type: "object",
      additionalProperties: false,
      default: {},
      properties: {
        pages: { type: "string", enum: ["all", "evaluations", "none"], default: "all" },
        screens: { type: "string", enum: ["all", "evaluations", "none"], default: "none" },
        max_mb: { type: "number", minimum: 0, default: 200 },
      },
    },
    tasks: use,
    environment: use,
    policy: use,
    algorithm: use,
    trainer: use,
    critic: use,
    curriculum: use,
    rewards: { type: "array", default: [], items: use },
    trackers: { type: "array", items: use },
    stages: { type: "array", minItems: 1, items: use },
  },
} as const;

/** A part that names a plugin, written out. */
export const useSchema = {
  type: "object",
  additionalProperties: false,
  required: ["use"],
  properties: { use: { type: "string", minLength: 1 }, options: { type: "object" } },
} as const;

/** An entry of `rewards:`. */
export const rewardSchema = {
  ...useSchema,
  properties: { ...useSchema.properties, weight: { type: "number", default: 1 } },
} as const;

const rate = { type: "number", minimum: 0, maximum: 1 } as const;
const count = { type: "integer", minimum: 1 } as const;
const drawn = (split: string, taskSeed: number) => ({
  split: { type: "string", minLength: 1, default: split },
  task_seed: { type: "integer", minimum: 0, maximum: 4294967295, default: taskSeed },
});
const choice = (split: string, taskSeed: number) => ({
  ...drawn(split, taskSeed),
  tasks: { type: "string", minLength: 1 },
});
const label = (name: string) => ({ type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$", default: name });

/** The stages by their key. */
export const stageSchemas = {
  evaluate: {
    type: "object",
    additionalProperties: false,
    properties: {
      label: label("evaluate"),
      ...choice("eval", 123),
      sample_size: { ...count, default: 48 },
      episodes_per_task: { ...count, default: 1 },
      decoding: { type: "string", enum: ["greedy", "sample"], default: "greedy" },
      temperature: { type: "number", exclusiveMinimum: 0 },
      gate: {
        type: "object",
        additionalProperties: false,
        minProperties: 1,
        properties: { min_success_rate: rate, min_ci_low: rate },
      },
    },
  },
  collect: {
    type: "object",
    additionalProperties: false,
    properties: { label: label("collect"), ...choice("train", 0), sample_size: { ...count, default: 48 } },
  },
  train: {
    type: "object",
    additionalProperties: false,
    properties: {
      ...drawn("train", 0),
      iterations: count,
      env_steps: count,
      tasks_per_iteration: { ...count, default: 4 },
      min_groups: { type: "integer", minimum: 0, default: 1 },
      max_waves: { ...count, default: 2 },
    },
  },
  compare: {
    type: "object",
    additionalProperties: false,
    required: ["a", "b"],
    properties: {
      a: { type: "string", minLength: 1 },
      b: { type: "string", minLength: 1 },
      gate: {
        type: "object",
        additionalProperties: false,
        minProperties: 1,
        properties: { min_delta: { type: "number", minimum: -1, maximum: 1 }, max_p: rate },
      },
    },
  },
} as const;
