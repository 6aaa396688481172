import { formatAction } from "../action/format.ts";
import { nextPointId, rootPointId } from "../action/point-id.ts";
import type { RewardTerm } from "../domain/reward.ts";
import type { EpisodeSummary } from "../record/episode.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { HaloError } from "../util/errors.ts";
import { nearest } from "../util/nearest.ts";
import { type FindSlot, slotFinder } from "./find-group.ts";
import {
  type LandingView,
  landingView,
  type PagesById,
  pagesById,
  type PageView,
  pageView,
  pointAt,
} from "./page-view.ts";
import { stepsOf, type Told } from "./steps-of.ts";
import { type UnpaidReward, unpaidRewards } from "./unpaid-rewards.ts";

/** One step of an episode as the viewer draws it. */
export interface EpisodeStep extends LandingView {
  readonly index: number;
  /** Equal for equal pages, recorded or not. */
  readonly stateKey: string;
  readonly said: string;
  /** What the policy wrote. */
  readonly text: string;
  /** Why it could not be read. */
  readonly unread?: string;
  readonly page?: PageView;
  readonly reward: number;
  readonly terms: readonly RewardTerm[];
  readonly logprob?: number;
  readonly error?: string;
  /** Id of the training group that the step was chosen in. */
  readonly group?: string;
}

/** An episode as the viewer draws it; `of` names the pages. */
export interface EpisodePage extends EpisodeSummary {
  readonly of: string;
  readonly trace: readonly EpisodeStep[];
  /** The page at the end. */
  readonly last?: PageView;
  /** Of an episode that failed: what others of its family were paid and it was not. */
  readonly unpaid?: readonly UnpaidReward[];
}

/** The episode of that id, or the first whose id begins with it. Throws HALO_EPISODE_NOT_FOUND naming the nearest. */
export async function findEpisode(run: RunFolder, id: string): Promise<EpisodeSummary> {
  const episodes = await run.episodes();
  const episode = episodes.find((e) => e.id === id) ?? episodes.find((e) => e.id.startsWith(id));
  if (episode) return episode;
  const near = nearest(id, episodes.map((e) => e.id));
  const meant = near ? `; did you mean ${near}?` : "";
  throw new HaloError("HALO_EPISODE_NOT_FOUND", `run ${run.info.id} has no episode "${id}"${meant}`, {
    hint: `halo runs show ${run.info.id}`,
  });
}

/** An episode step by step, with the pages it met where they were recorded. Throws HALO_EPISODE_NOT_FOUND. */
export async function episodePage(run: RunFolder, id: string): Promise<EpisodePage> {
  const summary = await findEpisode(run, id);
  const findSlot = slotFinder(run);
  const page = await pageOfEpisode(summary, { run, findSlot });
  if (summary.success) return page;
  const paid = new Set(
    page.trace.flatMap(({ terms }) => terms.filter(({ value }) => value > 0).map(({ name }) => name)),
  );
  return { ...page, unpaid: await unpaidRewards(summary, { run, findSlot, paid }) };
}

/** `episodePage` of an episode that was read before; training episodes are looked up by `findSlot`. */
export async function pageOfEpisode(
  summary: EpisodeSummary,
  { run, findSlot }: { readonly run: RunFolder; readonly findSlot: FindSlot },
): Promise<EpisodePage> {
  const of = pagesOf(summary);
  const steps = await stepsOf(summary, { run, findSlot });
  const seen = await run.readPages(of);
  const pages = pagesById(seen);
  let at = seen?.points.find(({ depth }) => depth === 0)?.id ?? rootPointId(of);
  const trace: EpisodeStep[] = [];
  for (const [index, step] of steps.entries()) {
    const next = nextPointId(at, step.parsed);
    trace.push(stepView({ ...step, index }, { at, next, pages }));
    at = next;
  }
  const last = pages.get(at);
  return { ...summary, of, trace, ...(last && { last: pageView(last) }) };
}

/** Id of the slot or episode that an episode's pages are kept under. */
export const pagesOf = ({ id, label }: Pick<EpisodeSummary, "id" | "label">): string =>
  label === "train" ? id.split("#")[0]! : id;

function stepView(
  { index, parsed, target, ...step }: Told & { readonly index: number },
  { at, next, pages }: { readonly at: string; readonly next: string; readonly pages: PagesById },
): EpisodeStep {
  const here = pointAt(pages, at, step.stateKey);
  return {
    ...step,
    index,
    said: parsed.ok ? formatAction(parsed.action, target) : `invalid (${parsed.code})`,
    ...(!parsed.ok && { unread: `${parsed.code}: ${parsed.message}` }),
    ...(here && { page: pageView(here) }),
    ...landingView(parsed, { here, to: pages.get(next) }),
  };
}

/** Index of the first step in which two episodes of one task differ in page or action; undefined where they are equal. */
export function partsAt(a: EpisodePage, b: EpisodePage): number | undefined {
  const length = Math.max(a.trace.length, b.trace.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.trace[i], b.trace[i]];
    if (!x || !y || x.stateKey !== y.stateKey || x.text !== y.text) return i;
  }
  return undefined;
}
