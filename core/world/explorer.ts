import type { Explorer } from "../domain/algorithm.ts";
import { soundRanking, soundValue } from "../chat/sound-ranking.ts";
import type { Critic, Ranking } from "../domain/critic.ts";
import type { Edge, Point } from "../domain/point.ts";
import type { Policy } from "../domain/policy.ts";
import type { Rng } from "../domain/rng.ts";
import type { Draw, Mode, Sample } from "../domain/sample.ts";
import type { Blobs } from "../record/blobs.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import type { Call } from "../domain/call.ts";
import { boundCall } from "../util/bound-call.ts";
import { calleeOf } from "../util/callee.ts";
import { soundDraw } from "./answers.ts";
import { attempt } from "./attempt.ts";
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
  const callees = { policy: calleeOf(policy, "policy"), critic: calleeOf(critic, "critic") };
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
    const sampled = await answerOf("policy", "sample", (call) => policy.sample(request(), call));
    const drawn = soundDraw(sampled, { callee: callees.policy, call: "sample", n: d.n });
    if (drawn.policyVersion !== o.policyVersion) {
      throw new HaloError(
        "HALO_POLICY_VERSION",
        `a sample came from policy version ${drawn.policyVersion}, expected ${o.policyVersion}`,
        { hint: "adopt() must resolve only when every later sample comes from the new adapter" },
      );
    }
    return drawn;
  }

  /** The answer of the policy or the critic. A fault that outlives its retries ends the run. */
  async function answerOf<T>(
    kind: "policy" | "critic",
    call: string,
    ask: (o: Call) => Promise<T>,
  ): Promise<T> {
    const callee = callees[kind];
    const limit = { limitMs: o.policyTimeoutMs, limit: "limits.policy_timeout_s" };
    const once = () => boundCall(ask, { callee, call, ...limit, signal });
    const answer = await attempt(once, { kind, callee, retries: o.faultRetries, signal });
    if (answer.ok) return answer.value;
    const { error, fault } = answer;
    throw new HaloError(kind === "policy" ? "HALO_POLICY_FAULT" : "HALO_CRITIC_FAULT", fault.message, {
      ...(isHaloError(error) && error.hint !== undefined && { hint: error.hint }),
      cause: error,
    });
  }

  const rank = critic &&
    ((at: Point, d: Draw): Promise<Ranking> =>
      answerOf("critic", "rank", async (call) => soundRanking(await critic.rank({ at, draw: d }, call), d)));
  const value = critic?.value &&
    ((at: Point): Promise<number> =>
      answerOf("critic", "value", async (call) => soundValue(await critic.value!(at, call))));
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
