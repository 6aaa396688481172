import type { Explorer } from "../../domain/algorithm.ts";
import type { Rng } from "../../domain/rng.ts";
import type { Task } from "../../domain/task.ts";
import type { PageCollector } from "../../record/page-keeper.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { createExplorer } from "../../world/explorer.ts";
import { SlotWorld } from "../../world/world.ts";
import type { RunContext } from "./run-context.ts";

/** What playing an episode needs of a run. */
export type EpisodeContext = Pick<RunContext, "pipeline" | "built" | "pages" | "need" | "signal" | "gate"> & {
  /** Absent where nothing is recorded. */
  readonly folder?: Pick<RunFolder, "blobs">;
};

export interface EpisodeOptions {
  readonly task: Task;
  /** Id of the slot or episode: names its points, unique within a run. */
  readonly id: string;
  /** Seed of the first page. */
  readonly seed: number;
  /** Root of the draws. */
  readonly rng: Rng;
  readonly policyVersion: number;
  /** Told of every point that is reached, for the record. */
  readonly onPoint?: PageCollector["add"] | undefined;
}

/** A world for one slot or evaluation episode and the door to it. The caller closes the world. */
export function openExplorer(
  ctx: EpisodeContext,
  { rng, policyVersion, ...episode }: EpisodeOptions,
): { readonly world: SlotWorld; readonly io: Explorer } {
  const { policy, critic, environment } = ctx.built;
  const { limits } = ctx.pipeline;
  const world = openWorld(ctx, episode);
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

function openWorld(ctx: EpisodeContext, { onPoint, ...o }: Omit<EpisodeOptions, "rng" | "policyVersion">): SlotWorld {
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
    ...(onPoint && { onPoint }),
  });
}
