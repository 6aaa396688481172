import { percent } from "../../core/cli/report/lines.ts";
import type { Done, Evaluation } from "../../core/record/events.ts";
import { wilson } from "../../core/stats/wilson.ts";

/** What one row came to with one seed. */
export interface Outcome {
  readonly row: string;
  readonly seed: number;
  readonly done: Done;
}

/** One line: every evaluation with its interval, what training took, and families that are not all solved. */
export function lineOf({ row, seed, done }: Outcome): string {
  const weak = done.evaluations.filter(isAfter).flatMap(({ label, by_template }) =>
    Object.entries(by_template).filter(([, t]) => t.successes < t.n)
      .map(([template, t]) => `${label === "after" ? "" : `${label}/`}${template} ${t.successes}/${t.n}`)
  );
  return [
    `${row} seed ${seed}`,
    ...done.evaluations.map(shown),
    ...(done.env_steps > 0 ? [trained(done)] : []),
    ...weak,
  ].join("  ");
}

function shown({ label, successes, n }: Evaluation): string {
  const [low, high] = wilson(successes, n);
  return `${label} ${successes}/${n} ${percent(successes / n)} [${percent(low)}, ${percent(high)}]`;
}

const trained = ({ train_s, env_steps, frac_reward_zero_std }: Done): string =>
  `train ${train_s.toFixed(0)} s, ${env_steps} steps, dead groups ${percent(frac_reward_zero_std)}`;

/** Evaluations after training: "after", or one a site, "after_omnizon". */
const isAfter = ({ label }: Evaluation): boolean => label === "after" || label.startsWith("after_");

/** What a row misses: 90 % in the median seed and 80 % in each; one policy for several sites 80 % on each; a control 10 %. */
export function missedBars(
  outcomes: readonly Outcome[],
  { isControl }: { readonly isControl: boolean },
): readonly string[] {
  const rates = new Map<string, number[]>();
  for (const { row, done } of outcomes) {
    for (const evaluation of done.evaluations.filter(isAfter)) {
      const name = `${row} ${evaluation.label}`;
      rates.set(name, [...rates.get(name) ?? [], evaluation.success_rate]);
    }
  }
  return [...rates].flatMap(([name, found]) => {
    const sorted = found.sort((a, b) => a - b);
    const median = sorted[Math.floor((sorted.length - 1) / 2)]!;
    if (isControl) return sorted.at(-1)! > 0.1 ? [`${name} ${percent(sorted.at(-1)!)}, bar 10 %`] : [];
    return [
      ...sorted[0]! < 0.8 ? [`${name} ${percent(sorted[0]!)} in a seed, bar 80 %`] : [],
      ...name.endsWith(" after") && median < 0.9 ? [`${name} ${percent(median)} in the median, bar 90 %`] : [],
    ];
  });
}
