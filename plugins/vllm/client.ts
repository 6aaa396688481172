import { setTimeout as sleep } from "node:timers/promises";
import { type Call, HaloError, type Log, type Secret } from "halo-agent";
import { errorInBody, limiter, retryAfterMs } from "halo-agent/kit";
import OpenAI, { APIConnectionTimeoutError, APIError } from "openai";
import { classify, type Failed } from "./errors.ts";
import type { Figures } from "./figures.ts";

export interface ClientOptions {
  readonly url: string;
  readonly key?: Secret;
  readonly model: string;
  readonly concurrency: number;
  readonly timeout_s: number;
  readonly retries: number;
  readonly restart_s: number;
}

export interface Sending extends Call {
  /** Sent as JSON by POST; without it the route is read by GET. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** The route is not below /v1. */
  readonly isRoot?: boolean;
  /** The first word with a server: one that is not there is told at once. */
  readonly isFirst?: boolean;
}

const longestPauseMs = 8_000;
/** Longest wait that a server may ask for between two attempts. */
const longestWaitMs = 60_000;
const healthLimitMs = 5_000;

/** The one door to a vLLM server: bounded concurrency, a limit on each request, typed errors, retries with back-off. */
export class VllmClient {
  readonly #o: ClientOptions & { readonly figures: Figures; readonly log: Log };
  readonly #sdk: OpenAI;
  readonly #gate: ReturnType<typeof limiter>;
  readonly #root: string;

  constructor(o: ClientOptions & { readonly figures: Figures; readonly log: Log }) {
    this.#o = o;
    this.#root = o.url.replace(/\/+$/, "").replace(/\/v1$/, "");
    this.#gate = limiter(o.concurrency);
    // Nothing may come from variables that the pipeline does not name, and a retry of the SDK's would sample twice.
    this.#sdk = new OpenAI({
      baseURL: o.url,
      apiKey: o.key?.reveal() ?? "none",
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      maxRetries: 0,
      timeout: o.timeout_s * 1000,
      logLevel: "off",
    });
  }

  /**
   * One request; its answer as JSON, or as text where vLLM sends text. A request that was lost, refused for the moment
   * or too slow is sent again, after a server that went away is back. Throws HALO_VLLM_… once retries are spent.
   */
  async send(route: string, { signal, ...o }: Sending): Promise<unknown> {
    let last: HaloError | undefined;
    for (let attempt = 0;; attempt++) {
      const start = performance.now();
      try {
        return await this.#gate(() => {
          signal.throwIfAborted();
          return this.#once(route, { signal, ...o });
        });
      } catch (e) {
        // The last failure says more than the end of the caller's patience.
        if (signal.aborted) throw last && isTimeout(signal.reason) ? last : signal.reason;
        const { error, retry } = classify(this.#failed(e, { route, ...o }));
        last = error;
        const waitMs = e instanceof APIError ? retryAfterMs(e.headers, Date.now()) : undefined;
        const isSpent = attempt >= this.#o.retries || (waitMs ?? 0) > longestWaitMs;
        if (retry === "never" || isSpent || o.isFirst) throw error;
        this.#o.figures.add("retries");
        this.#o.log.debug(`${error.code} after ${Math.round(performance.now() - start)} ms: ${error.message}`);
        await this.#until(last, signal, async () => {
          await sleep(waitMs ?? Math.min(longestPauseMs, 250 * 2 ** attempt), undefined, { signal });
          if (retry === "when_back") await this.#back(error, signal);
        });
      }
    }
  }

  async #once(route: string, { body, isRoot, signal }: Sending): Promise<unknown> {
    const path = isRoot ? this.#root + route : route;
    const found: unknown = await (body ? this.#sdk.post(path, { body, signal }) : this.#sdk.get(path, { signal }));
    const wrong = errorInBody(typeof found === "string" ? parsed(found) : found);
    if (wrong) throw new ErrorInBody(wrong);
    return found;
  }

  /** Resolves when the server answers that it is well. */
  async #back(error: HaloError, signal: AbortSignal): Promise<void> {
    const deadline = performance.now() + this.#o.restart_s * 1000;
    for (let told = false;; told = true) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(healthLimitMs)]);
      const health = await fetch(`${this.#root}/health`, { signal: limit }).catch(() => undefined);
      await health?.body?.cancel();
      if (health?.ok) return;
      if (performance.now() >= deadline) throw error;
      if (!told) this.#o.log.info(`vLLM at ${this.#root} is away; waiting up to ${this.#o.restart_s} s for it`);
      await sleep(1_000, undefined, { signal });
    }
  }

  async #until(last: HaloError, signal: AbortSignal, wait: () => Promise<void>): Promise<void> {
    try {
      await wait();
    } catch (e) {
      if (signal.aborted) throw isTimeout(signal.reason) ? last : signal.reason;
      throw e;
    }
  }

  #failed(e: unknown, { route, body }: Pick<Sending, "body"> & { readonly route: string }): Failed {
    const isAdapter = typeof body?.["model"] === "string" && body["model"] !== this.#o.model;
    if (e instanceof APIConnectionTimeoutError) return { route, text: "", isLate: true };
    if (e instanceof ErrorInBody) {
      const { message, ...rest } = e.said;
      return { route, isAdapter, ...rest, text: this.#hidden(message), isInBody: true };
    }
    // A body that breaks off arrives as an error of the runtime's own.
    if (!(e instanceof APIError) || e.status === undefined) return { route, text: this.#hidden(causes(e)) };
    const said = e.error as { readonly message?: unknown; readonly param?: unknown } | string | undefined;
    const text = typeof said === "object" && typeof said?.message === "string" ? said.message : e.message;
    const param = typeof said === "object" && typeof said?.param === "string" ? { param: said.param } : {};
    return { route, status: e.status, text: this.#hidden(text), isAdapter, ...param };
  }

  #hidden(text: string): string {
    const key = this.#o.key?.reveal();
    return key ? text.replaceAll(key, "[secret]") : text;
  }
}

/** What a server says is wrong in an answer that HTTP calls a success. */
class ErrorInBody extends Error {
  readonly said: NonNullable<ReturnType<typeof errorInBody>>;

  constructor(said: NonNullable<ReturnType<typeof errorInBody>>) {
    super(said.message);
    this.said = said;
  }
}

/** An answer without a content type arrives as text. */
function parsed(text: string): unknown {
  try {
    return text.startsWith("{") ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

const isTimeout = (reason: unknown): boolean => reason instanceof Error && reason.name === "TimeoutError";

/** The innermost reasons: the outer one only says "Connection error.". */
function causes(thrown: unknown): string {
  const messages: string[] = [];
  for (let e: unknown = thrown; e instanceof Error && messages.length < 5; e = e.cause) {
    const code = (e as { readonly code?: unknown }).code;
    const isNews = typeof code === "string" && !e.message.includes(code);
    const text = [e.message, isNews ? code : ""].filter((part) => part !== "").join(" ");
    if (!messages.includes(text)) messages.push(text);
  }
  return messages.join(": ");
}
