import { setTimeout as sleep } from "node:timers/promises";
import { type Call, HaloError, type Log, type Secret } from "halo-agent";
import { errorOf, type Said } from "./errors.ts";

export interface ClientOptions {
  readonly url: string;
  readonly token: Secret;
  readonly timeout_s: number;
  readonly restart_s: number;
  readonly log: Log;
}

/** An object of JSON. */
export type Reply = Readonly<Record<string, unknown>>;

interface Sending extends Call {
  readonly method?: "GET" | "HEAD" | "POST" | "PUT";
  /** Follows a redirect to a store, which gets no token. */
  readonly redirects?: boolean;
  /** Sent as it stands, again and again if need be. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly retryAfterS: number;
}

const healthLimitMs = 5_000;
/** One HTTP request; results are waited for in many. */
const requestLimitMs = 120_000;
/** A server may hold a question for a result longer than that; it is asked anew. */
const askAgain: Answer = { status: 408, bytes: new Uint8Array(), retryAfterS: 0 };
/** Attempts of one request that the sidecar, though it lives, does not answer. */
const mostAttempts = 6;
const pauses = new Set([425, 429, 502, 503, 504]);

/**
 * The one door to a sidecar: token, limits, typed errors. A request whose answer was lost is sent again once the sidecar
 * is back; it counts each of them once. Throws `Gone` when what a request was about did not outlive a restart.
 */
export class LoraClient {
  readonly url: string;
  readonly #o: ClientOptions;
  readonly #life = new AbortController();
  #wasThere = false;

  constructor(o: ClientOptions) {
    this.url = o.url.replace(/\/+$/, "").replace(/\/api\/v1$/, "");
    this.#o = o;
  }

  /** A request and its JSON. */
  async call(route: string, { body, ...o }: Call & { readonly body?: object }): Promise<Reply> {
    const { bytes } = await this.send(route, body ? { ...o, method: "POST", body: JSON.stringify(body) } : o);
    return this.#json(route, bytes);
  }

  /** A request that is computed later, and its result. */
  async result(route: string, { signal, body }: Call & { readonly body: object }): Promise<Reply> {
    const { request_id } = await this.call(route, { signal, body });
    if (typeof request_id !== "string") {
      throw new HaloError("HALO_LORA_SERVER", `${this.url} gave no request_id for ${route}`, {
        hint: "is `url` the sidecar's?",
        option: "url",
      });
    }
    const deadline = performance.now() + this.#o.timeout_s * 1000;
    for (;;) {
      const answer = await this.send("retrieve_future", {
        signal,
        method: "POST",
        body: JSON.stringify({ request_id }),
      });
      if (answer.status !== 408) {
        const found = this.#json(route, answer.bytes) as Reply & Said;
        if (typeof found.error === "string") throw errorOf(route, { status: 200, said: found, url: this.url });
        return found;
      }
      if (performance.now() < deadline) continue;
      throw new HaloError("HALO_LORA_TIMEOUT", `the sidecar did not finish ${route} in ${this.#o.timeout_s} s`, {
        hint: "look at its log; raise the trainer's timeout_s",
      });
    }
  }

