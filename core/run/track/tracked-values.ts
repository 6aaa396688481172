import type { Comparison, Evaluation, IterationReport } from "../../record/events.ts";

type Values = Readonly<Record<string, number>>;

/** An iteration's metrics as trackers get them, with the groups without gradient by cause: "dead/all_failed". */
export function iterationValues({ metrics, dead }: IterationReport): Values {
  const causes = Object.entries(dead).map(([cause, groups]) => [`dead/${cause}`, groups] as const);
  return finite([...Object.entries(metrics), ...causes]);
}

/** What an evaluation came to: "evaluate/after/success_rate". */
export function evaluationValues(e: Evaluation): Values {
  const families = Object.entries(e.by_template).map(([family, { n, successes }]) =>
    [`family/${family}`, successes / n] as const
  );
  return finite(
    [
      ["success_rate", e.success_rate] as const,
      ["ci95_low", e.ci95[0]] as const,
      ["ci95_high", e.ci95[1]] as const,
      ["mean_reward", e.mean_reward] as const,
      ["episode_length", e.episode_length] as const,
      ...families,
    ].map(([name, value]) => [`evaluate/${e.label}/${name}`, value]),
  );
}

/** What a comparison came to: "compare/before/after/delta". */
export function comparisonValues({ label_a, label_b, delta, ci95: [low, high], p }: Comparison): Values {
  const values = Object.entries({ delta, ci95_low: low, ci95_high: high, p });
  return finite(values.map(([name, value]) => [`compare/${label_a}/${label_b}/${name}`, value]));
}

function finite(values: readonly (readonly [name: string, value: number | null])[]): Values {
  return Object.fromEntries(
    values.filter((entry): entry is readonly [string, number] => entry[1] !== null && Number.isFinite(entry[1])),
  );
}
