import type { Comparison, Done, Evaluation, IterationReport } from "../run/events.ts";

/** One evaluation on one line: successes, rate with its 95 % interval, decoding. */
export function evaluationLine(e: Evaluation): string {
  const [low, high] = e.ci95;
  const rate = `${percent(e.success_rate)} [${percent(low)}, ${percent(high)}]`;
  return `${e.label.padEnd(16)} ${
    `${e.successes}/${e.n}`.padStart(7)
  }  ${rate}  ${e.decoding}, policy ${e.policy_version}, ${e.episode_length.toFixed(1)} steps`;
}

/** One training iteration on one line. */
export function iterationLine(r: IterationReport): string {
  const m = (name: string) => r.metrics[name] ?? 0;
  return `iteration ${String(r.iteration).padStart(3)}/${r.of}  reward ${m("mean_reward").toFixed(3)}  success ${
    m("success_rate").toFixed(2)
  }  dead groups ${percent(m("frac_reward_zero_std"))}  steps ${r.env_steps}  valid ${percent(m("action_validity"))}  ${
    m("time/train_s").toFixed(1)
  } s`;
}

/** A paired comparison: difference, interval, test, verdict, flipped tasks counted. */
export function comparisonLines(c: Comparison): readonly string[] {
  const [low, high] = c.ci95;
  const table = c.table &&
    `both ${c.table.both}, only ${c.label_b} ${c.table.b_only}, only ${c.label_a} ${c.table.a_only}, neither ${c.table.neither}; `;
  const verdict = c.verdict.replace(/^A better/, `${c.label_a} is better`).replace(
    /^B better/,
    `${c.label_b} is better`,
  );
  return [
    `${c.label_a} → ${c.label_b}: ${points(c.delta)} [${points(low)}, ${points(high)}], ${
      pValue(c.p)
    } (${c.test}, ${c.n} tasks paired)`,
    `  ${table ?? ""}${verdict}`,
  ];
}

/** What a person wants to know when a run is over. */
export function doneLines(d: Done): readonly string[] {
  const lines = d.evaluations.map(evaluationLine);
  for (const c of d.comparisons) lines.push(...comparisonLines(c));
  if (d.train_s > 0) {
    lines.push(
      `trained ${d.train_s.toFixed(1)} s, ${d.env_steps} environment steps, ${
        percent(d.frac_reward_zero_std)
      } of groups without gradient`,
    );
  }
  lines.push(`run ${d.run}  (${d.wall_s.toFixed(1)} s)`);
  return lines;
}

export function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

function points(delta: number): string {
  return `${delta < 0 ? "−" : "+"}${Math.abs(delta * 100).toFixed(1)} points`;
}

function pValue(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p = ${p.toFixed(4)}`;
}
