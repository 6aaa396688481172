import type { GroupShift } from "../../report/reward-shift.ts";
import type { RescoreView } from "../../report/rescore-view.ts";
import { percent } from "./lines.ts";
import { textTable } from "./text-table.ts";

/** Groups that are named; the rest is counted. */
const mostNamed = 8;

/** What other rewards change in a run, on a screen. */
export function rescoreLines(
  view: RescoreView,
  { run, rewards }: {
    readonly run: string;
    readonly rewards: readonly { readonly name: string; readonly weight: number }[];
  },
): readonly string[] {
  const paid = rewards.map(({ name, weight }) => weight === 1 ? name : `${name} × ${weight}`).join(", ") || "no reward";
  return [
    `${run}  ${view.steps} steps paid by ${paid}`,
    ...tableOf(
      "mean reward",
      view.labels.map(({ label, mean_reward: [a, b] }) => ({ name: label, before: a, after: b })),
    ),
    ...tableOf("paid in all", view.terms),
    ...(view.groups > 0 ? groupLines(view) : []),
  ];
}

function tableOf(
  head: string,
  rows: readonly { readonly name: string; readonly before: number; readonly after: number }[],
): readonly string[] {
  const figure = (value: number) => value.toFixed(4);
  return textTable([
    [head, "recorded", "now"],
    ...rows.map(({ name, before, after }) => [`  ${name}`, figure(before), figure(after)]),
  ], { right: [1, 2] });
}

function groupLines(view: RescoreView): readonly string[] {
  const { groups, dead, siblings, advantages, goes_elsewhere: elsewhere, changed } = view;
  const { pairs, swapped, joined, parted, swapped_share: share, tau_b: tau } = siblings;
  const of = (causes: Readonly<Record<string, number>>) => Object.values(causes).reduce((sum, n) => sum + n, 0);
  const rate = (n: number) => `${n} of ${groups} (${percent(n / groups)})`;
  const causes = [...new Set([...Object.keys(dead.before), ...Object.keys(dead.after)])].sort();
  return [
    `groups that teach nothing: ${rate(of(dead.before))} → ${rate(of(dead.after))}`,
    ...textTable(causes.map((c) => [`  ${c}`, String(dead.before[c] ?? 0), "→", String(dead.after[c] ?? 0)]), {
      right: [1, 3],
    }),
    `siblings: ${swapped} pairs swapped${
      share === undefined ? "" : ` (${percent(share)} of those both tell apart)`
    }, ` +
    `${joined} told apart no more, ${parted} told apart now, of ${pairs}` +
    `${tau === undefined ? "" : `; Kendall τ-b ${tau.toFixed(3)}`}`,
    `advantages: ${advantages.before} → ${advantages.after}, ${advantages.flipped} with the opposite sign`,
    ...(elsewhere > 0
      ? [`${elsewhere} groups would have gone on from another sample: what came after is as it was`]
      : []),
    ...changedLines(changed),
  ];
}

function changedLines(changed: readonly GroupShift[]): readonly string[] {
  if (changed.length === 0) return ["no group teaches anything else"];
  const more = changed.length - mostNamed;
  return [
    `changed groups: ${changed.length}`,
    ...textTable(
      changed.slice(0, mostNamed).map(({ id, siblings, dead, taskKey }) => [
        `  ${id}`,
        `${siblings.swapped + siblings.joined + siblings.parted} of ${siblings.pairs} pairs in another order`,
        dead.before === dead.after ? "" : `${dead.before ?? "live"} → ${dead.after ?? "live"}`,
        taskKey,
      ]),
    ),
    ...(more > 0 ? [`  … ${more} more: --json names them all`] : []),
  ];
}
