import { type Call, HaloError, type Screenshot } from "halo-agent";
import type { VllmClient } from "./client.ts";
import { cacheSalt, plainSampling, samplingBody } from "./request.ts";

/** Whom a probe asks. */
export interface Probed {
  readonly model: string;
  readonly salt: string;
}

/** Next tokens that are asked about. */
export interface Wanted {
  /** The ids before them. */
  readonly ids: readonly number[];
  readonly next: readonly number[];
}

interface Completions {
  readonly choices?: readonly {
    readonly index: number;
    readonly logprobs?: { readonly top_logprobs?: readonly Readonly<Record<string, number>>[] };
  }[];
  readonly usage?: { readonly prompt_tokens_details?: { readonly cached_tokens?: unknown } | null };
}

/** Log-probabilities at temperature 1 of the tokens that are asked about, in the order of the asking. One request. */
export async function scoreNext(
  client: VllmClient,
  { model, salt, wanted, ...o }: Probed & Call & { readonly wanted: readonly Wanted[] },
): Promise<readonly (readonly number[])[]> {
  const body = {
    model,
    prompt: wanted.map(({ ids }) => ids),
    max_tokens: 1,
    temperature: 1,
    ...plainSampling,
    seed: 0,
    logprobs: 0,
    logprob_token_ids: [...new Set(wanted.flatMap(({ next }) => next))],
    return_tokens_as_token_ids: true,
    cache_salt: cacheSalt(salt),
  };
  const { choices = [] } = await client.send("/completions", { ...o, body }) as Completions;
  const byPlace = new Map(choices.map(({ index, logprobs }) => [index, logprobs?.top_logprobs?.[0]]));
  return wanted.map(({ next }, i) =>
    next.map((id) => {
      const value = byPlace.get(i)?.[`token_id:${id}`];
      if (typeof value === "number") return value;
      throw new HaloError("HALO_VLLM_REPLY", `vLLM scored no token ${i + 1} of a text it was asked to score`);
    })
  );
}

/**
 * Log-probabilities of every id but the first at temperature 1. Each is asked for as the next token after those before
 * it: `prompt_logprobs` would end the CPU engine when an adapter's request shares a batch.
 */
export async function scoreText(
  client: VllmClient,
  { ids, ...o }: Probed & Call & { readonly ids: readonly number[] },
): Promise<readonly number[]> {
  const wanted = ids.slice(1).map((id, i) => ({ ids: ids.slice(0, i + 1), next: [id] }));
  return (await scoreNext(client, { ...o, wanted })).flat();
}

/** The likeliest next tokens and their log-probabilities. */
export interface NextTokens {
  readonly logprobs: ReadonlyMap<string, number>;
  /** Prompt tokens that came from the prefix cache; absent when the server does not say. */
  readonly cached?: number;
}

/** What may follow `ids`, by token, at `temperature`. */
export async function nextTokens(
  client: VllmClient,
  { model, salt, ids, temperature, ...o }: Probed & Call & {
    readonly ids: readonly number[];
    readonly temperature: number;
  },
): Promise<NextTokens> {
  const body = {
    model,
    prompt: ids,
    max_tokens: 1,
    temperature,
    ...plainSampling,
    seed: 0,
    logprobs: 20,
    return_tokens_as_token_ids: true,
    cache_salt: cacheSalt(salt),
  };
  const reply = await client.send("/completions", { ...o, body }) as Completions;
  const top = reply.choices?.[0]?.logprobs?.top_logprobs?.[0];
  const cached = reply.usage?.prompt_tokens_details?.cached_tokens;
  if (top && Object.keys(top).length >= 20) {
    return { logprobs: new Map(Object.entries(top)), ...(typeof cached === "number" && { cached }) };
  }
  throw new HaloError("HALO_VLLM_REPLY", "vLLM named fewer than the 20 likeliest tokens it was asked for");
}

/** What may follow a question about a picture, by token, at temperature 1. */
export async function nextAboutPicture(
  client: VllmClient,
  { model, salt, picture, signal }: Probed & Call & { readonly picture: Screenshot },
): Promise<NextTokens> {
  const question = { type: "text", text: "Which colour is this picture? Answer with one word." } as const;
  const messages = [{ role: "user", content: [{ type: "image", image: picture }, question] }] as const;
  const body = {
    ...samplingBody({ model, salt, messages, n: 1, temperature: 1, seed: 0, maxTokens: 1 }),
    top_logprobs: 20,
    return_tokens_as_token_ids: true,
  };
  const { choices } = await client.send("/chat/completions", { body, signal }) as {
    readonly choices?: readonly {
      readonly logprobs?: {
        readonly content?: readonly {
          readonly top_logprobs?: readonly { readonly token: string; readonly logprob: number }[];
        }[];
      };
    }[];
  };
  const top = choices?.[0]?.logprobs?.content?.[0]?.top_logprobs;
  if (top && top.length >= 2) return { logprobs: new Map(top.map(({ token, logprob }) => [token, logprob])) };
  throw new HaloError("HALO_VLLM_REPLY", "vLLM named no likeliest tokens after a picture though it was asked to");
}
