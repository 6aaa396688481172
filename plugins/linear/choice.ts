import type { Example, Trace } from "halo-agent";
import type { ChoicePrompt } from "./model.ts";

/** The one prompt of a group's examples. */
export function promptOf(examples: readonly Example[]): ChoicePrompt {
  const { prompt } = examples[0]!;
  if (prompt.kind !== "choice") throw new TypeError(`the linear trainer learns from choices, got ${prompt.kind}`);
  return prompt;
}

/** What the trainer needs of a sample: the candidate chosen and its log-probability then. */
export function traceOf({ trace }: { readonly trace: Trace }): Extract<Trace, { readonly kind: "choice" }> {
  if (trace.kind !== "choice") throw new TypeError(`the linear trainer learns from choices, got ${trace.kind}`);
  return trace;
}
