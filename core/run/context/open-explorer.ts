import type { Explorer } from "../../domain/algorithm.ts";
import type { Rng } from "../../domain/rng.ts";
import type { Fault } from "../../domain/verdict.ts";
import type { Task } from "../../domain/task.ts";
import type { PageCollector } from "../../record/page-keeper.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { createExplorer } from "../../world/explorer.ts";
import { errorBehind } from "../../world/fault.ts";
import { SlotWorld } from "../../world/world.ts";
import { HaloError, isHaloError } from "../../util/errors.ts";
import { retry } from "../../util/retry.ts";
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

/** Errors that say that an episode could not be played to its end: faults of its environment, nothing the policy did. */
export const isEpisodeFault = (e: unknown): e is HaloError =>
  isHaloError(e, "HALO_ENVIRONMENT_FAULT") || isHaloError(e, "HALO_GROUP_FAULT");

/** What went wrong in an episode that could not be played: the fault that its error was made of, where it was made of one. */
export function faultBehind(e: HaloError): Pick<Fault, "code" | "message"> {
  const { code, message } = (e.cause ?? {}) as Partial<Fault>;
  return typeof code === "string" && typeof message === "string" ? { code, message } : e;
}

/**
 * Plays one slot or evaluation episode in a world of its own, which is closed whatever happens. It starts anew, with the same
 * keys, after a fault of an environment that cannot fork, and when the algorithm hangs.
 */
export async function inWorld<T>(
  ctx: EpisodeContext & Pick<RunContext, "meter">,
  o: EpisodeOptions,
  play: (opened: ReturnType<typeof openExplorer>) => Promise<T>,
): Promise<T> {
  const startsAnew = (e: unknown) =>
    isHaloError(e, "HALO_PLUGIN_HUNG") ||
    (ctx.built.environment.forking === "none" && isEpisodeFault(e) && !errorBehind(e).isLasting);
  const played = retry(async () => {
    const opened = openExplorer(ctx, o);
    try {
      return await play(opened);
    } finally {
      await opened.world.close();
      ctx.meter.add(opened.world.cost);
    }
  }, { retries: ctx.pipeline.limits.fault_retries, signal: ctx.signal, isRetryable: startsAnew });
  return await played.catch((e: unknown) => {
    const fault = isEpisodeFault(e) ? faultBehind(e) : undefined;
    throw fault?.code === "HALO_CALL_FAILED" ? new HaloError("HALO_PLUGIN_DEFECT", fault.message) : e;
  });
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
      rewardTimeoutMs: limits.policy_timeout_s * 1000,
    },
    signal: ctx.signal,
    gate: ctx.gate,
    ...(onPoint && { onPoint }),
  });
}
