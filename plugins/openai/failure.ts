import { HaloError } from "halo-agent";
import { type errorInBody, isContextError, retryAfterMs } from "halo-agent/kit";

/** What went wrong with a request, and whether another attempt may help. */
export interface Failure {
  readonly error: HaloError;
  readonly isRetryable: boolean;
  /** What the server asks to wait, when it does. */
  readonly waitMs?: number;
}

/** The parts of the SDK's errors that are read here. */
interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly status?: number;
  readonly code?: unknown;
  readonly headers?: Headers;
  readonly cause?: unknown;
}

export interface Asked {
  readonly url: string;
  readonly model: string;
  /** Never shown; taken out of what the server says. */
  readonly key: string | undefined;
  /** Name of the secret the key came from. */
  readonly keyName: string | undefined;
  /** This attempt ran out of time. */
  readonly isLate: boolean;
}

/** True when a server refused to answer this prompt at all: what the policy saw, not what it was asked to do. */
export const isFiltered = (e: unknown): boolean =>
  (e as Thrown).status === 400 && (e as Thrown).code === "content_filter";

/** An error that came with HTTP 200, as the SDK would have thrown it. */
export function thrownOf({ message, status = 500 }: NonNullable<ReturnType<typeof errorInBody>>): Error {
  return Object.assign(new Error(`200 with the error ${status}: ${message}`), { status });
}

/** Classifies what the SDK threw. The key never stands in a message. */
export function failureOf(thrown: unknown, o: Asked): Failure {
  const e = thrown as Thrown;
  const said = hidden(e.message ?? String(thrown), o.key);
  const fail = (code: ConstructorParameters<typeof HaloError>[0], message: string, hint: string, option?: string) =>
    new HaloError(code, message, { hint, ...(option !== undefined && { option }) });
  const once = (error: HaloError): Failure => ({ error, isRetryable: false });
  if (o.isLate) {
    const error = fail("HALO_MODEL_BUSY", `${o.url} did not answer in time`, "raise `timeout_s` or try later");
    return { error, isRetryable: true };
  }
  switch (e.status) {
    case undefined: {
      const message = `${o.url} cannot be reached: ${causes(thrown, o.key)}`;
      const hint = "start the server, or point `url` to another one";
      return { error: fail("HALO_MODEL_SERVER", message, hint, "url"), isRetryable: true };
    }
    case 401:
    case 403: {
      // What the server says here quotes the key.
      const key = o.keyName === undefined ? "was given no key" : `refuses the key in ${o.keyName}`;
      const hint = o.keyName === undefined
        ? "set `key: ${secret:OPENAI_API_KEY}` and export OPENAI_API_KEY"
        : `check that ${o.keyName} holds a key of this server that may use ${o.model}`;
      return once(fail("HALO_MODEL_KEY", `${o.url} ${key} (${e.status})`, hint, "key"));
    }
    case 404:
      return once(
        fail("HALO_MODEL_UNKNOWN", `${o.url} has no model "${o.model}": ${said}`, "name one it serves", "model"),
      );
    case 429:
      if (e.code === "insufficient_quota") {
        const hint = "add credit to the account, then resume the run; finished episodes are kept";
        return once(fail("HALO_LIMIT_QUOTA", `the account at ${o.url} has nothing left: ${said}`, hint));
      }
  }
  if (e.status === 408 || e.status === 409 || e.status === 429 || e.status >= 500) {
    const hint = "lower `rate` or `concurrency`, or resume the run later";
    const error = fail("HALO_MODEL_BUSY", `${o.url} answers ${said}`, hint);
    const waitMs = retryAfterMs(e.headers, Date.now());
    return { error, isRetryable: true, ...(waitMs !== undefined && { waitMs }) };
  }
  if (isContextError(said) || e.code === "context_length_exceeded") {
    const hint = "the prompt is longer than the model reads: lower `history` or `max_tokens`, or leave out `axtree`";
    return once(fail("HALO_MODEL_CONTEXT", `${o.url} refuses the prompt: ${said}`, hint, "history"));
  }
  const hint = "an option under `supports` may be true that this server does not know";
  return once(fail("HALO_MODEL_REQUEST", `${o.url} refuses the request: ${said}`, hint, "supports"));
}

/** The innermost reasons: the outer one only says "Connection error.". */
function causes(thrown: unknown, key: string | undefined): string {
  const messages: string[] = [];
  for (let e = thrown as Thrown | undefined; e && messages.length < 4; e = e.cause as Thrown | undefined) {
    const isNews = typeof e.code === "string" && !e.message?.includes(e.code);
    const text = [e.message, isNews ? e.code : ""].filter(Boolean).join(" ");
    if (text && !messages.includes(text)) messages.push(text);
  }
  return hidden(messages.join(": "), key);
}

const hidden = (text: string, key: string | undefined): string => {
  const plain = key ? text.replaceAll(key, "[secret]") : text;
  return plain.length > 300 ? `${plain.slice(0, 299)}…` : plain;
};
