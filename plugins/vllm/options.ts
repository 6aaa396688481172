import type { OptionsOf } from "halo-agent";

/** The options of the policy `vllm`; defaults and descriptions are their documentation. */
export const options = {
  type: "object",
  additionalProperties: false,
  properties: {
    url: {
      type: "string",
      pattern: "^https?://",
      default: "http://127.0.0.1:8000/v1",
      description: "vLLM's OpenAI routes. `halo serve` starts vLLM there when it is an address of this machine.",
    },
    key: {
      type: "string",
      writeOnly: true,
      description: "Key that vLLM asks for (its --api-key); without it none is sent.",
    },
    model: {
      type: "string",
      minLength: 1,
      default: "Qwen/Qwen3-VL-8B-Instruct",
      description: "Name under which vLLM serves the base model.",
    },
    adapter: {
      type: "string",
      "x-path": true,
      description: "Folder of an adapter to start from: one a trainer published, or PEFT files. Without it: the base.",
    },
    name: {
      type: "string",
      pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$",
      default: "halo",
      description: "First part of the names adapters get in vLLM: halo-v000012-<hash>.",
    },
    context: {
      type: "string",
      enum: ["latest", "append"],
      default: "latest",
      description: "latest: one message with the newest screenshot; append: past steps as turns of their own.",
    },
    screenshots: {
      type: "integer",
      minimum: 0,
      maximum: 8,
      default: 2,
      description:
        "Screenshots in a prompt with context: append, the newest one included. 0: none in any prompt, for models that see no pictures; the page's controls are listed instead.",
    },
    history: { type: "integer", minimum: 0, default: 8, description: "Past steps told in words, the newest ones." },
    elements: { type: "boolean", default: false, description: "Lists the page's controls with ids to point at." },
    axtree: { type: "boolean", default: false, description: "Adds the accessibility tree as text." },
    system: {
      type: "string",
      minLength: 1,
      description: "System message; without it: instructions and how to act.",
    },
    dialect: {
      type: "string",
      enum: ["qwen", "qwen-xml", "halo", "ui-tars"],
      default: "qwen",
      description:
        "How the model writes actions. qwen: calls of the tool computer_use in JSON, as Qwen3-VL; qwen-xml: in tags, as Qwen3.5; the checkpoint's own chat template tells of the tool where it tells of tools.",
    },
    answers: {
      type: "string",
      enum: ["text", "candidates"],
      default: "text",
      description:
        "text: the model writes its action; candidates: the page's actions are listed, and the model chooses one of the lines, with exact log-probabilities. Needs screenshots: 0.",
    },
    candidates: {
      type: "integer",
      minimum: 2,
      // n lines part into at most 2n - 2 tokens, and vLLM scores 128 in a request.
      maximum: 64,
      default: 8,
      description:
        "With answers: candidates: actions listed, done among them; of more, those that share most words with the task.",
    },
    repair: {
      type: "boolean",
      default: true,
      description: "Climb the repair ladder on output that is not valid as written; repairs are counted.",
    },
    max_completion_tokens: { type: "integer", minimum: 1, default: 256, description: "Longest output of one sample." },
    refills: {
      type: "integer",
      minimum: 0,
      default: 4,
      description: "Further requests for samples that were dropped, or in mode distinct were equal.",
    },
    concurrency: { type: "integer", minimum: 1, default: 16, description: "Requests in flight." },
    timeout_s: { type: "number", exclusiveMinimum: 0, default: 120, description: "Longest wait for one reply." },
    retries: {
      type: "integer",
      minimum: 0,
      default: 4,
      description: "Attempts after the first for a request that vLLM lost, failed on or was too slow for.",
    },
    restart_s: {
      type: "number",
      minimum: 0,
      default: 600,
      description: "Longest wait for a vLLM that went away; `limits.policy_timeout_s` bounds a step's share of it.",
    },
    image: {
      type: "object",
      additionalProperties: false,
      default: {},
      description: "How the model's processor sizes pictures; what the image canary reckons with.",
      properties: {
        placeholder: {
          type: "string",
          minLength: 1,
          default: "<|image_pad|>",
          description: "Token that stands for a part of a picture: <image_soft_token> of Gemma 3, <image> of SmolVLM.",
        },
        tokens: {
          type: "integer",
          minimum: 1,
          description:
            "Tokens of every picture or tile, where they are as many for each: 256 of Gemma 3, 64 of SmolVLM. Without it those of Qwen's rule.",
        },
        factor: { type: "integer", minimum: 1, default: 32, description: "Pixels a side that become one token." },
        min_pixels: { type: "integer", minimum: 1, default: 65_536, description: "Smaller pictures are scaled up." },
        max_pixels: { type: "integer", minimum: 1, default: 16_777_216, description: "Larger ones are scaled down." },
      },
    },
    serve: {
      type: "object",
      additionalProperties: false,
      default: {},
      description: "How `halo serve` starts vLLM.",
      properties: {
        device: { type: "string", enum: ["cuda", "cpu"], default: "cuda", description: "What it computes on." },
        python: {
          type: "string",
          "x-path": true,
          description: "Python of vLLM's environment; default .tools/vllm/bin/python, on cpu .tools/python/bin/python.",
        },
        weights: { type: "string", "x-path": true, description: "Folder or name that vLLM loads; default: `model`." },
        dtype: {
          type: "string",
          enum: ["auto", "bfloat16", "float16", "float32"],
          default: "auto",
          description: "Weights and sums; auto: bfloat16, on cpu float32. Sets the limit of the canaries too.",
        },
        gpu_memory_utilization: {
          type: "number",
          exclusiveMinimum: 0,
          maximum: 1,
          default: 0.45,
          description: "Share of the GPU's memory for vLLM; the trainer needs the rest.",
        },
        max_model_len: { type: "integer", minimum: 256, default: 8192, description: "Longest prompt with its output." },
        max_loras: { type: "integer", minimum: 2, default: 4, description: "Adapters in one batch." },
        max_lora_rank: { type: "integer", minimum: 8, default: 16, description: "Highest rank of an adapter." },
        start_limit_s: { type: "number", minimum: 1, default: 1200, description: "Seconds it may take to start." },
        extra: {
          type: "array",
          items: { type: "string" },
          default: [],
          description: "Further arguments as they are.",
        },
      },
    },
  },
} as const;

/** The options as they arrive in `create`. */
export type VllmOptions = OptionsOf<typeof options>;
