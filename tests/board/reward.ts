import { definePlugin, type RewardFold } from "halo-agent";

/** Pays each tile the goal names, when it is pressed in its turn. */
export default definePlugin({
  kind: "reward",
  name: "board",
  summary: "Pays each wanted tile in its turn.",
  options: { type: "object", additionalProperties: false, properties: { scale: { type: "number", default: 1 } } },
  create({ scale }) {
    const turn = (left: readonly string[]): RewardFold => ({
      next(t) {
        const pressed = t.to.elements.find((e) => e.name === left[0] && e.states.includes("pressed"));
        if (!pressed) return { fold: turn(left), terms: [] };
        return {
          fold: turn(left.slice(1)),
          terms: [{ name: "tile", value: 0.5 * scale, evidence: `${pressed.name} is pressed` }],
        };
      },
    });
    return { need: {}, start: (goal) => turn([...goal.text.matchAll(/"([^"]+)"/g)].map((m) => m[1]!)) };
  },
});
