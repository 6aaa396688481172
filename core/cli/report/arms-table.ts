import type { Done } from "../../record/events.ts";
import { holm } from "../../stats/holm.ts";
import { comparisonVerdict, dollars } from "./lines.ts";

/** One table of all arms: what each solved, how it compares with the first, what it cost; then the verdicts. */
export function armsTable({ evaluations, comparisons, arms = [] }: Done): readonly string[] {
  const adjusted = holm(comparisons.map((c) => c.p));
  const several = comparisons.length > 1;
  const first = evaluations[0]?.label.split("/")[0] ?? "";
  const rows = evaluations.map((e) => {
    const i = comparisons.findIndex((c) => c.label_b === e.label);
    const c = comparisons[i];
    const arm = arms.find(({ name }) => e.label.startsWith(`${name}/`));
    return [
      e.label,
      `${e.successes}/${e.n}`,
      `${hundred(e.success_rate)} [${e.ci95.map(hundred).join(", ")}]`,
      c ? `${signed(c.delta)} [${c.ci95.map(signed).join(", ")}]` : "",
      c ? (adjusted[i]! < 0.0001 ? "< 0.0001" : adjusted[i]!.toFixed(4)) : "",
      e.episode_length.toFixed(1),
      arm?.spent ? `${dollars(arm.spent.usd)}, ${arm.spent.tokens} tokens` : "",
    ];
  });
  const p = several ? "p (Holm)" : "p";
  const table = [["arm/evaluation", "solved", "% [95 %]", `points against ${first}`, p, "steps", "spent"], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return [
    ...table.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd()),
    ...comparisons.map((c, i) => {
      const isLost = c.p < 0.05 && adjusted[i]! >= 0.05;
      const verdict = isLost ? `no difference shown among ${comparisons.length} comparisons` : comparisonVerdict(c);
      return `${c.label_a} → ${c.label_b}, ${c.n} tasks paired: ${verdict}`;
    }),
  ];
}

const hundred = (rate: number): string => (rate * 100).toFixed(1);
const signed = (delta: number): string => `${delta < 0 ? "−" : "+"}${hundred(Math.abs(delta))}`;
