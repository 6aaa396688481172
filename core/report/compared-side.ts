import type { Json } from "../domain/json.ts";
import { armPath } from "../record/arm-path.ts";
import type { EpisodeSummary } from "../record/episode.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { isLatest, openRun } from "../record/runs.ts";
import { mean } from "../stats/mean.ts";
import { HaloError } from "../util/errors.ts";
import type { Arm } from "./compare-arms.ts";

/** One evaluation of a run, to compare with another. */
export interface ComparedSide extends Arm {
  readonly run: string;
  /** Set when the evaluation did not come to its end. */
  readonly cut?: { readonly label: string; readonly episodes: number; readonly of: number };
}

/**
 * Reads the evaluation that `RUN`, `RUN:LABEL` or `RUN:ARM/LABEL` names, without a label the run's last one. `latest` is
 * the newest run that has the evaluation. Throws HALO_COMPARE_LABEL with the labels there are.
 */
export async function readSide(which: string, runsDir: string): Promise<ComparedSide> {
  const { name, asked } = partsOf(which);
  const run = await openRun(name, runsDir, { fits: async (run) => (await evaluationOf(run, asked)) !== undefined });
  const found = await evaluationOf(run, asked);
  if (found) return await sideOf(found.folder, found.label, found.name);
  const slash = asked?.indexOf("/") ?? -1;
  const arm = slash < 0 ? undefined : await armOf(run, asked!.slice(0, slash));
  throw arm
    ? noEvaluation(arm, { name: `${run.id}:${arm.id}`, asked: asked!.slice(slash + 1), labels: await labelsOf(arm) })
    : noEvaluation(run, { name: run.id, asked, labels: await labelsOf(run) });
}

/**
 * An evaluation as two, to see what chance alone makes: of each task the first, third, … trial against the second,
 * fourth, …. Throws HALO_COMPARE_UNPAIRED when no task was tried twice.
 */
export function halves(side: ComparedSide): readonly [ComparedSide, ComparedSide] {
  const tried = triedAgain(side);
  const half = (which: keyof Halves): ComparedSide => ({
    ...side,
    label: `${side.label} ${which}`,
    episodes: tried.flatMap((task) => task[which]),
  });
  if (tried.length > 0) return [half("odd"), half("even")];
  throw new HaloError("HALO_COMPARE_UNPAIRED", `${side.label} has one trial of each task, which cannot be halved`, {
    hint: "evaluate with episodes_per_task: 2 or more and decoding: sample",
  });
}

/** The first, third, … trial of a task, and the second, fourth, …. */
type Halves = Readonly<Record<"odd" | "even", readonly EpisodeSummary[]>>;

/** The tasks that were tried at least twice. */
function triedAgain({ episodes }: Pick<Arm, "episodes">): readonly Halves[] {
  const trials = [...Map.groupBy(episodes, ({ taskKey }) => taskKey).values()].filter(({ length }) => length > 1);
  return trials.map((own) => ({ odd: own.filter((_, i) => i % 2 === 0), even: own.filter((_, i) => i % 2 === 1) }));
}

/** How often tasks come out differently when nothing but chance differs. */
export interface ChanceFlips {
  /** Tasks that were tried at least twice. */
  readonly n: number;
  readonly flipped: number;
}

/** Tasks of an evaluation whose odd trials came out differently from the even ones; undefined where none was tried twice. */
export function chanceFlips(side: ComparedSide): ChanceFlips | undefined {
  const tried = triedAgain(side);
  const rate = (episodes: readonly EpisodeSummary[]) => mean(episodes.map(({ success }) => success ? 1 : 0));
  const flipped = tried.filter(({ odd, even }) => rate(odd) !== rate(even)).length;
  return tried.length === 0 ? undefined : { n: tried.length, flipped };
}

/** Labels of a run's evaluations, in the order in which their first episodes ended. */
export async function labelsOf(run: RunFolder): Promise<readonly string[]> {
  return labelsIn(await run.episodes());
}

/** Labels of the evaluations that some episodes belong to, in their order. */
export const labelsIn = (episodes: readonly EpisodeSummary[]): readonly string[] =>
  [...new Set(episodes.map((e) => e.label))].filter((label) => label !== "train");

/** Names of the arms of an A/B run; none of any other. */
export const armNames = ({ info }: RunFolder): readonly string[] =>
  Object.keys((info.document as { readonly arms?: object }).arms ?? {});

/** What stands before the last colon and after it; in "latest:train" and a Windows path no label follows. */
export function partsOf(which: string): { readonly name: string; readonly asked?: string } {
  const colon = which.lastIndexOf(":");
  const isWhole = colon <= 1 || (isLatest(which) && which.endsWith(":train"));
  return isWhole ? { name: which } : { name: which.slice(0, colon), asked: which.slice(colon + 1) };
}

interface FoundEvaluation {
  readonly folder: RunFolder;
  readonly label: string;
  /** The run as the side's label begins. */
  readonly name: string;
}

/** The evaluation of that label, in the run or in the arm that it names; without a label the last one. */
async function evaluationOf(run: RunFolder, asked: string | undefined): Promise<FoundEvaluation | undefined> {
  const slash = asked?.indexOf("/") ?? -1;
  const arm = slash < 0 ? undefined : await armOf(run, asked!.slice(0, slash));
  const folder = arm ?? run;
  const labels = await labelsOf(folder);
  const label = arm ? asked!.slice(slash + 1) : asked ?? labels.at(-1);
  if (label === undefined || !labels.includes(label)) return undefined;
  return { folder, label, name: arm ? `${run.id}:${arm.id}` : run.id };
}

async function armOf(run: RunFolder, arm: string): Promise<RunFolder | undefined> {
  return armNames(run).includes(arm)
    ? await openRun(armPath(run.path, arm), run.path).catch(() => undefined)
    : undefined;
}

async function sideOf(folder: RunFolder, label: string, name: string): Promise<ComparedSide> {
  const episodes: readonly EpisodeSummary[] = (await folder.episodes()).filter((e) => e.label === label);
  const full = name === folder.id ? `${name}:${label}` : `${name}/${label}`;
  const isOver = (await folder.readEvents()).some((e) => e.type === "evaluation" && e.label === label);
  const of = plannedEpisodes(folder.info.document, label);
  return {
    label: full,
    run: folder.path,
    episodes,
    ...(!isOver && { cut: { label: full, episodes: episodes.length, of } }),
  };
}

function noEvaluation(
  folder: RunFolder,
  { name, asked, labels }: {
    readonly name: string;
    readonly asked: string | undefined;
    readonly labels: readonly string[];
  },
): HaloError {
  const arms = armNames(folder);
  const what = asked === undefined ? "" : ` "${asked}"`;
  return new HaloError("HALO_COMPARE_LABEL", `run ${name} has no evaluation${what}`, {
    hint: arms.length > 0
      ? `name one of an arm: ${folder.id}:${arms[0]}/LABEL; its arms: ${arms.join(", ")}`
      : labels.length === 0
      ? "it has none yet: halo runs show " + folder.id
      : `its evaluations: ${labels.join(", ")}`,
  });
}

/** Episodes that the recorded pipeline asks for under a label. */
function plannedEpisodes(document: Json, label: string): number {
  type Entry = Readonly<Record<string, { label?: string; sample_size?: number; episodes_per_task?: number }>>;
  const { stages } = document as unknown as { readonly stages: readonly Entry[] };
  const stage = stages.flatMap((entry) => Object.values(entry)).find((s) => s.label === label);
  return (stage?.sample_size ?? 0) * (stage?.episodes_per_task ?? 1);
}
