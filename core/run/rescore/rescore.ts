import type { Branch, Group } from "../../domain/group.ts";
import type { Slot } from "../../record/slot.ts";
import { pointsOf } from "../../report/points-of.ts";
import { recordedPages } from "./recorded-pages.ts";
import { type RecordedStep, type Repaid, repayer, type RepayOptions } from "./repay.ts";

/** A group as it was paid, and as other rewards pay it. */
export interface RescoredGroup {
  readonly before: Group;
  readonly after: Group;
}

/** The steps of an evaluation's episode, as they were paid and as other rewards pay them. */
export interface RescoredEpisode {
  readonly label: string;
  readonly before: readonly Paid[];
  readonly after: readonly Paid[];
}

export type Paid = Pick<Repaid, "reward" | "terms">;

/** One training slot or one episode; without `groups` and `episode` the run holds no pages of it. */
export interface Rescored {
  readonly id: string;
  readonly groups?: readonly RescoredGroup[];
  readonly episode?: RescoredEpisode;
}

export interface RescoreOptions extends RepayOptions {
  /** Label of an evaluation, or "train"; everything when absent. */
  readonly label?: string | undefined;
}

/** Pays every recorded transition of a run by these rewards: training slots first, then the episodes of evaluations. */
export async function* rescore(o: RescoreOptions): AsyncGenerator<Rescored> {
  const { run, label } = o;
  for (const n of label === undefined || label === "train" ? await run.iterations() : []) {
    for (const slot of await run.iteration(n).readSlots()) yield await slotRepaid(slot, o);
  }
  for (const episode of await run.episodes()) {
    if (episode.label === "train" || label !== undefined && label !== episode.label) continue;
    const { id, stop, verdict } = episode;
    const seen = await run.readPages(id);
    const pages = seen && await recordedPages(seen, o);
    const steps = await run.readSteps(id);
    let at = pages?.root;
    const pay = pages && repayer(pages, o);
    const after = steps.flatMap(({ parsed }, i): readonly Paid[] => {
      const end = i === steps.length - 1 ? { stop, verdict } : undefined;
      const paid = at === undefined ? undefined : pay?.({ at, parsed, end });
      at = paid?.to;
      return paid ? [paid] : [];
    });
    const isWhole = after.length === steps.length;
    yield { id, ...(isWhole && { episode: { label: episode.label, before: steps, after } }) };
  }
}

async function slotRepaid(slot: Slot, o: RescoreOptions): Promise<Rescored> {
  const seen = await o.run.readPages(slot.id);
  const pages = seen && await recordedPages(seen, o);
  if (!pages) return { id: slot.id };
  const pay = repayer(pages, o);
  const points = pointsOf(slot);
  const groups: RescoredGroup[] = [];
  for (const before of slot.groups) {
    const after = groupRepaid(before, {
      pointOf: (decision) => points.get(before.id)?.get(decision),
      // A page of another state under the point's id would pay for what nobody saw.
      isThere: (at, stateKey) => pages.points.get(at)?.observation.stateKey === stateKey,
      pay,
    });
    if (!after) return { id: slot.id };
    groups.push({ before, after });
  }
  return { id: slot.id, groups };
}

interface GroupPayer {
  readonly pointOf: (decision: number) => string | undefined;
  readonly isThere: (at: string, stateKey: string) => boolean;
  readonly pay: (step: RecordedStep) => Repaid | undefined;
}

/** The group with other rewards; undefined where a page that they need is not recorded. */
function groupRepaid(group: Group, { pointOf, isThere, pay }: GroupPayer): Group | undefined {
  let isWhole = true;
  const decisions = group.decisions.map((decision) => {
    const at = pointOf(decision.id);
    const isHere = at !== undefined && isThere(at, decision.stateKey);
    const branches = decision.branches.map((branch): Branch => {
      if (branch.reward === undefined) return branch;
      const paid = isHere ? pay({ at, parsed: branch.sample.parsed, end: branch.end }) : undefined;
      if (!paid) isWhole = false;
      return paid ? { ...branch, reward: paid.reward, terms: paid.terms } : branch;
    });
    return { ...decision, branches };
  });
  return isWhole ? { ...group, decisions } : undefined;
}
