import type { RunRow } from "../sites/run-row.ts";
import { published } from "./published.ts";

/** Tasks that training leaves out: the steps of one are many, and what it asks for the others teach. */
const untaught: readonly string[] = ["click-checkboxes-large"];

/** Step limits: what the longest task of a suite needs, with room for some mistakes. */
const maxSteps: Readonly<Record<string, number>> = { click: 13, forms: 7, panels: 6, menus: 6 };

/** Iterations after which the figures of a suite hardly rise, tried without a browser. */
const enough: Readonly<Record<string, number>> = { click: 32, forms: 64, panels: 32, menus: 32 };

export interface SuiteOptions {
  readonly iterations: number;
  /** Evaluation episodes a task. */
  readonly episodes: number;
}

/** Iterations of a suite's training, unless others are asked for. */
export const iterationsOf = (suite: string, asked: string | undefined): number => Number(asked ?? enough[suite]);

/** Tasks that a suite's policy is trained on, each once an iteration. */
export const taughtIn = (suite: string): readonly string[] =>
  Object.keys(published[suite]!).filter((name) => !untaught.includes(name));

/** Training of one policy for a suite from zero weights, then its evaluation on every task of the published table. */
export function suiteRows(
  suite: string,
  { iterations, episodes }: SuiteOptions,
): readonly [training: RunRow, evaluation: RunRow] {
  const tasks = Object.keys(published[suite]!);
  const taught = taughtIn(suite);
  const pipeline = "grpo-miniwob";
  return [
    {
      name: suite,
      pipeline,
      sets: [
        ...tasksOf(suite, taught),
        `stages=[{ train: { iterations: ${iterations}, tasks_per_iteration: ${taught.length} } }]`,
      ],
    },
    {
      name: `${suite}-evaluated`,
      pipeline,
      after: suite,
      sets: [
        ...tasksOf(suite, tasks),
        `stages=[{ evaluate: { label: after, split: eval, sample_size: ${episodes * tasks.length} } }]`,
      ],
    },
  ];
}

/** The same evaluation by a policy that has learned nothing. */
export function untrainedRow(suite: string, { episodes }: Pick<SuiteOptions, "episodes">): RunRow {
  const tasks = Object.keys(published[suite]!);
  return {
    name: `${suite}-untrained`,
    pipeline: "grpo-miniwob",
    sets: [
      ...tasksOf(suite, tasks),
      `stages=[{ evaluate: { label: untrained, split: eval, sample_size: ${episodes * tasks.length} } }]`,
    ],
  };
}

const tasksOf = (suite: string, names: readonly string[]): readonly string[] => [
  `tasks.options.tasks=[${names.join()}]`,
  `tasks.options.max_steps=${maxSteps[suite]}`,
];
