import { canonicalAction } from "../action/canonical.ts";
import type { Chat } from "../domain/chat.ts";
import type { Critic } from "../domain/critic.ts";
import type { Point } from "../domain/point.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import { candidatesOf, estimateValue, rankCandidates, type RankingOptions, scoresOf } from "./ranking.ts";

/** Answers kept at most; the oldest go first. */
const cacheSize = 10_000;
/** Earlier answers that a question quotes. */
const mostComplaints = 3;

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
  // A model asked the same at temperature 0 says the same: what was wrong goes into the question when it is put again.
  const complaints = new Map<string, readonly string[]>();
  const kept = async (
    key: string,
    ask: (o: { readonly complaints: readonly string[] }) => Promise<readonly number[]>,
  ): Promise<readonly number[]> => {
    const known = cache.get(key);
    if (known) {
      count.cache_hits++;
      return await known;
    }
    const before = complaints.get(key) ?? [];
    const asked = ask({ complaints: before });
    cache.set(key, asked);
    if (cache.size > cacheSize) cache.delete(cache.keys().next().value!);
    try {
      const answer = await asked;
      complaints.delete(key);
      return answer;
    } catch (e) {
      cache.delete(key);
      if (isUnusable(e)) complaints.set(key, [...before, e.message].slice(-mostComplaints));
      throw e;
    }
  };
  const guarded = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (e) {
      count.failures++;
      // What the model said is the critic's fault; what its server did keeps its own code.
      throw isUnusable(e) ? new HaloError("HALO_CRITIC_REPLY", e.message, { cause: e }) : e;
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
        const scores = await kept(key, (again) => rankCandidates(paid, { ...o, ...again, at, candidates, signal }));
        return { scores: scoresOf(draw, scores), by, costUsd };
      }),
    value: (at, { signal }) =>
      guarded(async () => {
        const key = JSON.stringify(["value", ...place(at), at.task.maxSteps - at.depth]);
        const chat = counted(() => {});
        const [value] = await kept(key, async (again) => [await estimateValue(chat, { ...o, ...again, at, signal })]);
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

const isUnusable = (e: unknown): e is HaloError =>
  isHaloError(e, "HALO_MODEL_REPLY") || isHaloError(e, "HALO_CRITIC_REPLY");
