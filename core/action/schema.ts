import type { Verb } from "../domain/action.ts";

/** What a field of an action may hold; the part of JSON Schema this file needs. */
export type FieldSchema =
  | { readonly type: "string"; readonly minLength?: number; readonly maxLength: number; readonly pattern?: string }
  | { readonly type: "boolean" }
  | { readonly type: "integer"; readonly minimum: number; readonly maximum: number }
  | { readonly type: "array"; readonly items: FieldSchema; readonly minItems: number; readonly maxItems: number };

/** One verb: its fields and which of them must be there. */
export interface VerbSchema {
  readonly fields: Readonly<Record<string, FieldSchema>>;
  readonly required: readonly string[];
  /** Needs `el` or `at`. */
  readonly isPointed: boolean;
}

/** Longest wait of one action. */
export const maxWaitMs = 5000;

const place: FieldSchema = {
  type: "array",
  items: { type: "integer", minimum: 0, maximum: 1000 },
  minItems: 2,
  maxItems: 2,
};
const text: FieldSchema = { type: "string", maxLength: 20_000 };
const pixels: FieldSchema = { type: "integer", minimum: -100_000, maximum: 100_000 };
const texts = (maxItems: number): FieldSchema => ({
  type: "array",
  items: { type: "string", minLength: 1, maxLength: 1000 },
  minItems: 1,
  maxItems,
});
const target = { el: { type: "string", maxLength: 20, pattern: "^(f[0-9]+)?e[0-9]+$" }, at: place } as const;

const pointer: VerbSchema = { fields: target, required: [], isPointed: true };
const bare: VerbSchema = { fields: {}, required: [], isPointed: false };
const ending: VerbSchema = { fields: { text }, required: [], isPointed: false };

/** Every verb of `domain/action.ts`; parsing, the JSON schema and the tests read this table. */
export const verbs: Readonly<Record<Verb, VerbSchema>> = {
  click: pointer,
  double_click: pointer,
  right_click: pointer,
  hover: pointer,
  drag: { fields: { ...target, to: place }, required: ["to"], isPointed: true },
  type: {
    fields: { ...target, text, clear: { type: "boolean" }, submit: { type: "boolean" } },
    required: ["text"],
    isPointed: false,
  },
  key: { fields: { keys: texts(16) }, required: ["keys"], isPointed: false },
  scroll: { fields: { ...target, dx: pixels, dy: pixels }, required: [], isPointed: false },
  select: { fields: { ...target, options: texts(100) }, required: ["options"], isPointed: true },
  goto: { fields: { url: { type: "string", minLength: 1, maxLength: 4096 } }, required: ["url"], isPointed: false },
  back: bare,
  forward: bare,
  noop: bare,
  wait: { fields: { ms: { type: "integer", minimum: 0, maximum: maxWaitMs } }, required: ["ms"], isPointed: false },
  done: ending,
  infeasible: ending,
};

/** JSON Schema (draft 2020-12) of an action, for prompts and for constrained decoding. One branch per verb. */
export const actionSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Action",
  oneOf: (Object.entries(verbs) as [Verb, VerbSchema][]).map(([verb, { fields, required, isPointed }]) => ({
    type: "object",
    properties: { action: { const: verb }, ...fields },
    required: ["action", ...required],
    ...(isPointed && { anyOf: [{ required: ["el"] }, { required: ["at"] }] }),
    additionalProperties: false,
  })),
} as const;
