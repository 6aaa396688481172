import { Buffer } from "node:buffer";
import type { ActionError } from "../../domain/action.ts";
import type { Observation, Screenshot } from "../../domain/observation.ts";
import type { Goal } from "../../domain/task.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import type { Seen, SeenPage } from "../../record/seen.ts";
import { HaloError } from "../../util/errors.ts";
import type { WeighedReward } from "../../world/weighed-reward.ts";

/** A recorded point as a reward sees it. */
export interface RecordedPoint {
  readonly observation: Observation;
  /** Null where nothing went wrong on the way here, undefined where the run did not record it. */
  readonly error: ActionError | null | undefined;
}

/** What a slot or episode met, for rewards. */
export interface RecordedPages {
  readonly goal: Goal;
  /** Id of the first point. */
  readonly root: string | undefined;
  readonly points: ReadonlyMap<string, RecordedPoint>;
}

/** The recorded pages with what the rewards need of them. Throws HALO_RESCORE_LACKS for what was not recorded. */
export async function recordedPages(
  { task, asked, points }: Seen,
  { run, rewards }: { readonly run: RunFolder; readonly rewards: readonly WeighedReward[] },
): Promise<RecordedPages> {
  const needs = (what: "screenshot" | "axtree") => rewards.find(({ shaper }) => shaper.need[what])?.name;
  const [seeing, reading] = [needs("screenshot"), needs("axtree")];
  const known = new Map<SeenPage, Observation>();
  for (const { page } of points) {
    if (known.has(page)) continue;
    const { shot, ...observation } = page;
    if (seeing !== undefined && shot === undefined) throw lacks(run, { reward: seeing, what: "screenshots" });
    if (reading !== undefined && page.axtree === undefined) {
      throw lacks(run, { reward: reading, what: "accessibility trees" });
    }
    const screenshot = seeing === undefined ? undefined : await pictureOf(run, shot!);
    known.set(page, { ...observation, ...(screenshot && { screenshot }) });
  }
  return {
    goal: asked === undefined ? task.goal : { ...task.goal, text: asked },
    root: points.find(({ depth }) => depth === 0)?.id,
    points: new Map(points.map(({ id, page, error }) => [id, { observation: known.get(page)!, error }])),
  };
}

const hints = {
  screenshots: "runs keep them with `record: { screens: all }`",
  "accessibility trees": "runs keep them where their own policy or a reward asks for them",
  "action errors": "runs of this halo keep them, earlier ones did not: run the pipeline again",
} as const;

/** The error for something that a reward asks for and a run does not hold. */
export function lacks(
  run: Pick<RunFolder, "id">,
  { reward, what }: { readonly reward: string; readonly what: keyof typeof hints },
): HaloError {
  return new HaloError(
    "HALO_RESCORE_LACKS",
    `the reward "${reward}" needs ${what}, which run ${run.id} does not hold`,
    {
      hint: hints[what],
    },
  );
}

/** A kept screenshot with its size, which a PNG holds in its first chunk. */
async function pictureOf(run: RunFolder, sha256: string): Promise<Screenshot> {
  const png = Buffer.from(await run.blobs.get(sha256));
  return { sha256, png, widthPx: png.readUInt32BE(16), heightPx: png.readUInt32BE(20) };
}
