import { setTimeout as sleep } from "node:timers/promises";
import { type Budget, type Call, HaloError, type Log } from "halo-agent";
import { errorInBody, hiddenIn } from "halo-agent/kit";
import OpenAI from "openai";
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import { failureOf, isFiltered, thrownOf } from "./failure.ts";
import type { ServerOptions } from "./options.ts";
import { costUsd, type Price, type Usage } from "./prices.ts";
import { RateLimit } from "./rate.ts";

/** What a request is but for the model; `n` samples are asked for at once. */
export type Asked = Omit<ChatCompletionCreateParamsNonStreaming, "model" | "stream">;

export interface Answered {
  readonly choices: ChatCompletion["choices"];
  readonly usage: Usage;
  readonly costUsd: number;
}

const officialUrl = "https://api.openai.com/v1";
/** Longest wait that a server may ask for between two attempts. */
const longestWaitMs = 60_000;
/** Tokens counted for a request before the first reply says better. */
const firstGuess = 2_000;

/** A model at an OpenAI-compatible server: one door for rate limits, retries, prices and the run's budget. */
export class ModelServer {
  readonly options: ServerOptions;
  readonly #client: OpenAI;
  readonly #budget: Budget;
  readonly #price: Price | undefined;
  readonly #rate: RateLimit;
  /** Tokens of the last request, the best guess at the next one's. */
  #lastTokens = firstGuess;

  /** Throws for what shows without the server: a key or a price that is missing. */
  constructor(options: ServerOptions, { budget, log }: { readonly budget: Budget; readonly log: Log }) {
    const { model, url, key, prices, rate } = options;
    if (!key && url === officialUrl) {
      throw new HaloError("HALO_MODEL_KEY", `${url} needs a key`, {
        hint: "set `key: ${secret:OPENAI_API_KEY}` and export OPENAI_API_KEY",
        option: "key",
      });
    }
    this.options = options;
    this.#budget = budget;
    this.#rate = new RateLimit(rate);
    this.#price = (prices.models as Readonly<Record<string, Price>>)[model];
    if (!this.#price && budget.limits.usd > 0) {
      throw new HaloError("HALO_MODEL_PRICE", `\`limits.usd\` is set, but "${model}" has no price`, {
        hint: `add prices: { as_of: YYYY-MM, models: { ${model}: { input: …, cached: …, output: … } } }`,
        option: "prices",
      });
    }
    if (!this.#price && key) log.warn(`"${model}" has no price under \`prices\`: its dollars are not counted`);
    // Nothing may come from variables that the pipeline does not name.
    this.#client = new OpenAI({
      baseURL: url,
      apiKey: key?.reveal() ?? "none",
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      maxRetries: 0,
      timeout: options.timeout_s * 1000,
      logLevel: "off",
    });
  }

  /** Throws when the server is not there, refuses the key or does not have the model. */
  async ready(call: Call): Promise<void> {
    const { model, supports } = this.options;
    if (!supports.models) return;
    await this.#attempts((signal) => this.#client.models.retrieve(model, { signal }), { ...call, tokens: 0 });
  }

  /** One request. Throws a typed error once the retries are spent, HALO_LIMIT_… when the budget is. */
  async complete(asked: Asked, { signal }: Call): Promise<Answered> {
    const { model, url } = this.options;
    const guess = this.#lastTokens;
    const reply = await this.#attempts(
      async (limited) => {
        const found = await this.#client.chat.completions.create({ ...asked, model }, { signal: limited });
        const wrong = errorInBody(found);
        if (wrong) throw thrownOf(wrong);
        return found;
      },
      { signal, tokens: guess },
    );
    const usage = {
      promptTokens: reply.usage?.prompt_tokens ?? 0,
      cachedTokens: reply.usage?.prompt_tokens_details?.cached_tokens ?? 0,
      completionTokens: reply.usage?.completion_tokens ?? 0,
    };
    const tokens = usage.promptTokens + usage.completionTokens;
    if (tokens > 0) this.#lastTokens = tokens;
    this.#rate.settle(this.#lastTokens - guess, performance.now());
    const cost = costUsd(this.#price, usage);
    await this.#budget.spend({ tokens, usd: cost });
    if (!Array.isArray(reply.choices)) {
      throw new HaloError("HALO_MODEL_REPLY", `${url} sent a reply without \`choices\``);
    }
    const [first] = reply.choices;
    const hidden = first?.message?.content || asked.tools ? undefined : hiddenIn(first?.message);
    if (hidden === undefined) return { choices: reply.choices, usage, costUsd: cost };
    throw new HaloError("HALO_MODEL_REPLY", `${url} sent a reply with \`${hidden}\` and no \`content\``, {
      hint: first?.finish_reason === "length"
        ? "the model thinks longer than its output may be: raise `max_tokens`, or turn its thinking off"
        : "start the server without a parser of reasoning or tool calls, or turn the model's thinking off",
    });
  }

  async #attempts<T>(
    send: (signal: AbortSignal) => Promise<T>,
    { signal, tokens }: Call & { readonly tokens: number },
  ): Promise<T> {
    const { url, model, key, timeout_s, retries } = this.options;
    for (let attempt = 0;; attempt++) {
      await pause(this.#rate.take(tokens, performance.now()), signal);
      this.#budget.check();
      const late = AbortSignal.timeout(timeout_s * 1000);
      try {
        return await send(AbortSignal.any([signal, late]));
      } catch (e) {
        signal.throwIfAborted();
        if (isFiltered(e)) throw e;
        const asked = { url, model, key: key?.reveal(), keyName: key?.name, isLate: late.aborted };
        const { error, isRetryable, waitMs } = failureOf(e, asked);
        if (!isRetryable || attempt >= retries || (waitMs ?? 0) > longestWaitMs) throw error;
        this.#rate.settle(-tokens, performance.now());
        if (waitMs !== undefined) this.#rate.closeFor(waitMs, performance.now());
        else await pause(Math.min(8000, 500 * 2 ** attempt), signal);
      }
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  try {
    await sleep(ms, undefined, { signal });
  } catch (e) {
    signal.throwIfAborted();
    throw e;
  }
}
