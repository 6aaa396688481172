import type { ChatMessage } from "halo-agent";

/** One request for samples of one prompt. */
export interface Asked {
  /** Name of the base or of an adapter. */
  readonly model: string;
  /** Namespaces the prefix cache: the policy version's own text. */
  readonly salt: string;
  readonly messages: readonly ChatMessage[];
  readonly n: number;
  readonly temperature: number;
  readonly seed: number;
  readonly maxTokens: number;
  /** Handed to the checkpoint's own chat template; what the model writes is left as it is. */
  readonly tools?: readonly object[] | undefined;
}

/** What every request says about sampling: silence would mean the checkpoint's own defaults, which truncate. */
export const plainSampling = {
  top_p: 1,
  top_k: 0,
  min_p: 0,
  repetition_penalty: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
} as const;

/** What vLLM takes as a salt: at most 128 characters, no slash, which names of models and folders hold. */
export const cacheSalt = (name: string): string => name.replaceAll(/[^\w.-]/g, "-").slice(-128);

/** Body of /v1/chat/completions for samples that are trained on: token ids, log-probabilities, nothing constrained. */
export function samplingBody({ model, salt, messages, n, temperature, seed, maxTokens, tools }: Asked) {
  return {
    model,
    messages: wireMessages(messages),
    n,
    temperature,
    ...plainSampling,
    seed,
    max_completion_tokens: maxTokens,
    stop: ["</tool_call>"],
    include_stop_str_in_output: true,
    skip_special_tokens: true,
    logprobs: true,
    top_logprobs: 0,
    return_token_ids: true,
    cache_salt: cacheSalt(salt),
    ...(tools && { tools, tool_choice: "none" }),
  };
}

/** Messages as vLLM takes them. It trusts `uuid` blindly, so it is the hash of the picture's bytes. */
export function wireMessages(messages: readonly ChatMessage[]) {
  return messages.map(({ role, content }) => {
    const [first] = content;
    if (content.length === 1 && first?.type === "text") return { role, content: first.text };
    return {
      role,
      content: content.map((part) =>
        part.type === "text" ? part : {
          type: "image_url",
          image_url: { url: `data:image/png;base64,${Buffer.from(part.image.png).toString("base64")}` },
          uuid: part.image.sha256,
        }
      ),
    };
  });
}
