/** What a chaos run plays on, and how it is made small enough. */
export interface ChaosSite {
  readonly pipeline: string;
  /** The environment in which faults are planted, as YAML. */
  readonly environment: string;
  /** Parts of keys of tasks that fault for good. */
  readonly doomed: readonly string[];
  /** Where it has pages in a browser: renderers and browsers are killed too. */
  readonly inBrowser: boolean;
  readonly sets: readonly string[];
  /** What a run that learns does, and one that only plays since it cannot fork. */
  readonly learns: readonly string[];
  readonly plays: readonly string[];
}

const evaluates = (n: number, { perTask = 1 } = {}) => [
  "algorithm=null",
  "trainer=null",
  `stages=[{evaluate: {label: before, split: eval, sample_size: ${n}, episodes_per_task: ${perTask}, decoding: sample}}]`,
];

const trains = (iterations: number, n: number) =>
  `stages=[{evaluate: {label: before, split: eval, sample_size: ${n}}}, ` +
  `{train: {iterations: ${iterations}, tasks_per_iteration: 4}}, {evaluate: {label: after, split: eval, sample_size: ${n}}}]`;

const patient = [
  "limits.step_timeout_s=30",
  "limits.policy_timeout_s=5",
  "limits.stall_timeout_s=600",
  "concurrency=4",
];

/** Pages without a browser; our own site; pages of somebody else, whose server has faults of its own. */
export function chaosSite(name: "board" | "own" | "foreign", { origin }: { readonly origin: string }): ChaosSite {
  switch (name) {
    case "board":
      return {
        pipeline: "tests/board/pipeline.yaml",
        environment: "./tests/board/environment.ts",
        doomed: ["eval/3@", "train/2@"],
        inBrowser: false,
        sets: ["limits.step_timeout_s=0.5", "limits.policy_timeout_s=0.5"],
        learns: [
          "stages.0.evaluate.sample_size=40",
          "stages.1.train.iterations=10",
          "stages.2.evaluate.sample_size=40",
        ],
        plays: evaluates(60),
      };
    case "own":
      return {
        pipeline: "pipelines/grpo-gomail.yaml",
        environment: "{ use: replica, options: { site: gomail, stop: solved, pages: 4 } }",
        doomed: ["eval/3@", "train/2@"],
        inBrowser: true,
        sets: [...patient, "tasks.options.max_optimum=1"],
        learns: [trains(1, 10)],
        plays: evaluates(16),
      };
    case "foreign":
      return {
        pipeline: "bench/chaos/shop.yaml",
        environment: `{ use: web, options: { url: "${origin}/", forking: replay, deterministic: true, pages: 4 } }`,
        doomed: ["add-soap"],
        inBrowser: true,
        sets: patient,
        learns: [trains(1, 8)],
        plays: evaluates(8, { perTask: 3 }),
      };
  }
}
