import { HaloError } from "halo-agent";

/** What a failed call looks like, whichever way it failed. */
export interface Failed {
  /** Path below the server, for example "/chat/completions". */
  readonly route: string;
  /** Absent when no answer came. */
  readonly status?: number;
  /** `error.message`, or the whole body where there is none. */
  readonly text: string;
  readonly param?: string;
  /** The request named an adapter, not the base. */
  readonly isAdapter?: boolean;
  /** The attempt ran out of time. */
  readonly isLate?: boolean;
  /** The error came with HTTP 200; `status` is what it names, if it names one. */
  readonly isInBody?: boolean;
}

/** Whether the same request may succeed later: after a pause, once the server is back, or never. */
export type Retry = "never" | "later" | "when_back";

interface Row {
  readonly status?: number | readonly [from: number, to: number];
  readonly route?: RegExp;
  readonly text?: RegExp;
  readonly param?: RegExp;
  readonly isAdapter?: true;
  readonly code: HaloError["code"];
  readonly retry: Retry;
  readonly hint: string;
}

const load = /load_lora_adapter$/;

/** Read from the top; the first row that fits decides. `$1` in a hint is the first group of `text`. */
export const failures: readonly Row[] = [
  // Without an answer.
  {
    status: 0,
    code: "HALO_VLLM_LOST",
    retry: "when_back",
    hint: "start it: halo serve PIPELINE; its log says why it ended",
  },
  // Adapters.
  {
    status: 404,
    route: load,
    text: /"detail":\s*"Not Found"|^Not Found$/,
    code: "HALO_VLLM_LORA_OFF",
    retry: "never",
    hint: "start vLLM with --enable-lora and VLLM_ALLOW_RUNTIME_LORA_UPDATING=True, as halo serve does",
  },
  {
    status: 404,
    route: load,
    text: /No adapter found/,
    code: "HALO_VLLM_ADAPTER",
    retry: "never",
    hint: "the adapter's folder must exist on vLLM's machine, with adapter_config.json and adapter_model.safetensors",
  },
  { status: 404, route: /unload_lora_adapter$/, code: "HALO_VLLM_ADAPTER_GONE", retry: "never", hint: "nothing to do" },
  {
    status: 400,
    route: load,
    text: /conflicts with a served base model/,
    code: "HALO_VLLM_ADAPTER",
    retry: "never",
    hint: "give the policy another `name`",
  },
  {
    status: 400,
    route: load,
    text: /has already been loaded/,
    code: "HALO_VLLM_ADAPTER",
    retry: "never",
    hint: "give the policy another `name`",
  },
  {
    status: 500,
    route: load,
    text: /LoRA rank (\d+) is greater than max_lora_rank/,
    code: "HALO_VLLM_ADAPTER",
    retry: "never",
    hint: "start vLLM with --max-lora-rank $1, or set serve.max_lora_rank and the trainer's rank to fit",
  },
  {
    status: 500,
    route: load,
    text: /does not yet support DoRA/,
    code: "HALO_VLLM_ADAPTER",
    retry: "never",
    hint: "train the adapter without DoRA",
  },
  {
    status: 500,
    route: load,
    text: /modules_to_save/,
    code: "HALO_VLLM_ADAPTER",
    retry: "never",
    hint: "train the adapter without modules_to_save",
  },
  {
    status: 500,
    route: load,
    text: /expected target modules|is unsupported LoRA weight/,
    code: "HALO_VLLM_ADAPTER",
    retry: "never",
    hint: "the adapter names modules that vLLM does not adapt; docs/vllm.md lists the names it takes",
  },
  {
    status: 500,
    route: load,
    text: /incomplete metadata|deserializing header|NoneType/,
    code: "HALO_VLLM_ADAPTER",
    retry: "never",
    hint: "the file is cut off or lacks tensors: publish it again",
  },
  // The engine, wherever it is noticed.
  {
    status: 500,
    text: /EngineCore encountered an issue|EngineDeadError/,
    code: "HALO_VLLM_LOST",
    retry: "when_back",
    hint: "the engine died; vLLM's log names the cause",
  },
  {
    status: 500,
    route: load,
    text: /Call to add_lora method failed/,
    code: "HALO_VLLM_ADAPTER",
    retry: "never",
    hint: "vLLM's log has the stack trace",
  },
  // Who asks, and for what.
  {
    status: [401, 403],
    code: "HALO_VLLM_KEY",
    retry: "never",
    hint: "set `key: ${secret:NAME}` to the key vLLM was started with",
  },
  {
    status: 404,
    text: /model `[^`]*` does not exist/,
    isAdapter: true,
    code: "HALO_VLLM_ADAPTER_GONE",
    retry: "never",
    hint: "it is loaded again by itself; when that fails, see docs/vllm.md",
  },
  {
    status: 404,
    text: /model `[^`]*` does not exist/,
    code: "HALO_VLLM_MODEL",
    retry: "never",
    hint: "set `model` to a name that vLLM serves (--served-model-name)",
  },
  { status: 404, code: "HALO_VLLM_SERVER", retry: "never", hint: "is `url` vLLM's, with /v1 at its end?" },
  {
    status: 400,
    param: /^input_(tokens|text)$/,
    code: "HALO_VLLM_CONTEXT",
    retry: "never",
    hint: "raise --max-model-len (serve.max_model_len), or lower max_completion_tokens, history, screenshots",
  },
  {
    status: 400,
    text: /maximum context length is|context length is only|exceeds model's maximum context/,
    code: "HALO_VLLM_CONTEXT",
    retry: "never",
    hint: "raise --max-model-len (serve.max_model_len), or lower max_completion_tokens, history, screenshots",
  },
  {
    status: 400,
    param: /^max_(completion_)?tokens$/,
    code: "HALO_VLLM_REQUEST",
    retry: "never",
    hint: "lower max_completion_tokens, or raise --max-model-len (serve.max_model_len)",
  },
  {
    status: 400,
    text: /At most \d+ image/,
    code: "HALO_VLLM_REQUEST",
    retry: "never",
    hint: "lower `screenshots`, or start vLLM with a higher --limit-mm-per-prompt",
  },
  {
    status: 400,
    text: /Requested sample logprobs/,
    code: "HALO_VLLM_REQUEST",
    retry: "never",
    hint: "start vLLM without a lower --max-logprobs; its own 20 are enough",
  },
  {
    status: 422,
    code: "HALO_VLLM_SERVER",
    retry: "never",
    hint: "a server that refuses vLLM's own fields is no vLLM; use policy openai",
  },
  {
    status: [400, 400],
    code: "HALO_VLLM_REQUEST",
    retry: "never",
    hint: "vLLM's flags and the policy's options do not fit together",
  },
  // What passes.
  { status: 408, code: "HALO_VLLM_TIMEOUT", retry: "later", hint: "raise timeout_s, or lower concurrency" },
  { status: [429, 429], code: "HALO_VLLM_BUSY", retry: "later", hint: "lower concurrency" },
  {
    status: [502, 504],
    code: "HALO_VLLM_BUSY",
    retry: "later",
    hint: "look at the proxy before vLLM and at vLLM's log",
  },
  { status: [500, 599], code: "HALO_VLLM_FAILED", retry: "later", hint: "vLLM's log has the stack trace" },
  { status: [400, 499], code: "HALO_VLLM_REQUEST", retry: "never", hint: "is `url` vLLM's?" },
];

