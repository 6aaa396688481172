import { actionSchema } from "halo-agent/kit";

interface Branch {
  readonly properties: Readonly<Record<string, Field>>;
  readonly required: readonly string[];
  readonly anyOf?: readonly { readonly required: readonly string[] }[];
}
type Field = Readonly<Record<string, unknown>>;

/** Limits on texts that strict structured output does not know. */
const unknownHere = ["minLength", "maxLength"];

/**
 * The action schema in the strict form: the root is an object, every field is required, and one that may be absent may be
 * null instead. A verb that needs `el` or `at` stands twice, once with each. A thought comes before the action.
 */
export const strictActionSchema = {
  type: "object",
  properties: {
    thought: { type: "string", description: "One or two sentences: what the page shows and what to do next." },
    action: { anyOf: (actionSchema.oneOf as unknown as readonly Branch[]).flatMap(strictBranches) },
  },
  required: ["thought", "action"],
  additionalProperties: false,
} as const;

function strictBranches({ properties, required, anyOf = [{ required: [] }] }: Branch): readonly object[] {
  return anyOf.map((choice) => {
    const needed = [...required, ...choice.required];
    const others = anyOf.flatMap((one) => one.required).filter((name) => !choice.required.includes(name));
    const fields = Object.entries(properties).filter(([name]) => !others.includes(name)).map(([name, field]) => {
      const plain = plainField(field);
      return [name, needed.includes(name) ? plain : { anyOf: [plain, { type: "null" }] }] as const;
    });
    return {
      type: "object",
      properties: Object.fromEntries(fields),
      required: fields.map(([name]) => name),
      additionalProperties: false,
    };
  });
}

function plainField(field: Field): Field {
  const kept = Object.entries(field).filter(([name]) => !unknownHere.includes(name)).map(([name, value]) =>
    [name, name === "items" ? plainField(value as Field) : value] as const
  );
  const plain = Object.fromEntries(kept);
  return "const" in plain ? { type: "string", enum: [plain["const"]] } : plain;
}

/** A structured output as the dialect halo writes it: the action without what is null. Other text comes back as it is. */
export function plainAction(text: string): string {
  try {
    const { action } = JSON.parse(text) as { readonly action?: unknown };
    if (typeof action !== "object" || action === null) return text;
    return JSON.stringify(Object.fromEntries(Object.entries(action).filter(([, value]) => value !== null)));
  } catch {
    return text;
  }
}
