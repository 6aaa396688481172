import { deadCause, rivalsOf } from "../algorithm/dead-group.ts";
import { episodesOf, returnOf } from "../domain/chains.ts";
import type { Group } from "../domain/group.ts";
import type { RunFolder } from "../record/run-folder.ts";
import type { Slot } from "../record/slot.ts";

/** A group in a list: what its rivals were paid, and why it taught nothing. */
export interface GroupLine {
  readonly id: string;
  readonly shape: Group["shape"];
  /** Reward of each rival: a branch, or an episode where episodes are compared; in their order. */
  readonly rewards: readonly number[];
  /** Cause, where nothing is learned from it. */
  readonly dead?: string;
}

/** A task slot in a list. */
export interface SlotLine {
  readonly id: string;
  readonly taskKey: string;
  readonly family: string;
  readonly goal: string;
  readonly envSteps: number;
  /** Ids of its episodes with how they ended. */
  readonly episodes: readonly {
    readonly id: string;
    readonly success: boolean;
    readonly stop: string;
    readonly return: number;
  }[];
  readonly groups: readonly GroupLine[];
}

/** What an iteration explored, slot by slot. */
export async function iterationView(run: RunFolder, n: number): Promise<readonly SlotLine[]> {
  const it = run.iteration(n);
  const [slots, batch] = await Promise.all([it.readSlots(), it.readBatch()]);
  const taught = batch && new Set(batch.examples.map((e) => e.group));
  return slots.map((slot) => slotLine(slot, taught));
}

function slotLine({ id, task, envSteps, groups }: Slot, taught: ReadonlySet<string> | undefined): SlotLine {
  const episodes = episodesOf(groups).flatMap((branches, k) => {
    const end = branches.at(-1)?.end;
    if (!end) return [];
    const total = branches.reduce((sum, b) => sum + (b.reward ?? 0), 0);
    return [{ id: `${id}#${k}`, success: end.verdict.success, stop: end.stop, return: total }];
  });
  return {
    id,
    taskKey: task.key,
    family: task.template,
    goal: task.goal.text,
    envSteps,
    episodes,
    groups: groups.map((group) => groupLine(group, taught)),
  };
}

function groupLine(group: Group, taught: ReadonlySet<string> | undefined): GroupLine {
  const isDead = taught ? !taught.has(group.id) : deadCause(group) !== undefined;
  return {
    id: group.id,
    shape: group.shape,
    rewards: rivalsOf(group).map(returnOf),
    ...(isDead && { dead: deadCause(group) ?? "no_preference" }),
  };
}
