import type { PluginErrors } from "halo-agent";

/** What can go wrong with the LoRA trainer's server. */
export const loraErrors = {
  HALO_LORA_UNREACHABLE: {
    exit: 7,
    rule: "retry",
    summary: "no LoRA trainer answers at the URL",
    fix: "start it: halo serve PIPELINE --profile gpu",
  },
  HALO_LORA_TIMEOUT: {
    exit: 7,
    rule: "retry",
    summary: "the LoRA trainer had no result in time",
    fix: "read its log: runs/services/lora.log",
  },
  HALO_LORA_TOKEN: {
    exit: 3,
    rule: "fatal",
    summary: "the LoRA trainer refuses the token",
    fix: "set HALO_LORA_TOKEN, or HALO_LORA_TOKEN_FILE, to the token it was started with",
  },
  HALO_LORA_REFUSED: {
    exit: 2,
    rule: "fatal",
    summary: "the LoRA trainer refuses a request",
    fix: "the message says what it refuses; docs/sidecar.md lists the options",
  },
  HALO_LORA_LOST: {
    exit: 7,
    rule: "retry",
    summary: "the LoRA trainer went away and did not come back, or ends again and again",
    fix: "read its log: runs/services/lora.log",
  },
  HALO_LORA_FAILED: {
    exit: 7,
    rule: "retry",
    summary: "the LoRA trainer failed on a request",
    fix: "read its log: runs/services/lora.log",
  },
  HALO_LORA_REPLY: {
    exit: 7,
    rule: "retry",
    summary: "a reply of the LoRA trainer is not of the expected form",
    fix: "serve the sidecar that comes with this version of halo",
  },
  HALO_LORA_STATE: {
    exit: 3,
    rule: "fatal",
    summary: "the LoRA trainer no longer has the weights that a run goes on from",
    fix: "start it with the `root` folder that it had before",
  },
  HALO_LORA_SERVER: {
    exit: 2,
    rule: "fatal",
    summary: "the server is no LoRA trainer, or one of another model or precision",
    fix: "let `url`, `model` and `dtype` be those the sidecar was started with",
  },
  HALO_LORA_BATCH: {
    exit: 2,
    rule: "fatal",
    summary: "a batch holds examples that the LoRA trainer cannot learn from",
    fix: "use a policy that records token ids, and a loss that the trainer has",
  },
  HALO_CANARY_GAP: {
    exit: 7,
    rule: "fatal",
    summary: "sampler and trainer give other log-probabilities to what was sampled",
    fix: "let sampler and trainer have one model, precision and image limits; docs/sidecar.md",
  },
} as const satisfies PluginErrors;
