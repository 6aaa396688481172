// Answers of vLLM 0.32.0 as they came over the wire, and errors that others send with HTTP 200.
const vllm = (message: string, o: { readonly type?: string; readonly param?: string; readonly code: number }) =>
  JSON.stringify({ error: { message, type: o.type ?? "BadRequestError", param: o.param ?? null, code: o.code } });
export const chat = "/chat/completions";
const load = "/load_lora_adapter";
const addLora = (why: string) =>
  vllm(
    `Call to add_lora method failed: Worker failed with error '${why}', please check the stack trace above for the root cause`,
    { type: "InternalServerError", code: 500 },
  );

/** One answer of a server. */
export interface Case {
  readonly name: string;
  readonly route: string;
  readonly status: number;
  readonly body: string;
  /** What the request named; "tiny" is the base. */
  readonly model?: string;
  readonly code: string;
  /** What the message says after the route, where that is not the status alone. */
  readonly says?: string;
  readonly hint?: RegExp;
  /** The same request is sent again. */
  readonly retried?: true;
}

/** What is answered, and what becomes of it. */
export const answers: readonly Case[] = [
  {
    name: "an unknown model",
    route: chat,
    status: 404,
    body: vllm("The model `nope` does not exist. Valid aliases: tiny.", {
      type: "NotFoundError",
      param: "model",
      code: 404,
    }),
    code: "HALO_VLLM_MODEL",
  },
  {
    name: "an unloaded adapter",
    route: chat,
    model: "pol-v1",
    status: 404,
    body: vllm("The model `pol-v1` does not exist. Valid aliases: tiny.", {
      type: "NotFoundError",
      param: "model",
      code: 404,
    }),
    code: "HALO_VLLM_ADAPTER_GONE",
  },
  {
    name: "unloading what is not loaded",
    route: "/unload_lora_adapter",
    status: 404,
    body: vllm("The lora adapter 'pol-v1' cannot be found.", { type: "NotFoundError", code: 404 }),
    code: "HALO_VLLM_ADAPTER_GONE",
  },
  {
    name: "an adapter folder without files",
    route: load,
    status: 404,
    body: vllm("Loading lora bad-0 failed: No adapter found for <path>", { type: "NotFoundError", code: 404 }),
    code: "HALO_VLLM_ADAPTER",
    hint: /must exist on vLLM's machine/,
  },
  {
    name: "an adapter name that is taken",
    route: load,
    status: 400,
    body: vllm(
      "The lora adapter 'same' has already been loaded. If you want to load the adapter in place, set 'load_inplace' to True.",
      { type: "InvalidUserInput", code: 400 },
    ),
    code: "HALO_VLLM_ADAPTER",
  },
  {
    name: "an adapter under the base's name",
    route: load,
    status: 400,
    body: vllm("The lora adapter 'tiny' conflicts with a served base model.", { type: "InvalidUserInput", code: 400 }),
    code: "HALO_VLLM_ADAPTER",
  },
  {
    name: "a rank that is too high",
    route: load,
    status: 500,
    body: addLora("LoRA rank 32 is greater than max_lora_rank 16."),
    code: "HALO_VLLM_ADAPTER",
    hint: /--max-lora-rank 32/,
  },
  {
    name: "an unknown module",
    route: load,
    status: 500,
    body: addLora(
      "While loading <path>, expected target modules in {'o_proj', 'down_proj'} but received ['language_model.model.layers.0.self_attn.q_prj']. Please verify that the loaded LoRA module is correct",
    ),
    code: "HALO_VLLM_ADAPTER",
    hint: /names modules/,
  },
  {
    name: "an infix in tensor names",
    route: load,
    status: 500,
    body: addLora(
      "base_model.model.language_model.model.layers.0.mlp.down_proj.lora_A.default.weight is unsupported LoRA weight",
    ),
    code: "HALO_VLLM_ADAPTER",
    hint: /names modules/,
  },
  {
    name: "a missing lora_B",
    route: load,
    status: 500,
    body: addLora("unsupported operand type(s) for *=: 'NoneType' and 'float'"),
    code: "HALO_VLLM_ADAPTER",
    hint: /cut off or lacks/,
  },
  {
    name: "a file that is cut off",
    route: load,
    status: 500,
    body: addLora("Error while deserializing header: incomplete metadata, file not fully covered"),
    code: "HALO_VLLM_ADAPTER",
    hint: /cut off or lacks/,
  },
  {
    name: "DoRA",
    route: load,
    status: 500,
    body: addLora("vLLM does not yet support DoRA."),
    code: "HALO_VLLM_ADAPTER",
    hint: /without DoRA/,
  },
  {
    name: "modules_to_save",
    route: load,
    status: 500,
    body: addLora('vLLM only supports modules_to_save being either None or ["classifier", "score"]'),
    code: "HALO_VLLM_ADAPTER",
    hint: /modules_to_save/,
  },
  {
    name: "an empty load request",
    route: load,
    status: 400,
    body: vllm("2 validation errors:\n  {'type': 'missing', 'loc': 'body.lora_name', 'msg': 'Field required'}", {
      type: "Bad Request",
      param: "body.lora_name",
      code: 400,
    }),
    code: "HALO_VLLM_REQUEST",
  },
  {
    name: "adapters switched off",
    route: load,
    status: 404,
    body: '{"detail":"Not Found"}',
    code: "HALO_VLLM_LORA_OFF",
    hint: /--enable-lora/,
  },
  { name: "another server", route: chat, status: 404, body: '{"detail":"Not Found"}', code: "HALO_VLLM_SERVER" },
  { name: "a web server", route: chat, status: 404, body: "<h1>404</h1>", code: "HALO_VLLM_SERVER" },
  {
    name: "a text that is too long",
    route: chat,
    status: 400,
    body: vllm(
      "This model's maximum context length is 2048 tokens. However, your prompt contains at least 2049 input tokens, which exceeds this limit even without any output tokens. Please reduce the length of the input prompt. (parameter=input_tokens, value=2049)",
      { param: "input_tokens", code: 400 },
    ),
    code: "HALO_VLLM_CONTEXT",
    hint: /--max-model-len/,
  },
  {
    name: "pictures that are too long",
    route: chat,
    status: 400,
    body: vllm("Input length (2662) exceeds model's maximum context length (2048).", { code: 400 }),
    code: "HALO_VLLM_CONTEXT",
  },
  {
    name: "an output that is too long",
    route: chat,
    status: 400,
    body: vllm(
      "max_completion_tokens=4000 cannot be greater than max_model_len=2048. Please request fewer output tokens. (parameter=max_completion_tokens, value=4000)",
      { param: "max_completion_tokens", code: 400 },
    ),
    code: "HALO_VLLM_REQUEST",
    hint: /max_completion_tokens/,
  },
  {
    name: "bad base64",
    route: chat,
    status: 400,
    body: vllm("Non-base64 digit found", { code: 400 }),
    code: "HALO_VLLM_REQUEST",
  },
  {
    name: "a picture that is cut off",
    route: chat,
    status: 400,
    body: vllm("Failed to load image: image file is truncated", { code: 400 }),
    code: "HALO_VLLM_REQUEST",
  },
  {
    name: "too many pictures",
    route: chat,
    status: 400,
    body: vllm("At most 4 image(s) may be provided in one prompt. (parameter=image)", { param: "image", code: 400 }),
    code: "HALO_VLLM_REQUEST",
    hint: /--limit-mm-per-prompt/,
  },
  {
    name: "n beyond the server's limit",
    route: chat,
    status: 400,
    body: vllm(
      "n must be at most 16384, got 100000. To increase this limit, set the VLLM_MAX_N_SEQUENCES environment variable.",
      { code: 400 },
    ),
    code: "HALO_VLLM_REQUEST",
  },
  {
    name: "too few log-probabilities allowed",
    route: "/completions",
    status: 400,
    body: vllm("Requested sample logprobs of 20, which is greater than max allowed: 5 (parameter=logprobs, value=20)", {
      code: 400,
    }),
    code: "HALO_VLLM_REQUEST",
    hint: /--max-logprobs/,
  },
  {
    name: "a local file",
    route: chat,
    status: 500,
    body: vllm("Cannot load local files without `--allowed-local-media-path`.", {
      type: "InternalServerError",
      code: 500,
    }),
    code: "HALO_VLLM_FAILED",
    retried: true,
  },
  {
    name: "a bad schema",
    route: chat,
    status: 400,
    body: vllm("Grammar error: Invalid type: nope", { code: 400 }),
    code: "HALO_VLLM_REQUEST",
  },
  {
    name: "fields it does not know",
    route: chat,
    status: 422,
    body: '{"detail":"Unexpected fields in the request: {\'return_token_ids\'}"}',
    code: "HALO_VLLM_SERVER",
  },
  {
    name: "no key",
    route: chat,
    status: 401,
    body: '{"error":"Unauthorized"}',
    code: "HALO_VLLM_KEY",
    hint: /\$\{secret:NAME\}/,
  },
  {
    name: "a dead engine",
    route: chat,
    status: 500,
    body: vllm("EngineCore encountered an issue. See stack trace (above) for the root cause.", {
      type: "InternalServerError",
      code: 500,
    }),
    code: "HALO_VLLM_LOST",
    retried: true,
  },
  {
    name: "an overloaded proxy",
    route: chat,
    status: 503,
    body: "<h1>no upstream</h1>",
    code: "HALO_VLLM_BUSY",
    retried: true,
  },
  {
    name: "a rate limit",
    route: chat,
    status: 429,
    body: '{"error":{"message":"slow down"}}',
    code: "HALO_VLLM_BUSY",
    retried: true,
  },
  // Errors that HTTP calls a success.
  {
    name: "a full queue in a body",
    route: chat,
    status: 200,
    says: "200 and the error 503: queue is full, try again",
    body: '{"error":{"message":"queue is full, try again","code":503}}',
    code: "HALO_VLLM_BUSY",
    retried: true,
  },
  {
    name: "a context error in a body without a status",
    route: chat,
    status: 200,
    says: "200 and the error: This model's maximum context length is 4096 tokens",
    body: '{"object":"error","message":"This model\'s maximum context length is 4096 tokens"}',
    code: "HALO_VLLM_CONTEXT",
    hint: /max-model-len/,
  },
  {
    name: "a full disk in a body",
    route: load,
    status: 200,
    says: "200 and the error: No space left on device",
    body: '{"error":{"message":"No space left on device"}}',
    code: "HALO_VLLM_FAILED",
    retried: true,
  },
  {
    name: "an error in a body that is text",
    route: chat,
    status: 200,
    says: "200 and the error: overloaded",
    body: '{"error":"overloaded"}',
    code: "HALO_VLLM_FAILED",
    retried: true,
  },
];
