import type { Explorer } from "../domain/algorithm.ts";
import type { Branch, Group } from "../domain/group.ts";
import type { Rng } from "../domain/rng.ts";
import type { Task } from "../domain/task.ts";
import type { Slot } from "../record/slot.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { createExplorer } from "./explorer.ts";
import type { RunContext } from "./context.ts";
import { SlotWorld } from "./world.ts";

/** Lets the algorithm explore one task and returns its groups. Closes every page it used, whatever happens. */
export async function exploreSlot(ctx: RunContext, task: Task, slot: string): Promise<Slot> {
  const { algorithm } = ctx.built;
  if (!algorithm) throw new TypeError("exploreSlot needs an algorithm");
  const policyVersion = ctx.totals.iteration;
  const seed = ctx.rng.derive(slot, "page").int(2 ** 31);
  const { world, io } = openExplorer(ctx, { task, slot, seed, rng: ctx.rng.derive(slot), policyVersion });
  const groups: Group[] = [];
  try {
    for await (const body of algorithm.explore(task.goal, io)) {
      const id = `${slot}.${groups.length}`;
      groups.push({ ...body, id, taskKey: task.key, policyVersion, temperature: algorithm.temperature });
    }
  } finally {
    await world.close();
    addCost(ctx.totals.cost, world.cost);
  }
  return { id: slot, task, policyVersion, groups, envSteps: world.cost.steps };
}

/** What playing an episode needs of a run. */
export type EpisodeContext = Pick<RunContext, "pipeline" | "built" | "pages" | "need" | "signal" | "gate"> & {
  /** Absent where nothing is recorded. */
  readonly folder?: Pick<RunFolder, "blobs">;
};

export interface SlotOptions {
  readonly task: Task;
  /** Names this slot's points; unique within a run. */
  readonly slot: string;
  /** Seed of the first page. */
  readonly seed: number;
  /** Root of the draws. */
  readonly rng: Rng;
  readonly policyVersion: number;
}

/** A world for one slot or evaluation episode and the door to it. The caller closes the world. */
export function openExplorer(
  ctx: EpisodeContext,
  { rng, policyVersion, ...slot }: SlotOptions,
): { readonly world: SlotWorld; readonly io: Explorer } {
  const { policy, critic, environment } = ctx.built;
  const { limits } = ctx.pipeline;
  const world = openWorld(ctx, slot);
  const io = createExplorer({
    world,
    policy,
    ...(critic && { critic }),
    policyVersion,
    rng,
    signal: ctx.signal,
    canFork: environment.forking !== "none" && environment.sideEffects === "none",
    faultRetries: limits.fault_retries,
    policyTimeoutMs: limits.policy_timeout_s * 1000,
    ...(ctx.folder && { shots: ctx.folder.blobs }),
  });
  return { world, io };
}

function openWorld(ctx: EpisodeContext, o: Pick<SlotOptions, "task" | "slot" | "seed">): SlotWorld {
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
