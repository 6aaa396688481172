import { plainLine } from "../../util/plain-text.ts";
import type { Comparison, Done, Evaluation, Gate, IterationReport } from "../../record/events.ts";
import { comparisonVerdict } from "../../report/comparison-view.ts";

/** One evaluation on one line: successes, rate with its 95 % interval, decoding, whose policy it was. */
export function evaluationLine(e: Evaluation): string {
  const [low, high] = e.ci95;
  const rate = `${percent(e.success_rate)} [${percent(low)}, ${percent(high)}]`;
  return `${e.label.padEnd(16)} ${`${e.successes}/${e.n}`.padStart(7)}  ${rate}  ${decodingOf(e)}, ${policyOf(e)}, ${
    e.episode_length.toFixed(1)
  } steps, reward ${e.mean_reward.toFixed(3)}${asideText(e)}`;
}

/** "sample at 0.7"; the temperature is named where it is not 1. */
function decodingOf({ decoding, temperature }: Evaluation): string {
  return temperature === undefined ? decoding : `${decoding} at ${temperature}`;
}

/** ", 3 set aside (79.2 % to 85.4 % with them)". */
function asideText({ set_aside: aside }: Evaluation): string {
  if (!aside) return "";
  const [low, high] = aside.bounds;
  return `, ${aside.n} set aside (${percent(low)} to ${percent(high)} with them)`;
}

/** "policy 12"; "adapter FOLDER (hash)" where version 0 of the run is not the untrained policy. */
export function policyOf({ policy_version, adapter }: Pick<Evaluation, "policy_version" | "adapter">): string {
  if (!adapter) return `policy ${policy_version}`;
  return `adapter ${plainLine(adapter.dir)}${adapter.sha256 ? ` (${adapter.sha256.slice(0, 8)})` : ""}`;
}

/** One training iteration on one line. */
export function iterationLine(r: IterationReport): string {
  const m = (name: string) => r.metrics[name] ?? 0;
  const of = r.of === undefined ? "" : `/${r.of}`;
  const budget = r.budget === undefined ? "" : ` (${r.budget.done}/${r.budget.of})`;
  const found = r.metrics["search/found"];
  return `iteration ${String(r.iteration).padStart(3)}${of}  reward ${m("mean_reward").toFixed(3)}  success ${
    m("success_rate").toFixed(2)
  }${typeof found !== "number" ? "" : `  found ${found.toFixed(2)}`}  dead groups ${
    percent(m("frac_reward_zero_std"))
  }  steps ${r.env_steps}${budget}  valid ${percent(m("action_validity"))}  ${m("time/train_s").toFixed(1)} s`;
}

/** A paired comparison: difference, interval, test, verdict, flipped tasks counted. */
export function comparisonLines(c: Comparison): readonly string[] {
  const [low, high] = c.ci95;
  const table = c.table &&
    `both ${c.table.both}, only ${c.label_b} ${c.table.b_only}, only ${c.label_a} ${c.table.a_only}, neither ${c.table.neither}; `;
  return [
    `${c.label_a} → ${c.label_b}: ${points(c.delta)} [${points(low)}, ${points(high)}], ${
      pValue(c.p)
    } (${c.test}, ${c.n} tasks paired${unpairedText(c)})`,
    `  ${table ?? ""}${comparisonVerdict(c)}${powerText(c)}`,
  ];
}

/** What such a comparison finds, where the verdict does not say it. */
function powerText({ detectable, verdict }: Comparison): string {
  return /^(no difference|too few)/.test(verdict) ? "" : `; 80 % power from ${(detectable * 100).toFixed(1)} points on`;
}

/** How many tasks only one side met. */
function unpairedText({ unpaired, label_a, label_b }: Comparison): string {
  const { a, b } = unpaired ?? { a: 0, b: 0 };
  const parts = [[a, label_a], [b, label_b]].filter(([count]) => count !== 0);
  return parts.map(([count, label]) => `, ${count} more only in ${label}`).join("");
}

/**
 * What a person wants to know when a run is over; without the evaluations where they were just shown. The results of arms
 * stand in a table of their own.
 */
export function doneLines(d: Done, { evaluations = true } = {}): readonly string[] {
  const lines = d.arms || !evaluations ? [] : d.evaluations.map(evaluationLine);
  if (!d.arms) { for (const c of d.comparisons) lines.push(...comparisonLines(c)); }
  lines.push(...d.gates.map(gateLine));
  for (const arm of d.arms ?? []) {
    const trained = arm.train_s > 0 ? `${arm.env_steps} environment steps, trained ${arm.train_s.toFixed(1)} s  ` : "";
    lines.push(`arm ${arm.name}  ${trained}${arm.run}`);
  }
  if (d.train_s > 0) {
    lines.push(
      `trained ${d.train_s.toFixed(1)} s, ${d.env_steps} environment steps, ${
        percent(d.frac_reward_zero_std)
      } of groups without gradient`,
    );
  }
  if (d.spent) lines.push(`paid models: ${dollars(d.spent.usd)}, ${d.spent.tokens} tokens`);
  lines.push(`run ${d.run}  (${d.wall_s.toFixed(1)} s)`);
  return lines;
}

/** A gate with what it asked for and what was found. */
export function gateLine({ name, ok, limit, value }: Gate): string {
  return `gate ${ok ? "met" : "missed"}  ${name} ${round(limit)}, got ${round(value)}`;
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Dollars; small sums to a hundredth of a cent. */
export const dollars = (usd: number): string => `$${usd.toFixed(usd < 1 ? 4 : 2)}`;

export function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

function points(delta: number): string {
  return `${delta < 0 ? "−" : "+"}${Math.abs(delta * 100).toFixed(1)} points`;
}

function pValue(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p = ${p.toFixed(4)}`;
}
