import type { EpisodeSummary } from "../record/episode.ts";
import { comparePaired } from "../stats/paired.ts";
import { HaloError } from "../util/errors.ts";
import type { Comparison } from "../record/events.ts";

/** One side of a comparison: a label and its episodes. */
export interface Arm {
  readonly label: string;
  /** Folder of its run, when the sides come from two runs. */
  readonly run?: string;
  readonly episodes: readonly EpisodeSummary[];
}

/** Compares success of two arms, paired by task key. Tasks that only one arm met are left out and counted. */
export function compareArms(a: Arm, b: Arm): Comparison {
  const left = byTask(a);
  const right = byTask(b);
  const keys = [...left.keys()].filter((key) => right.has(key)).sort();
  if (keys.length === 0) {
    throw new HaloError("HALO_COMPARE_UNPAIRED", `"${a.label}" and "${b.label}" have no task in common`, {
      hint: "evaluate both with the same tasks, split and task_seed",
    });
  }
  const outcomes = (episodes: readonly EpisodeSummary[]) => episodes.map((e) => e.success ? 1 : 0);
  const pairs = keys.map((key) => ({ key, a: outcomes(left.get(key)!), b: outcomes(right.get(key)!) }));
  const { flipped, ...compared } = comparePaired(pairs, { seed: 0 });
  const unpaired = { a: left.size - keys.length, b: right.size - keys.length };
  const ids = (episodes: readonly EpisodeSummary[] = []) => episodes.map((e) => e.id);
  return {
    ...compared,
    flipped: flipped.map((f) => ({ ...f, episodes_a: ids(left.get(f.key)), episodes_b: ids(right.get(f.key)) })),
    label_a: a.label,
    label_b: b.label,
    ...(unpaired.a + unpaired.b > 0 && { unpaired }),
    ...(a.run !== undefined && { run_a: a.run }),
    ...(b.run !== undefined && { run_b: b.run }),
  };
}

/** An arm's episodes by task, in the order of their ids. */
function byTask({ episodes }: Arm): ReadonlyMap<string, readonly EpisodeSummary[]> {
  const sorted = [...episodes].sort((x, y) => x.id < y.id ? -1 : 1);
  return Map.groupBy(sorted, (e) => e.taskKey);
}
