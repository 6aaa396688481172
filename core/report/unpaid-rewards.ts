import type { EpisodeSummary } from "../record/episode.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { isHaloError } from "../util/errors.ts";
import type { FindSlot } from "./find-group.ts";
import { stepsOf } from "./steps-of.ts";

/** A reward that an episode was not paid, while others of its family were. */
export interface UnpaidReward {
  readonly name: string;
  readonly value: number;
  /** Id of an episode that was paid it. */
  readonly episode: string;
  /** The step of that episode. */
  readonly step: number;
}

/** Evaluated episodes that are read for what could have been paid; of training it is one: its slot is read with it. */
const mostRead = 4;

/** What the best episodes of the family were paid and this one, paid `paid`, was not; in the order in which it was earned. */
export async function unpaidRewards(
  { id, template }: Pick<EpisodeSummary, "id" | "template">,
  o: { readonly run: RunFolder; readonly findSlot: FindSlot; readonly paid: ReadonlySet<string> },
): Promise<readonly UnpaidReward[]> {
  const family = (await o.run.episodes()).filter((e) => e.template === template && e.id !== id && e.reward > 0);
  const evaluated = family.filter(({ label }) => label !== "train").sort(bestFirst).slice(0, mostRead);
  const known = new Set(o.paid);
  const unpaid: UnpaidReward[] = [];
  for (const other of evaluated.length > 0 ? evaluated : family.sort(bestFirst).slice(0, 1)) {
    // A damaged record is told where somebody looks at that episode, not here.
    const steps = await stepsOf(other, o).catch((e: unknown) => {
      if (isHaloError(e)) return [];
      throw e;
    });
    for (const [step, { terms }] of steps.entries()) {
      for (const { name, value } of terms) {
        if (value <= 0 || known.has(name)) continue;
        known.add(name);
        unpaid.push({ name, value, episode: other.id, step });
      }
    }
  }
  return unpaid;
}

/** Solved ones first, then by reward. */
function bestFirst(a: EpisodeSummary, b: EpisodeSummary): number {
  return Number(b.success) - Number(a.success) || b.reward - a.reward || (a.id < b.id ? -1 : 1);
}
