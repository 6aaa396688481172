import type { CompareStage } from "../config/pipeline.ts";
import type { EpisodeSummary } from "../record/records.ts";
import { comparePaired } from "../stats/paired.ts";
import { HaloError } from "../util/errors.ts";
import type { Comparison } from "./events.ts";

/** One side of a comparison: a label and its episodes. */
export interface Arm {
  readonly label: string;
  readonly episodes: readonly EpisodeSummary[];
}

/** Compares two labels of one run, paired by task key; the first is the baseline. */
export function compareStage(stage: CompareStage, episodes: readonly EpisodeSummary[]): Comparison {
  const arm = (label: string): Arm => ({ label, episodes: episodes.filter((e) => e.label === label) });
  return compareArms(arm(stage.a), arm(stage.b));
}

/** Compares success of two arms, paired by task key. Tasks that only one arm met are left out and counted. */
export function compareArms(a: Arm, b: Arm): Comparison {
  const outcomes = ({ episodes }: Arm): Map<string, number[]> => {
    const byTask = new Map<string, number[]>();
    for (const e of [...episodes].sort((x, y) => x.id < y.id ? -1 : 1)) {
      byTask.set(e.taskKey, [...byTask.get(e.taskKey) ?? [], e.success ? 1 : 0]);
    }
    return byTask;
  };
  const left = outcomes(a);
  const right = outcomes(b);
  const keys = [...left.keys()].filter((key) => right.has(key)).sort();
  if (keys.length === 0) {
    throw new HaloError("HALO_COMPARE_UNPAIRED", `"${a.label}" and "${b.label}" have no task in common`, {
      hint: "evaluate both with the same tasks, split and task_seed",
    });
  }
  const pairs = keys.map((key) => ({ key, a: left.get(key)!, b: right.get(key)! }));
  return { ...comparePaired(pairs, { seed: 0 }), label_a: a.label, label_b: b.label };
}
