import { type Call, type Chat, HaloError } from "halo-agent";
import { hiddenIn, jsonAnswer } from "halo-agent/kit";
import type { VllmClient } from "./client.ts";
import { harmless } from "./prompt.ts";
import { plainSampling, wireMessages } from "./request.ts";

interface Wire {
  readonly choices?: readonly {
    readonly message?: { readonly content?: string | null };
    readonly finish_reason?: string;
  }[];
  readonly usage?: {
    readonly prompt_tokens?: number;
    readonly completion_tokens?: number;
    readonly prompt_tokens_details?: { readonly cached_tokens?: number } | null;
  };
}

/** The base model behind the policy as one that answers questions; held to the schema when there is one. */
export function chatOf({ client, model, ready }: {
  readonly client: VllmClient;
  readonly model: string;
  readonly ready: (call: Call) => Promise<unknown>;
}): Chat {
  return {
    model,
    async complete({ messages, schema, maxTokens, temperature }, call) {
      await ready(call);
      const { choices, usage = {} } = await client.send("/chat/completions", {
        signal: call.signal,
        body: {
          model,
          messages: wireMessages(messages.map(({ role, content }) => ({ role, content: content.map(harmless) }))),
          n: 1,
          temperature,
          ...plainSampling,
          seed: 0,
          max_completion_tokens: maxTokens,
          ...(schema && {
            response_format: {
              type: "json_schema",
              json_schema: { name: schema.name, strict: true, schema: schema.json },
            },
          }),
        },
      }) as Wire;
      const [choice] = choices ?? [];
      const text = choice?.message?.content;
      const hidden = text ? undefined : hiddenIn(choice?.message);
      if (hidden) throw unanswered(`its text came as \`${hidden}\`; start vLLM without --reasoning-parser`);
      if (!text) throw unanswered("it is empty");
      if (choice.finish_reason === "length" && schema) throw unanswered(`it is longer than ${maxTokens} tokens`);
      return {
        text,
        ...(schema && { json: jsonAnswer(text, schema.json) }),
        usage: {
          promptTokens: usage.prompt_tokens ?? 0,
          cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
          completionTokens: usage.completion_tokens ?? 0,
        },
        costUsd: 0,
      };
    },
  };
}

const unanswered = (why: string) => new HaloError("HALO_MODEL_REPLY", `vLLM gave no answer: ${why}`);
