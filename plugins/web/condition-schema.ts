import type { OptionsOf } from "halo-agent";

/** JSON Schema of one condition on a page, for the options of the environment and of its tasks. */
export const conditionSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    url: {
      type: "string",
      minLength: 1,
      description: "The address fits this glob (`*` only): whole, or from the path on when it begins with a slash.",
    },
    text: {
      type: "string",
      minLength: 1,
      description: "This text is shown: by the element, else anywhere on the page. White space counts as one blank.",
    },
    element: { type: "string", minLength: 1, description: "A visible element fits this CSS selector." },
    value: { type: "string", description: "The element is a field that holds exactly this." },
    checked: { type: "boolean", description: "The element is a box or button that is, or is not, ticked or pressed." },
    absent: { type: "boolean", default: false, description: "The condition holds when all this is not so." },
  },
} as const;

/** The list of conditions that must hold together. */
export const successSchema = {
  type: "array",
  items: conditionSchema,
  minItems: 1,
  description: "Conditions on the page that must all hold for a task to be achieved.",
} as const;

/** One condition on a page, as a pipeline writes it. */
export type Condition = OptionsOf<typeof conditionSchema>;
