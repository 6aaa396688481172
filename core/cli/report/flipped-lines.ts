import type { Comparison } from "../../record/events.ts";
import { comparisonView, type FlippedFamily } from "../../report/comparison-view.ts";
import { textTable } from "./text-table.ts";

/** Lines of flipped tasks that fit on a screen below the comparison. */
const mostLines = 18;

/** Families that a screen has room for. */
const mostFamilies = 12;

/**
 * Every task that one side solved and the other did not, with what shows how. Where that is more than a screen, a line for
 * each family, the first task in full and `whole`, the command that prints the rest; `isAll` prints it all the same.
 */
export function flippedLines(
  comparison: Comparison,
  { isAll, whole }: { readonly isAll: boolean; readonly whole: string },
): readonly string[] {
  const { families, gained, lost } = comparisonView(comparison);
  const full = comparison.flipped.flatMap((task) => taskLines(comparison, task));
  if (isAll || full.length <= mostLines) return full;
  const shown = families.slice(0, mostFamilies);
  const left = families.length - shown.length;
  return [
    `flipped tasks: ${gained} gained, ${lost} lost`,
    ...textTable(shown.map(familyCells), { right: [1, 2] }),
    ...(left > 0 ? [`  … and ${left} more families`] : []),
    "for example",
    ...taskLines(comparison, shown[0]!.tasks[0]!),
    `all of them: ${whole}`,
  ];
}

function taskLines(
  { run_a, run_b }: Comparison,
  { key, a, b, episodes_a, episodes_b }: Comparison["flipped"][number],
): readonly string[] {
  return [
    `  ${key}  ${a} → ${b}`,
    ...episodes_a.map((id) => `    halo runs show ${run_a} --episode ${id}`),
    ...episodes_b.map((id) => `    halo runs show ${run_b} --episode ${id}`),
  ];
}

function familyCells({ family, gained, lost }: FlippedFamily): readonly string[] {
  return [`  ${family}`, gained > 0 ? `${gained} gained` : "", lost > 0 ? `${lost} lost` : ""];
}
