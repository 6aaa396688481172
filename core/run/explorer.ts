import type { Explorer } from "../domain/algorithm.ts";
import type { Critic, Ranking } from "../domain/critic.ts";
import type { Edge, Point } from "../domain/point.ts";
import type { Policy } from "../domain/policy.ts";
import type { Rng } from "../domain/rng.ts";
import type { Draw, Mode, Sample } from "../domain/sample.ts";
import type { Blobs } from "../record/blobs.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import { limitedCall } from "./call.ts";
import { faultOf } from "./fault.ts";
import { soundRanking, soundValue } from "./sound-ranking.ts";
import type { SlotWorld } from "./world.ts";

export interface ExplorerOptions {
  readonly world: SlotWorld;
  readonly policy: Policy;
  readonly critic?: Critic;
  readonly policyVersion: number;
  readonly rng: Rng;
  readonly signal: AbortSignal;
  readonly canFork: boolean;
  readonly faultRetries: number;
  readonly policyTimeoutMs: number;
  /** Keeps what a policy saw, before anything that names it by its sha256 is recorded. */
  readonly shots?: Pick<Blobs, "put">;
}

/** The one door between an algorithm and the run: draws come from the policy, steps from the slot's world. */
export function createExplorer(o: ExplorerOptions): Explorer {
  const { world, policy, critic, rng, signal } = o;
  const step = (at: Point, sample: Sample): Promise<Edge> => world.step(at, sample);

  async function draw(
    at: Point,
    d: { readonly n: number; readonly mode: Mode; readonly temperature: number; readonly key: string },
  ): Promise<Draw> {
    if (at.observation.screenshot) await o.shots?.put(at.observation.screenshot.png);
    // Made anew for each attempt: a failed one may have advanced its generator.
    const request = () => ({
      at,
      n: d.n,
      mode: d.mode,
      temperature: d.temperature,
      rng: rng.derive(at.id, "draw", d.key),
      ...(o.canFork && { world: { step } }),
    });
    const drawn = await retried("policy", () => policy.sample(request(), limitedCall(signal, o.policyTimeoutMs)));
    if (drawn.policyVersion !== o.policyVersion) {
      throw new HaloError(
        "HALO_POLICY_VERSION",
        `a sample came from policy version ${drawn.policyVersion}, expected ${o.policyVersion}`,
        { hint: "adopt() must resolve only when every later sample comes from the new adapter" },
      );
    }
    return drawn;
  }

  async function retried<T>(kind: "policy" | "critic", run: () => Promise<T>): Promise<T> {
    for (let attempt = 0;; attempt++) {
      try {
        return await run();
      } catch (e) {
        signal.throwIfAborted();
        const fault = faultOf(e, kind);
        if (attempt >= o.faultRetries) {
          throw new HaloError(kind === "policy" ? "HALO_POLICY_FAULT" : "HALO_CRITIC_FAULT", fault.message, {
            ...(isHaloError(e) && e.hint !== undefined && { hint: e.hint }),
            cause: e,
          });
        }
      }
    }
  }

  const rank = critic &&
    ((at: Point, d: Draw): Promise<Ranking> =>
      retried(
        "critic",
        async () => soundRanking(await critic.rank({ at, draw: d }, limitedCall(signal, o.policyTimeoutMs)), d),
      ));
  const value = critic?.value &&
    ((at: Point): Promise<number> =>
      retried("critic", async () => soundValue(await critic.value!(at, limitedCall(signal, o.policyTimeoutMs)))));
  return {
    policyVersion: o.policyVersion,
    rng,
    signal,
    root: () => world.root(),
    step,
    draw,
    ...(rank && { rank }),
    ...(value && { value }),
  };
}
