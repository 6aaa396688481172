import type { EpisodeSummary } from "../record/episode.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { isLatest, openRun } from "../record/runs.ts";
import { labelsIn, partsOf } from "../report/compared-side.ts";
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

/**
 * The same, where one label's episodes may be asked for: as `RUN:LABEL`, as `halo compare` takes them, or by `--label`.
 * Throws HALO_CLI_USAGE when the two differ, and HALO_COMPARE_LABEL with the labels there are.
 */
export async function openPlayedLabel(
  which: string,
  flags: { readonly "runs-dir": string | undefined; readonly label: string | undefined },
): Promise<{ readonly run: RunFolder; readonly label?: string }> {
  const { name, asked } = isLatest(which) ? { name: which } : partsOf(which);
  const label = asked ?? flags.label;
  if (flags.label !== undefined && flags.label !== label) {
    throw new HaloError("HALO_CLI_USAGE", `"${which}" and --label ${flags.label} ask for two different labels`, {
      hint: "give one of them",
    });
  }
  const run = await openPlayed(name, flags);
  if (label === undefined) return { run };
  checkLabel(label, { id: run.id, episodes: await run.episodes() });
  return { run, label };
}

/** Throws HALO_COMPARE_LABEL for a label that is neither "train" nor that of an evaluation among the run's episodes. */
function checkLabel(label: string, { id, episodes }: {
  readonly id: string;
  readonly episodes: readonly EpisodeSummary[];
}): void {
  const labels = ["train", ...labelsIn(episodes)];
  if (labels.includes(label)) return;
  throw new HaloError("HALO_COMPARE_LABEL", `run ${id} has no label "${label}"${didYouMean(label, labels)}`, {
    hint: `its labels: ${labels.join(", ")}`,
  });
}
