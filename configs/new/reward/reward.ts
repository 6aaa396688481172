import { definePlugin, type RewardFold } from "halo-agent";

/** Pays once, as soon as a control shows the wanted words. See docs/rewards.md. */
export default definePlugin({
  kind: "reward",
  name: "my-reward",
  summary: "Pays once when a control shows the wanted words.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      shows: { type: "string", default: "Back to", minLength: 1, description: "Words in the control's name." },
      value: { type: "number", default: 0.1, description: "What seeing them is worth." },
    },
  },
  create({ shows, value }) {
    // A fold is immutable: what was paid so far is its argument, and `next` returns the fold that goes on.
    const fold = (paid: boolean): RewardFold => ({
      next({ to }) {
        const seen = paid ? undefined : to.elements.find((element) => element.name.includes(shows));
        if (!seen) return { fold: fold(paid), terms: [] };
        return { fold: fold(true), terms: [{ name: "seen", value, evidence: `${seen.role} "${seen.name}" is there` }] };
      },
    });
    return { need: {}, start: () => fold(false) };
  },
});
