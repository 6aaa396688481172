import type { Task } from "../../domain/task.ts";
import { keyedRng } from "../../stats/rng.ts";
import { shuffle } from "../../stats/sampling.ts";

/** The tasks, of those given, whose solutions a task's graders are asked about. */
export type Others = (task: Task, all: readonly Task[]) => readonly Task[];

/** At most `n` other tasks of the same site, drawn by the task's key, in their own order. */
export function othersOf(n: number): Others {
  return (task, all) => {
    const there = all.filter((one) => one !== task && one.site === task.site);
    if (there.length <= n) return there;
    const taken = new Set(shuffle(keyedRng("audit", task.key), there).slice(0, n));
    return there.filter((one) => taken.has(one));
  };
}