/** True of an error that stands for no answer at all, not for an answer that says the engine is dead. */
export const isUnanswered = ({ code, message }: HaloError): boolean =>
  code === "HALO_VLLM_LOST" && message.startsWith(unanswered);

const unanswered = "vLLM does not answer";

/** The error a failed call becomes, and whether it may be tried again. */
export function classify(failed: Failed): { readonly error: HaloError; readonly retry: Retry } {
  const { route, text, isLate, isInBody } = failed;
  if (isLate) {
    const error = new HaloError("HALO_VLLM_TIMEOUT", `vLLM did not answer ${route} in time`, {
      hint: "raise timeout_s, or lower concurrency; a paused vLLM makes requests wait",
    });
    return { error, retry: "later" };
  }
  const status = failed.status ?? (isInBody ? statusOf(failed) : 0);
  const row = failures.find((r) => fits(r, { ...failed, status })) ?? failures.at(-1)!;
  const said = text.length > 400 ? `${text.slice(0, 399)}…` : text;
  const how = isInBody ? `200 and the error ${failed.status ?? ""}`.trimEnd() : status;
  const message = status === 0 ? `${unanswered} ${route}: ${said}` : `vLLM answers ${route} with ${how}: ${said}`;
  const group = row.text?.exec(text)?.[1] ?? "";
  return { error: new HaloError(row.code, message, { hint: row.hint.replace("$1", group) }), retry: row.retry };
}

/** The status that an error without one would have come with: that of the row whose words it has, else a failure. */
function statusOf(failed: Failed): number {
  const known = failures.find((r) =>
    r.text && typeof r.status === "number" && fits(r, { ...failed, status: r.status })
  );
  return typeof known?.status === "number" && known.status > 0 ? known.status : 500;
}

function fits(row: Row, { route, status = 0, text, param = "", isAdapter = false }: Failed): boolean {
  const range = typeof row.status === "number" ? [row.status, row.status] : row.status ?? [0, 599];
  return status >= range[0]! && status <= range[1]! && (row.route?.test(route) ?? true) &&
    (row.text?.test(text) ?? true) && (row.param?.test(param) ?? true) &&
    (row.isAdapter === undefined || isAdapter);
}
