import { type Critic, definePlugin } from "halo-agent";
import { candidatesOf, scoresOf } from "halo-agent/kit";

/** Prefers controls whose name the goal repeats; asks nobody. A starting point for a critic of your own. */
export default definePlugin({
  kind: "critic",
  name: "my-critic",
  summary: "Scores a proposal by the share of its control's words that the goal holds.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      elsewhere: {
        type: "number",
        default: 0.1,
        minimum: 0,
        maximum: 1,
        description: "Score of what names no control.",
      },
    },
  },
  create: ({ elsewhere }): Critic => ({
    deterministic: true,
    rank({ at, draw }) {
      const goal = wordsOf(at.task.text);
      // Equal proposals are one candidate and score alike; output that is no action scores 0.
      const scores = candidatesOf(draw).map((action) => {
        const el = "el" in action ? action.el : undefined;
        const words = wordsOf(at.observation.elements.find(({ id }) => id === el)?.name ?? "");
        return words.length === 0 ? elsewhere : words.filter((word) => goal.includes(word)).length / words.length;
      });
      return Promise.resolve({ scores: scoresOf(draw, scores), by: "my-critic" });
    },
    close: () => Promise.resolve(),
  }),
});

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];
