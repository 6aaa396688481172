import type { Call } from "./call.ts";
import type { Json } from "./json.ts";
import type { Screenshot } from "./observation.ts";

export type ChatPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image"; readonly image: Screenshot };

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: readonly ChatPart[];
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** The answer must be JSON of this schema; the model is held to it where its server can, and checked in any case. */
  readonly schema?: { readonly name: string; readonly json: object };
  readonly maxTokens: number;
  /** 0 is greedy. */
  readonly temperature: number;
}

export interface ChatReply {
  readonly text: string;
  /** The text read as JSON, when the request had a schema. */
  readonly json?: Json;
  readonly usage: { readonly promptTokens: number; readonly cachedTokens: number; readonly completionTokens: number };
  /** US dollars by the price table; 0 for a model of one's own. */
  readonly costUsd: number;
}

/** A model that answers questions. Nothing it says is trained on. */
export interface Chat {
  readonly model: string;
  complete(request: ChatRequest, o: Call): Promise<ChatReply>;
}
