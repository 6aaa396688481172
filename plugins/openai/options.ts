import type { OptionsOf } from "halo-agent";
import { pricesSchema } from "./prices.ts";

const flag = (description: string, standard = true) => ({ type: "boolean", default: standard, description }) as const;
const perMinute = { type: "integer", minimum: 0, default: 0 } as const;

/** Options of everything that talks to an OpenAI-compatible server. */
export const serverProperties = {
  model: {
    type: "string",
    minLength: 1,
    default: "gpt-4o-2024-11-20",
    description: "Name of the model at the server. A dated name keeps results comparable.",
  },
  url: {
    type: "string",
    pattern: "^https?://",
    default: "https://api.openai.com/v1",
    description: "Where the server's routes start, /v1 included.",
  },
  key: { type: "string", writeOnly: true, description: "Key of the server, ${secret:OPENAI_API_KEY}." },
  timeout_s: { type: "number", exclusiveMinimum: 0, default: 60, description: "Longest single attempt." },
  retries: {
    type: "integer",
    minimum: 0,
    default: 4,
    description: "Further attempts after a lost connection, a time-out, 408, 409, 429 or 5xx.",
  },
  rate: {
    type: "object",
    additionalProperties: false,
    default: {},
    description:
      "Most requests and tokens a minute, 0 = no limit of one's own. The server's own limits are obeyed too.",
    properties: { requests_per_minute: perMinute, tokens_per_minute: perMinute },
  },
  supports: {
    type: "object",
    additionalProperties: false,
    default: {},
    description: "What the server understands; what it does not is never sent to it.",
    properties: {
      n: flag("Several answers to one request; else one request each."),
      seed: flag("`seed`."),
      logprobs: flag("`logprobs`: samples carry their log-probability.", false),
      json_schema: flag("Structured output by a strict JSON Schema; else the prompt asks for JSON."),
      images: flag("Pictures."),
      max_completion_tokens: flag("`max_completion_tokens`; else `max_tokens`."),
      models: flag("GET models/NAME, asked once before anything starts."),
    },
  },
  prices: pricesSchema,
} as const;

/** The options as they arrive. */
export type ServerOptions = OptionsOf<{ readonly properties: typeof serverProperties }>;
