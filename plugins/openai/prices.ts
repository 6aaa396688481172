/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  /** Input that the server had in its cache. */
  readonly cached: number;
  readonly output: number;
}

export interface Usage {
  readonly promptTokens: number;
  /** Part of `promptTokens`. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
}

const amount = { type: "number", minimum: 0 } as const;
const gpt4o: Price = { input: 2.5, cached: 1.25, output: 10 };
const gpt4oMini: Price = { input: 0.15, cached: 0.075, output: 0.6 };

/** The option `prices`: a table with the date it is of. */
export const pricesSchema = {
  type: "object",
  additionalProperties: false,
  description: "Dollars per million tokens, and the month they are of. A model without an entry counts as free.",
  default: {},
  properties: {
    as_of: { type: "string", default: "2026-03" },
    models: {
      type: "object",
      properties: {},
      additionalProperties: {
        type: "object",
        properties: { input: amount, cached: amount, output: amount },
        required: ["input", "cached", "output"],
        additionalProperties: false,
      },
      default: { "gpt-4o": gpt4o, "gpt-4o-2024-11-20": gpt4o, "gpt-4o-2024-08-06": gpt4o, "gpt-4o-mini": gpt4oMini },
    },
  },
} as const;

/** What a call costs in dollars; nothing without a price. */
export function costUsd(price: Price | undefined, u: Usage): number {
  if (!price) return 0;
  const fresh = u.promptTokens - u.cachedTokens;
  return (fresh * price.input + u.cachedTokens * price.cached + u.completionTokens * price.output) / 1e6;
}
