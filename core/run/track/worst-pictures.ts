import type { Environment } from "../../domain/environment.ts";
import type { TrackedPicture } from "../../domain/tracker.ts";
import type { EpisodeSummary } from "../../record/episode.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { episodePage } from "../../report/episode-page.ts";
import { plainLine } from "../../util/plain-text.ts";
import { pictureOf } from "../picture-of.ts";

/** The failed episodes of an evaluation, lowest reward first. */
export function worstEpisodes(
  episodes: readonly EpisodeSummary[],
  { label, most }: { readonly label: string; readonly most: number },
): readonly EpisodeSummary[] {
  return episodes.filter((e) => e.label === label && !e.success)
    .sort((a, b) => a.reward - b.reward || (a.id < b.id ? -1 : 1)).slice(0, most);
}

export interface WorstOptions {
  readonly folder: RunFolder;
  readonly environment: Environment;
  readonly label: string;
  readonly most: number;
  readonly signal: AbortSignal;
}

/** The last pages of an evaluation's worst episodes; those are left out whose page was neither kept nor can be shown again. */
export async function worstPictures(
  { folder, label, most, ...o }: WorstOptions,
): Promise<readonly TrackedPicture[]> {
  const pictures: TrackedPicture[] = [];
  for (const [i, episode] of worstEpisodes(await folder.episodes(), { label, most }).entries()) {
    const png = await lastPicture(episode, { folder, ...o }).catch(() => undefined);
    if (!png) continue;
    const { taskKey, stop, verdict, goal } = episode;
    const caption = plainLine(`${taskKey}: ${stop}, ${verdict.reason}. ${goal}`);
    pictures.push({ name: `${label}/worst-${i + 1}`, caption, png });
  }
  return pictures;
}

async function lastPicture(
  { id }: EpisodeSummary,
  { folder, environment, signal }: Pick<WorstOptions, "folder" | "environment" | "signal">,
): Promise<Uint8Array | undefined> {
  const [seen, { last }] = await Promise.all([folder.readPages(id), episodePage(folder, id)]);
  const point = seen?.points.find((one) => one.id === last?.point);
  if (!seen || !point) return undefined;
  const kept = point.page.shot === undefined ? undefined : await folder.blobs.get(point.page.shot);
  if (kept || point.mark?.state === undefined) return kept;
  return await pictureOf(environment, { task: seen.task, point, signal });
}
