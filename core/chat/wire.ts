/** An error that a server put into a body, as OpenAI's wire form writes it. */
export interface WireError {
  readonly message: string;
  /** An HTTP status, where it names one. */
  readonly status?: number;
  readonly param?: string;
}

/** The error in the body of an answer that HTTP calls a success; undefined where there is none. */
export function errorInBody(json: unknown): WireError | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const { error, object } = json as { readonly error?: unknown; readonly object?: unknown };
  const said = error ?? (object === "error" ? json : undefined);
  if (typeof said === "string" && said !== "") return { message: said };
  if (typeof said !== "object" || said === null) return undefined;
  const { message, code, status_code: other, param } = said as Readonly<Record<string, unknown>>;
  const status = [code, other].map(Number).find((x) => Number.isInteger(x) && x >= 400 && x < 600);
  return {
    message: typeof message === "string" ? message : JSON.stringify(said),
    ...(status !== undefined && { status }),
    ...(typeof param === "string" && { param }),
  };
}

/** Where a server put text that belongs into `content`: a parser of its own takes it out of what the model wrote. */
export function hiddenIn(message: unknown): "reasoning_content" | "reasoning" | "tool_calls" | undefined {
  const fields = (message ?? {}) as Readonly<Record<string, unknown>>;
  return (["reasoning_content", "reasoning", "tool_calls"] as const).find((name) => {
    const value = fields[name];
    return typeof value === "string" ? value !== "" : Array.isArray(value) && value.length > 0;
  });
}

/** What `retry-after-ms` or `retry-after` (seconds or a date) asks to wait; `nowMs` is the clock's time. */
export function retryAfterMs(headers: Headers | undefined, nowMs: number): number | undefined {
  const ms = headers?.get("retry-after-ms");
  if (ms && Number(ms) >= 0) return Number(ms);
  const written = headers?.get("retry-after");
  if (!written) return undefined;
  const seconds = Number(written);
  const wait = Number.isNaN(seconds) ? Date.parse(written) - nowMs : seconds * 1000;
  return wait >= 0 ? wait : undefined;
}

/** Whether a refusal says that the prompt is longer than the model's context, in the words of the servers known. */
export const isContextError = (text: string): boolean =>
  /maximum context length|context length is only|maximum context|context_length_exceeded|context window|prompt is too long/i
    .test(text);
