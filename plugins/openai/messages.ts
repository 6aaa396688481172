import { Buffer } from "node:buffer";
import type { ChatMessage, ChatPart } from "halo-agent";
import type { ChatCompletionContentPart, ChatCompletionMessageParam } from "openai/resources/chat/completions";

export type Detail = "low" | "high" | "auto";

/** Messages as the chat route takes them: text joined, pictures as data URLs of `detail`, or left out where it is absent. */
export function wireMessages(
  messages: readonly ChatMessage[],
  detail: Detail | undefined,
): ChatCompletionMessageParam[] {
  return messages.map(({ role, content }): ChatCompletionMessageParam => {
    const text = content.flatMap((part) => part.type === "text" ? [part.text] : []).join("\n\n");
    return role === "user" ? { role, content: detail ? wireParts(content, detail) : text } : { role, content: text };
  });
}

function wireParts(content: readonly ChatPart[], detail: Detail): ChatCompletionContentPart[] {
  return content.map((part) =>
    part.type === "text" ? part : {
      type: "image_url",
      image_url: { url: `data:image/png;base64,${Buffer.from(part.image.png).toString("base64")}`, detail },
    }
  );
}