  /** The bytes of an answer of 200, 404 to a HEAD, or 408. */
  async send(route: string, o: Sending): Promise<Answer> {
    const signal = AbortSignal.any([o.signal, this.#life.signal]);
    const deadline = performance.now() + this.#o.timeout_s * 1000;
    for (let attempt = 1;; attempt++) {
      signal.throwIfAborted();
      let answer: Answer;
      try {
        answer = await this.#once(route, { ...o, signal });
      } catch (cause) {
        signal.throwIfAborted();
        if (route === "retrieve_future" && cause instanceof Error && cause.name === "TimeoutError") return askAgain;
        if (!this.#wasThere) throw this.#unreachable(cause);
        if (attempt === mostAttempts) throw this.#lost(`did not answer ${route} ${attempt} times`, cause);
        this.#o.log.debug(`${route}: ${causeOf(cause)}`);
        await this.#back(signal, cause);
        continue;
      }
      this.#wasThere = true;
      const { status, retryAfterS } = answer;
      if (status === 200 || status === 408 || (status === 404 && o.method === "HEAD")) return answer;
      const error = errorOf(route, { status, said: saidIn(answer), url: this.url });
      if (!pauses.has(status) || performance.now() > deadline) throw error;
      await sleep(retryAfterS * 1000, undefined, { signal });
    }
  }

  /** Ends whatever is under way. */
  close(): void {
    this.#life.abort(new Error("the trainer is closed"));
  }

  async #once(route: string, { signal, method = "GET", body, redirects }: Sending): Promise<Answer> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(requestLimitMs)]);
    let response = await fetch(`${this.url}/api/v1/${route}`, {
      method,
      signal: limit,
      redirect: redirects ? "manual" : "error",
      headers: { "X-API-Key": this.#o.token.reveal(), ...(body && { "content-type": "application/json" }) },
      ...(body && { body }),
    });
    const place = response.headers.get("location");
    if (redirects && place !== null && response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      response = await fetch(new URL(place, response.url), { signal: limit });
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, bytes, retryAfterS: Number(response.headers.get("retry-after")) || 1 };
  }

  /** Resolves when the sidecar answers that it is well. */
  async #back(signal: AbortSignal, cause: unknown): Promise<void> {
    const deadline = performance.now() + this.#o.restart_s * 1000;
    for (let isTold = false;; isTold = true) {
      await sleep(200, undefined, { signal });
      const limit = AbortSignal.any([signal, AbortSignal.timeout(healthLimitMs)]);
      const health = await fetch(`${this.url}/api/v1/healthz`, { signal: limit }).catch(() => undefined);
      await health?.body?.cancel();
      if (health?.ok) return;
      signal.throwIfAborted();
      if (performance.now() >= deadline) throw this.#lost(`was not back after ${this.#o.restart_s} s`, cause);
      if (!isTold) this.#o.log.info(`the sidecar at ${this.url} is away; waiting up to ${this.#o.restart_s} s for it`);
    }
  }

  #json(route: string, bytes: Uint8Array): Reply {
    try {
      const found: unknown = JSON.parse(new TextDecoder().decode(bytes));
      if (typeof found === "object" && found !== null) return found as Reply;
    } catch {
      // Told below.
    }
    throw new HaloError("HALO_LORA_SERVER", `${this.url} answers ${route} with something that is no JSON object`, {
      hint: "is `url` the sidecar's?",
      option: "url",
    });
  }

  #unreachable(cause: unknown): HaloError {
    return new HaloError("HALO_LORA_UNREACHABLE", `no sidecar answers at ${this.url}: ${causeOf(cause)}`, {
      hint: "start it with `halo serve PIPELINE`, or set HALO_LORA_URL (trainer.options.url) to where it listens",
      option: "url",
      cause,
    });
  }

  #lost(what: string, cause: unknown): HaloError {
    return new HaloError("HALO_LORA_LOST", `the sidecar at ${this.url} ${what}`, {
      hint: "its log says why; once it is back: halo run --resume RUN",
      cause,
    });
  }
}

/** A model's requests, numbered 1, 2, 3, … so that each counts once however often it is sent. */
export class NumberedRequests {
  readonly model: string;
  readonly #client: LoraClient;
  #seq = 0;

  constructor(client: LoraClient, model: string) {
    this.#client = client;
    this.model = model;
  }

  /** The result of a request that is computed later. */
  async ask(route: string, { signal, body }: Call & { readonly body: object }): Promise<Reply> {
    const numbered = { model_id: this.model, seq_id: ++this.#seq, ...body };
    return await this.#client.result(route, { signal, body: numbered });
  }
}

function saidIn({ bytes }: Answer): Said {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return { error: text.slice(0, 200) };
  }
}

/** The innermost reason: the outer one only says "fetch failed". */
function causeOf(thrown: unknown): string {
  let text = String(thrown);
  for (let e = thrown; e instanceof Error; e = e.cause) {
    const { code } = e as { readonly code?: unknown };
    text = e.message || (typeof code === "string" ? code : e.name);
  }
  return text;
}
