import type { Done } from "../../record/events.ts";
import { armsView } from "../../report/arms-view.ts";
import { dollars } from "./lines.ts";
import { textTable } from "./text-table.ts";

/** One table of all arms: what each solved, how it compares with the first, what it cost; then the verdicts. */
export function armsTable(done: Done): readonly string[] {
  const { first, isAdjusted, rows, verdicts } = armsView(done);
  const head = ["arm/evaluation", "solved", "% [95 %]", `points against ${first}`, isAdjusted ? "p (Holm)" : "p"];
  return [
    ...textTable([
      [...head, "steps", "spent"],
      ...rows.map(({ evaluation: e, against, p, spent }) => [
        e.label,
        `${e.successes}/${e.n}`,
        `${hundred(e.success_rate)} [${e.ci95.map(hundred).join(", ")}]`,
        against ? `${signed(against.delta)} [${against.ci95.map(signed).join(", ")}]` : "",
        p === undefined ? "" : p < 0.0001 ? "< 0.0001" : p.toFixed(4),
        e.episode_length.toFixed(1),
        spent ? `${dollars(spent.usd)}, ${spent.tokens} tokens` : "",
      ]),
    ]),
    ...verdicts.map(({ a, b, n, text }) => `${a} → ${b}, ${n} tasks paired: ${text}`),
  ];
}

const hundred = (rate: number): string => (rate * 100).toFixed(1);
const signed = (delta: number): string => `${delta < 0 ? "−" : "+"}${hundred(Math.abs(delta))}`;
