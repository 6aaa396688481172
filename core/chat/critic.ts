import { canonicalAction } from "../action/canonical.ts";
import type { Chat } from "../domain/chat.ts";
import type { Critic } from "../domain/critic.ts";
import type { Point } from "../domain/point.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import { candidatesOf, estimateValue, rankCandidates, type RankingOptions, scoresOf } from "./ranking.ts";

/** Answers kept at most; the oldest go first. */
const cacheSize = 10_000;

/**
 * A critic that asks a model. Rankings are kept by task, state key and candidates, values by task, state key and steps
 * left; a failed answer is not kept. `close` leaves the chat alone: it belongs to somebody else.
 */
export function chatCritic(chat: Chat, { by, ...o }: RankingOptions & { readonly by: string }): Critic {
  const cache = new Map<string, Promise<readonly number[]>>();
  const count = { calls: 0, cache_hits: 0, failures: 0, usd: 0 };
  const counted = (onCost: (usd: number) => void): Chat => ({
    model: chat.model,
    async complete(request, call) {
      count.calls++;
      const reply = await chat.complete(request, call);
      count.usd += reply.costUsd;
      onCost(reply.costUsd);
      return reply;
    },
  });
  const kept = async (key: string, ask: () => Promise<readonly number[]>): Promise<readonly number[]> => {
    const known = cache.get(key);
    if (known) {
      count.cache_hits++;
      return await known;
    }
    const asked = ask();
    cache.set(key, asked);
    if (cache.size > cacheSize) cache.delete(cache.keys().next().value!);
    try {
      return await asked;
    } catch (e) {
      cache.delete(key);
      throw e;
    }
  };
  const guarded = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (e) {
      count.failures++;
      // What the model said is the critic's fault; what its server did keeps its own code.
      if (!isHaloError(e, "HALO_MODEL_REPLY")) throw e;
      throw new HaloError("HALO_CRITIC_REPLY", e.message, { cause: e });
    }
  };
  const place = ({ task, observation }: Point) => [task.id, observation.stateKey];
  return {
    deterministic: false,
    rank: ({ at, draw }, { signal }) =>
      guarded(async () => {
        const candidates = candidatesOf(draw);
        if (candidates.length === 0) return { scores: draw.samples.map(() => 0), by };
        const key = JSON.stringify(["rank", ...place(at), ...candidates.map(canonicalAction)]);
        let costUsd = 0;
        const paid = counted((usd) => costUsd += usd);
        const scores = await kept(key, () => rankCandidates(paid, { ...o, at, candidates, signal }));
        return { scores: scoresOf(draw, scores), by, costUsd };
      }),
    value: (at, { signal }) =>
      guarded(async () => {
        const key = JSON.stringify(["value", ...place(at), at.task.maxSteps - at.depth]);
        const [value] = await kept(key, async () => [await estimateValue(counted(() => {}), { ...o, at, signal })]);
        return value!;
      }),
    metrics() {
      const seen = Object.fromEntries(Object.entries(count).map(([name, n]) => [`critic/${name}`, n]));
      Object.assign(count, { calls: 0, cache_hits: 0, failures: 0, usd: 0 });
      return seen;
    },
    close: () => Promise.resolve(),
  };
}
