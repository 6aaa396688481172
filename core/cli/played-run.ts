import type { EpisodeSummary } from "../record/episode.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { openRun } from "../record/runs.ts";
import { labelsIn } from "../report/compared-side.ts";
import { HaloError } from "../util/errors.ts";
import { didYouMean } from "../util/nearest.ts";

/** Opens a run to look at its episodes again: `latest` is the newest that has any. */
export async function openPlayed(
  which: string,
  flags: { readonly "runs-dir": string | undefined },
): Promise<RunFolder> {
  return await openRun(which, flags["runs-dir"] ?? "runs", {
    fits: async (run) => (await run.episodes()).length > 0,
  });
}

/** Throws HALO_COMPARE_LABEL for a label that is neither "train" nor that of an evaluation among the run's episodes. */
export function checkLabel(label: string, { id, episodes }: {
  readonly id: string;
  readonly episodes: readonly EpisodeSummary[];
}): void {
  const labels = ["train", ...labelsIn(episodes)];
  if (labels.includes(label)) return;
  throw new HaloError("HALO_COMPARE_LABEL", `run ${id} has no label "${label}"${didYouMean(label, labels)}`, {
    hint: `its labels: ${labels.join(", ")}`,
  });
}
