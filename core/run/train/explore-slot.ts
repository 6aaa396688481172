import type { Group } from "../../domain/group.ts";
import type { Task } from "../../domain/task.ts";
import type { Slot } from "../../record/slot.ts";
import { type EpisodeContext, type EpisodeOptions, inWorld } from "../context/open-explorer.ts";
import type { RunContext } from "../context/run-context.ts";
import { groupsOf } from "./groups-of.ts";

export interface SlotOptions {
  readonly id: string;
  readonly task: Task;
  readonly policyVersion: number;
  readonly onPoint?: EpisodeOptions["onPoint"];
}

/** Lets the algorithm explore one task and returns its groups. Closes every page it used, whatever happens. */
export async function exploreSlot(
  ctx: Pick<RunContext, "rng" | "meter"> & EpisodeContext,
  { id, task, policyVersion, onPoint }: SlotOptions,
): Promise<Slot> {
  const { algorithm } = ctx.built;
  if (!algorithm) throw new TypeError("exploreSlot needs an algorithm");
  const seed = ctx.rng.derive(id, "page").int(2 ** 31);
  const limitMs = ctx.pipeline.limits.policy_timeout_s * 1000;
  const episode = { task, id, seed, rng: ctx.rng.derive(id), policyVersion, onPoint };
  return await inWorld(ctx, episode, async ({ world, io }) => {
    const groups: Group[] = [];
    for await (const body of groupsOf(algorithm, { goal: task.goal, io, limitMs })) {
      const group = `${id}.${groups.length}`;
      groups.push({ ...body, id: group, taskKey: task.key, policyVersion, temperature: algorithm.temperature });
    }
    return { id, task, policyVersion, groups, envSteps: world.cost.steps };
  });
}
