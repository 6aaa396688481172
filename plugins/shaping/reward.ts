import { definePlugin } from "halo-agent";
import type { RewardFold, RewardShaper, RewardTerm, Transition } from "halo-agent";

const terms = ["valid", "invalid", "new_state", "loop", "success"] as const;
type TermName = (typeof terms)[number];

/** Values by term. */
export type ShapingValues = Readonly<Record<TermName, number>>;

/** Value of every term under each preset. */
export const presets: Readonly<Record<"none" | "field", ShapingValues>> = {
  none: { valid: 0, invalid: 0, new_state: 0, loop: 0, success: 0 },
  field: { valid: 0.1, invalid: -0.5, new_state: 0.2, loop: -1, success: 1 },
};

/** Rewards that hold on any page: form of the output, new and repeated pages, success. */
export default definePlugin({
  kind: "reward",
  name: "shaping",
  summary: "valid and invalid output, new and repeated pages, success; every term is 0 unless set",
  options: {
    type: "object",
    properties: {
      preset: {
        type: "string",
        enum: ["none", "field"],
        default: "none",
        description: "Values of the terms that are not set: none = 0; field = 0.1, -0.5, 0.2, -1, 1.",
      },
      valid: { type: "number", description: "Output that was a valid action as written." },
      invalid: { type: "number", description: "Output that was no action." },
      new_state: { type: "number", description: "A page this episode had not shown before." },
      loop: {
        type: "number",
        description: "An action that led to a page the episode had shown before, unless it ended it.",
      },
      success: { type: "number", description: "The episode ended with the task achieved." },
    },
    additionalProperties: false,
  },
  create: ({ preset, ...set }) => shapingReward({ ...presets[preset], ...set }),
});

/** The shaper under its values; terms of value 0 are left out. */
export function shapingReward(values: ShapingValues): RewardShaper {
  const fold = (seen: ReadonlySet<string>): RewardFold => ({
    next(t) {
      const earned = termsOf(t, seen)
        .map(({ name, evidence }): RewardTerm => ({ name, value: values[name], evidence }))
        .filter((term) => term.value !== 0);
      return { fold: fold(new Set([...seen, t.to.stateKey])), terms: earned };
    },
  });
  return { need: {}, start: (_, first) => fold(new Set([first.stateKey])) };
}

/** The terms a step meets, whatever they are worth. An output that was only repaired is neither valid nor invalid. */
function termsOf(t: Transition, seen: ReadonlySet<string>): { readonly name: TermName; readonly evidence: string }[] {
  const { parsed, to } = t;
  const page = `page ${to.stateKey.slice(0, 8)}`;
  const isEnd = t.stop === "solved" || t.stop === "declared" || t.stop === "gave_up" || t.stop === "ended";
  const met: { name: TermName; evidence: string }[] = [];
  if (!parsed.ok) met.push({ name: "invalid", evidence: parsed.code });
  else {
    if (parsed.repairs === 0) met.push({ name: "valid", evidence: parsed.action.action });
    if (!seen.has(to.stateKey)) met.push({ name: "new_state", evidence: page });
    else if (!isEnd) met.push({ name: "loop", evidence: `${page} again` });
  }
  if (t.verdict?.success === true) met.push({ name: "success", evidence: t.verdict.reason });
  return met;
}
