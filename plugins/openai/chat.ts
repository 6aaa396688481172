import { type Chat, HaloError } from "halo-agent";
import { jsonAnswer } from "halo-agent/kit";
import { isFiltered } from "./failure.ts";
import { wireMessages } from "./messages.ts";
import type { ModelServer } from "./server.ts";

/** The model behind a server as one that answers questions. */
export function chatOf(server: ModelServer): Chat {
  const { model, supports, url } = server.options;
  return {
    model,
    async complete({ messages, schema, maxTokens, temperature }, call) {
      const asked = schema && !supports.json_schema
        ? [...messages, {
          role: "user" as const,
          content: [{
            type: "text" as const,
            text: `Answer with JSON of this schema only: ${JSON.stringify(schema.json)}`,
          }],
        }]
        : messages;
      const { choices: [choice], usage, costUsd } = await server.complete({
        messages: wireMessages(asked, supports.images ? "high" : undefined),
        n: 1,
        temperature,
        top_p: 1,
        ...(supports.max_completion_tokens ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
        ...(schema && supports.json_schema && {
          response_format: {
            type: "json_schema",
            json_schema: { name: schema.name, strict: true, schema: schema.json as Record<string, unknown> },
          },
        }),
      }, call).catch((e: unknown) => {
        throw isFiltered(e) ? unanswered(url, "the content filter stopped it", e) : e;
      });
      const { refusal, content } = choice?.message ?? {};
      if (refusal) throw unanswered(url, `the model refuses: ${refusal}`);
      if (choice?.finish_reason === "length") throw unanswered(url, `it is longer than ${maxTokens} tokens`);
      if (choice?.finish_reason === "content_filter") throw unanswered(url, "the content filter stopped it");
      if (!content) throw unanswered(url, "it is empty");
      return { text: content, ...(schema && { json: jsonAnswer(content, schema.json) }), usage, costUsd };
    },
  };
}

function unanswered(url: string, why: string, cause?: unknown): HaloError {
  return new HaloError("HALO_MODEL_REPLY", `${url} gave no answer: ${why}`, { cause });
}
