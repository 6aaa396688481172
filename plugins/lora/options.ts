import type { OptionsOf } from "halo-agent";

/** The options of the trainer `lora`; defaults and descriptions are their documentation. */
export const options = {
  type: "object",
  additionalProperties: false,
  required: ["token"],
  properties: {
    url: {
      type: "string",
      pattern: "^https?://",
      default: "http://127.0.0.1:8100",
      description:
        "The sidecar, or another server with Tinker's API. `halo serve` starts a sidecar there when it is an address of this machine.",
    },
    token: {
      type: "string",
      writeOnly: true,
      description: "What the sidecar asks for: ${secret:HALO_LORA_TOKEN}, which `halo serve` makes.",
    },
    model: {
      type: "string",
      minLength: 1,
      default: "Qwen/Qwen3-VL-8B-Instruct",
      description: "Name of the base model, the policy's own.",
    },
    image_token_id: {
      type: "integer",
      minimum: 0,
      default: 151_655,
      description: "Token that stands for a part of a picture, Qwen3-VL's own; for servers that do not tell it.",
    },
    rank: { type: "integer", minimum: 1, default: 16, description: "Rank of the adapter." },
    alpha: { type: "number", exclusiveMinimum: 0, default: 32, description: "Scales it by alpha / rank." },
    rslora: { type: "boolean", default: false, description: "Scale by alpha / √rank instead." },
    learning_rate: { type: "number", exclusiveMinimum: 0, default: 2e-5, description: "Of AdamW." },
    warmup_steps: {
      type: "integer",
      minimum: 0,
      default: 0,
      description: "Updates over which the learning rate rises to its value, in equal steps.",
    },
    betas: {
      type: "array",
      items: { type: "number", minimum: 0, exclusiveMaximum: 1 },
      minItems: 2,
      maxItems: 2,
      default: [0.9, 0.95],
      description: "Decay of AdamW's two moments.",
    },
    eps: { type: "number", exclusiveMinimum: 0, default: 1e-12, description: "Added to AdamW's divisor." },
    weight_decay: { type: "number", minimum: 0, default: 0, description: "Decoupled from the gradient." },
    grad_clip_norm: { type: "number", minimum: 0, default: 1, description: "Longest gradient; 0: any." },
    max_completion_length: {
      type: "integer",
      minimum: 1,
      default: 256,
      description: "Tokens that dr_grpo divides by, unless the algorithm names a number.",
    },
    importance: {
      type: "object",
      additionalProperties: false,
      default: {},
      description: "Correction where sampler and trainer disagree about a token's probability.",
      properties: {
        mode: {
          type: "string",
          enum: ["none", "token_truncate", "token_mask", "sequence_truncate", "sequence_mask"],
          default: "token_truncate",
          description: "Bound each ratio, or drop what lies outside, per token or per completion.",
        },
        min: { type: "number", minimum: 0, description: "Smallest ratio; default none." },
        max: { type: "number", exclusiveMinimum: 0, default: 2, description: "Largest ratio." },
      },
    },
    delta: {
      type: "number",
      exclusiveMinimum: 1,
      description: "Bound of the ratio where the advantage is negative (dual clip); default none.",
    },
    dpo: {
      type: "object",
      additionalProperties: false,
      default: {},
      description: "For preference pairs.",
      properties: {
        variant: { type: "string", enum: ["sigmoid", "robust"], default: "sigmoid", description: "Form of the loss." },
        label_smoothing: {
          type: "number",
          minimum: 0,
          exclusiveMaximum: 0.5,
          default: 0,
          description: "Share of pairs taken to be the wrong way round; for robust.",
        },
      },
    },
    gap_limit: {
      type: "number",
      exclusiveMinimum: 0,
      description:
        "Largest difference between a token's log-probability here and in its trace; default 1e-3 in float32; in bfloat16 none: it warns where the mean is above 0.1 or one in a hundred above 0.5.",
    },
    adapters: {
      type: "string",
      enum: ["named", "copied"],
      default: "named",
      description:
        "named: weights stay at the sidecar, the run keeps their place and hash; copied: into the run folder.",
    },
    server_loss: {
      type: "string",
      enum: ["sum", "mean"],
      description:
        "What another server makes of a batch: the sum over its tokens, or the mean over completions of the mean over their tokens, as SkyRL's JAX backend does; default: sum, of a server that says so.",
    },
    chunk_mb: {
      type: "number",
      exclusiveMinimum: 0,
      maximum: 48,
      default: 5,
      description: "Largest request; a larger batch is sent in several, groups whole.",
    },
    timeout_s: { type: "number", exclusiveMinimum: 0, default: 1800, description: "Longest wait for one result." },
    restart_s: {
      type: "number",
      minimum: 0,
      default: 600,
      description: "Longest wait for a sidecar that went away.",
    },
    serve: {
      type: "object",
      additionalProperties: false,
      default: {},
      description: "How `halo serve` starts the sidecar.",
      properties: {
        device: { type: "string", enum: ["cuda", "cpu"], default: "cuda", description: "What it computes on." },
        processes: {
          type: "integer",
          minimum: 1,
          default: 1,
          description: "One for each GPU, by torchrun; each takes whole groups.",
        },
        gpus: {
          type: "string",
          pattern: "^[\\w-]+(,[\\w-]+)*$",
          description:
            "GPUs that it may use, as in CUDA_VISIBLE_DEVICES: 1,2,3 leaves the first to vLLM; default: all.",
        },
        dtype: {
          type: "string",
          enum: ["auto", "bfloat16", "float32"],
          default: "auto",
          description: "Of weights and activations, masters are float32; auto: bfloat16, on cpu float32.",
        },
        python: {
          type: "string",
          "x-path": true,
          description: "Default .tools/python/bin/python of halo, else python3.",
        },
        weights: { type: "string", "x-path": true, description: "Folder or name that it loads; default: `model`." },
        root: {
          type: "string",
          "x-path": true,
          minLength: 1,
          default: "runs/lora",
          description: "Folder for states, adapters and screenshots.",
        },
        keep: { type: "integer", minimum: 2, default: 4, description: "States and adapters kept of each model." },
        max_tokens_per_micro_batch: {
          type: "integer",
          minimum: 1,
          default: 8192,
          description: "Tokens computed at once; memory bounds it, results do not depend on it beyond rounding.",
        },
        checkpointing: {
          type: "string",
          enum: ["auto", "on", "off"],
          default: "auto",
          description: "Compute layers again in the backward pass instead of keeping them; auto: where memory asks.",
        },
        start_limit_s: { type: "number", minimum: 1, default: 1200, description: "Seconds it may take to start." },
        extra: { type: "array", items: { type: "string" }, default: [], description: "Further arguments as they are." },
      },
    },
  },
} as const;

/** The options as they arrive in `create`. */
export type LoraOptions = OptionsOf<typeof options>;

/** What the sidecar computes in when `halo serve` starts it. */
export function precisionOf({ device, dtype }: LoraOptions["serve"]): "float32" | "bfloat16" {
  return dtype !== "auto" ? dtype : device === "cpu" ? "float32" : "bfloat16";
}
