import type { Branch, Group } from "../domain/group.ts";
import type { Task } from "../domain/task.ts";
import { createExplorer } from "./explorer.ts";
import type { RunContext } from "./context.ts";
import { SlotWorld } from "./world.ts";

/** One finished task slot of a training iteration: what was explored, whole. */
export interface Slot {
  readonly slot: string;
  readonly task: Task;
  readonly policyVersion: number;
  readonly groups: readonly Group[];
  readonly envSteps: number;
}

/** Lets the algorithm explore one task and returns its groups. Closes every page it used, whatever happens. */
export async function exploreSlot(ctx: RunContext, task: Task, slot: string): Promise<Slot> {
  const { algorithm, policy, critic, environment } = ctx.built;
  if (!algorithm) throw new TypeError("exploreSlot needs an algorithm");
  const policyVersion = ctx.totals.iteration;
  const world = openWorld(ctx, { task, slot, seed: ctx.rng.derive(slot, "page").int(2 ** 31) });
  const groups: Group[] = [];
  try {
    const io = createExplorer({
      world,
      policy,
      ...(critic && { critic }),
      policyVersion,
      rng: ctx.rng.derive(slot),
      signal: ctx.signal,
      canFork: environment.forking !== "none" && environment.sideEffects === "none",
      faultRetries: ctx.pipeline.limits.fault_retries,
      policyTimeoutMs: ctx.pipeline.limits.policy_timeout_s * 1000,
    });
    for await (const body of algorithm.explore(task.goal, io)) {
      const id = `${slot}.${groups.length}`;
      groups.push({ ...body, id, taskKey: task.key, policyVersion, temperature: algorithm.temperature });
    }
  } finally {
    await world.close();
    addCost(ctx.totals.cost, world.cost);
  }
  return { slot, task, policyVersion, groups, envSteps: world.cost.steps };
}

/** A world for one slot or evaluation episode. */
export function openWorld(
  ctx: RunContext,
  o: { readonly task: Task; readonly slot: string; readonly seed: number },
): SlotWorld {
  const { limits } = ctx.pipeline;
  return new SlotWorld({
    ...o,
    environment: ctx.built.environment,
    pages: ctx.pages,
    rewards: ctx.built.rewards,
    need: ctx.need,
    limits: {
      faultRetries: limits.fault_retries,
      loop: limits.loop,
      invalid: limits.invalid,
      stepTimeoutMs: limits.step_timeout_s * 1000,
    },
    signal: ctx.signal,
    gate: ctx.gate,
  });
}

/**
 * The episodes inside a slot's groups, each as its branches in order: step groups form one episode along the chosen
 * branches, trajectories and trees one for every branch that ended.
 */
export function episodesOf(groups: readonly Group[]): readonly (readonly Branch[])[] {
  const steps = groups.filter((g) => g.shape === "step").map((g) => {
    const [decision] = g.decisions;
    return decision?.branches[decision.chosen ?? 0];
  }).filter((b) => b !== undefined);
  const paths: Branch[][] = steps.length > 0 ? [steps] : [];
  for (const group of groups.filter((g) => g.shape !== "step")) {
    const byId = new Map(group.decisions.map((d) => [d.id, d]));
    for (const leaf of group.decisions) {
      for (const branch of leaf.branches.filter((b) => b.end)) {
        const path = [branch];
        for (let link = leaf.parent; link;) {
          const above = byId.get(link.decision);
          const via = above?.branches[link.branch];
          if (!above || !via) break;
          path.unshift(via);
          link = above.parent;
        }
        paths.push(path);
      }
    }
  }
  return paths;
}

export function addCost<T extends object>(to: T, from: Readonly<T>): void {
  for (const key of Object.keys(from) as (keyof T)[]) {
    (to[key] as number) += from[key] as number;
  }
}
