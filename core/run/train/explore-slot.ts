import type { Group } from "../../domain/group.ts";
import type { Task } from "../../domain/task.ts";
import type { Slot } from "../../record/slot.ts";
import { type EpisodeOptions, openExplorer } from "../context/open-explorer.ts";
import type { RunContext } from "../context/run-context.ts";

export interface SlotOptions {
  readonly id: string;
  readonly task: Task;
  readonly policyVersion: number;
  readonly onPoint?: EpisodeOptions["onPoint"];
}

/** Lets the algorithm explore one task and returns its groups. Closes every page it used, whatever happens. */
export async function exploreSlot(
  ctx: Pick<RunContext, "rng" | "meter"> & Parameters<typeof openExplorer>[0],
  { id, task, policyVersion, onPoint }: SlotOptions,
): Promise<Slot> {
  const { algorithm } = ctx.built;
  if (!algorithm) throw new TypeError("exploreSlot needs an algorithm");
  const seed = ctx.rng.derive(id, "page").int(2 ** 31);
  const { world, io } = openExplorer(ctx, { task, id, seed, rng: ctx.rng.derive(id), policyVersion, onPoint });
  const groups: Group[] = [];
  try {
    for await (const body of algorithm.explore(task.goal, io)) {
      const group = `${id}.${groups.length}`;
      groups.push({ ...body, id: group, taskKey: task.key, policyVersion, temperature: algorithm.temperature });
    }
  } finally {
    await world.close();
    ctx.meter.add(world.cost);
  }
  return { id, task, policyVersion, groups, envSteps: world.cost.steps };
}
