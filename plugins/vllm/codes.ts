import type { PluginErrors } from "halo-agent";

/** What can go wrong with vLLM, and canaries: figures that show whether what samples is what was trained. */
export const vllmErrors = {
  HALO_VLLM_UNREACHABLE: {
    exit: 7,
    rule: "retry",
    summary: "no vLLM answers at the URL",
    fix: "start it: halo serve PIPELINE --profile gpu",
  },
  HALO_VLLM_LOST: {
    exit: 7,
    rule: "retry",
    summary: "vLLM refuses connections, ends them or its engine died",
    fix: "read its log: runs/services/vllm.log",
  },
  HALO_VLLM_TIMEOUT: {
    exit: 7,
    rule: "retry",
    summary: "vLLM did not answer a request in time",
    fix: "raise timeout_s, or lower concurrency",
  },
  HALO_VLLM_BUSY: {
    exit: 7,
    rule: "retry",
    summary: "vLLM, or a proxy before it, is overloaded",
    fix: "lower concurrency",
  },
  HALO_VLLM_FAILED: {
    exit: 7,
    rule: "retry",
    summary: "vLLM failed on a request",
    fix: "read its log: runs/services/vllm.log",
  },
  HALO_VLLM_REPLY: {
    exit: 7,
    rule: "retry",
    summary: "a reply of vLLM breaks what was asked for: samples, token ids, log-probabilities",
    fix: "serve a version that docs/vllm.md names, with the flags of halo serve",
  },
  HALO_VLLM_ADAPTER_GONE: {
    exit: 7,
    rule: "retry",
    summary: "vLLM no longer knows an adapter that was loaded, and it cannot be loaded again",
    fix: "start vLLM again; the run loads its adapter anew",
  },
  HALO_VLLM_KEY: {
    exit: 3,
    rule: "fatal",
    summary: "vLLM asks for a key, or refuses the one it got",
    fix: "set the policy's `key` to the one vLLM was started with",
  },
  HALO_VLLM_SERVER: {
    exit: 2,
    rule: "fatal",
    summary: "the server is no vLLM that halo can train with",
    fix: "let `url` be vLLM's, with /v1 at its end; for another server use the policy openai",
  },
  HALO_VLLM_MODEL: {
    exit: 2,
    rule: "fatal",
    summary: "vLLM does not serve the model",
    fix: "set `model` to a name that vLLM serves",
  },
  HALO_VLLM_REQUEST: {
    exit: 2,
    rule: "fatal",
    summary: "vLLM refuses a request: its flags or the policy's options do not fit",
    fix: "start vLLM with the flags of halo serve",
  },
  HALO_VLLM_CONTEXT: {
    exit: 2,
    rule: "fatal",
    summary: "the shortest prompt is longer than vLLM's context",
    fix: "raise serve.max_model_len, or lower max_completion_tokens, history, screenshots",
  },
  HALO_VLLM_LORA_OFF: {
    exit: 2,
    rule: "fatal",
    summary: "vLLM was started without adapters, or without loading them at run time",
    fix: "start vLLM as halo serve does",
  },
  HALO_VLLM_ADAPTER: {
    exit: 2,
    rule: "fatal",
    summary: "vLLM refuses an adapter: files, rank or modules",
    fix: "let rank and modules fit what vLLM was started with; docs/vllm.md",
  },
  HALO_CANARY_ADAPTER: {
    exit: 7,
    rule: "fatal",
    summary: "the adapter in vLLM does not answer as the trainer's",
    fix: "start vLLM again; when it stays, docs/vllm.md says what the canary compares",
  },
  HALO_CANARY_CACHE: {
    exit: 7,
    rule: "fatal",
    summary: "vLLM answers from blocks of another policy version",
    fix: "start vLLM again; it must know `cache_salt`",
  },
  HALO_CANARY_IMAGE: {
    exit: 7,
    rule: "fatal",
    summary: "vLLM sees a screenshot in another size than the trainer will",
    fix: "let policy and trainer name one model and equal image limits",
  },
  HALO_CANARY_PROJECTION: {
    exit: 7,
    rule: "fatal",
    summary: "vLLM leaves out tensors of an adapter, or answers with another one",
    fix: "start vLLM again with a version that docs/vllm.md names; it says which tensor names are applied",
  },
  HALO_CANARY_PICTURE: {
    exit: 7,
    rule: "fatal",
    summary: "what a screenshot shows does not change what vLLM answers",
    fix: "start vLLM with pictures allowed, or set `screenshots: 0` for a model that sees none",
  },
  HALO_CANARY_WORDS: {
    exit: 7,
    rule: "fatal",
    summary: "the task's words are not in the tokens that vLLM made of the prompt",
    fix: "serve the model with its own chat template",
  },
  HALO_CANARY_TEMPERATURE: {
    exit: 7,
    rule: "fatal",
    summary: "log-probabilities of vLLM are not those at the temperature asked for",
    fix: "start vLLM with --logprobs-mode processed_logprobs, as halo serve does",
  },
} as const satisfies PluginErrors;
