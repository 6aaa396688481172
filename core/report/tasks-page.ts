import type { EpisodeSummary } from "../record/episode.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { labelsIn } from "./compared-side.ts";

/** Successes of some episodes. */
export interface Count {
  readonly n: number;
  readonly successes: number;
}

/** A family of tasks over a run. */
export interface FamilyView {
  readonly family: string;
  /** Training episodes by iteration; iterations that met none are absent. */
  readonly training: readonly (Count & { readonly iteration: number })[];
  /** By label of the evaluation. */
  readonly evaluations: Readonly<Record<string, Count>>;
  /** Episodes that failed in the last evaluation that met the family, else in training, by how they ended. */
  readonly stops: Readonly<Record<string, number>>;
}

/** A task with what became of it in each evaluation. */
export interface TaskView {
  readonly key: string;
  readonly goal: string;
  readonly by: Readonly<Record<string, Count & { readonly episodes: readonly TaskEpisode[] }>>;
}

type TaskEpisode = Pick<EpisodeSummary, "id" | "success" | "stop" | "steps"> & { readonly reason: string };

/** The tasks of a run by family and one by one, the worst first. */
export interface TasksPage {
  readonly labels: readonly string[];
  readonly iterations: number;
  readonly families: readonly FamilyView[];
  readonly tasks: readonly TaskView[];
}

/** How each family and each evaluated task went. */
export async function tasksPage(run: RunFolder): Promise<TasksPage> {
  const episodes = await run.episodes();
  const labels = labelsIn(episodes);
  const families = [...Map.groupBy(episodes, (e) => e.template)].map(([family, own]) =>
    familyView(family, own, labels)
  );
  const evaluated = episodes.filter((e) => e.label !== "train");
  const tasks = [...Map.groupBy(evaluated, (e) => e.taskKey)].map(([key, own]) => taskView(key, own));
  const rateOf = ({ n, successes }: Count) => n === 0 ? 0 : successes / n;
  const latest = (by: Readonly<Record<string, Count>>) => {
    const label = labels.findLast((l) => by[l]);
    return label === undefined ? 2 : rateOf(by[label]!);
  };
  return {
    labels,
    iterations: Math.max(0, ...episodes.map((e) => e.iteration ?? 0)),
    families: families.sort((a, b) => latest(a.evaluations) - latest(b.evaluations) || (a.family < b.family ? -1 : 1)),
    tasks: tasks.sort((a, b) => latest(a.by) - latest(b.by) || (a.key < b.key ? -1 : 1)),
  };
}

function familyView(family: string, own: readonly EpisodeSummary[], labels: readonly string[]): FamilyView {
  const trained = Map.groupBy(own.filter((e) => e.label === "train"), (e) => e.iteration ?? 0);
  const evaluations = Object.fromEntries(labels.flatMap((label) => {
    const met = own.filter((e) => e.label === label);
    return met.length === 0 ? [] : [[label, countOf(met)]];
  }));
  const last = labels.findLast((label) => evaluations[label]) ?? "train";
  const stops: Record<string, number> = {};
  for (const { label, success, stop } of own) {
    if (label === last && !success) stops[stop] = (stops[stop] ?? 0) + 1;
  }
  const training = [...trained].sort(([a], [b]) => a - b).map(([iteration, met]) => ({ iteration, ...countOf(met) }));
  return { family, training, evaluations, stops };
}

function taskView(key: string, own: readonly EpisodeSummary[]): TaskView {
  const [{ goal }] = own as readonly [EpisodeSummary];
  const by = Object.fromEntries(
    [...Map.groupBy(own, (e) => e.label)].map(([label, met]) => [label, {
      ...countOf(met),
      episodes: met.map(({ id, success, stop, steps, verdict }) => ({
        id,
        success,
        stop,
        steps,
        reason: verdict.reason,
      })),
    }]),
  );
  return { key, goal, by };
}

const countOf = (episodes: readonly EpisodeSummary[]): Count => ({
  n: episodes.length,
  successes: episodes.filter((e) => e.success).length,
});
