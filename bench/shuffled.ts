import { fileURLToPath } from "node:url";
import { type Branch, definePlugin, type Group } from "halo-agent";
import { keyedRng, shuffle } from "halo-agent/kit";

/**
 * The control of `bench/learning.ts`: another algorithm whose rewards are permuted within each group before credit is
 * assigned. Every statistic of the rewards stays; what they say about the actions is destroyed.
 */
export default definePlugin({
  kind: "algorithm",
  name: "shuffled",
  summary: "Permutes rewards within each group before credit: a control that must not learn.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["algorithm"],
    properties: { algorithm: { type: "string", "x-plugin": "algorithm", description: "The algorithm under control." } },
  },
  create({ algorithm }) {
    return {
      ...algorithm,
      explore: algorithm.explore.bind(algorithm),
      credit: (group) => algorithm.credit(permuted(group)),
    };
  },
});

/** A pipeline's `algorithm` with the rewards of this one permuted, as `--set` takes it. */
export const shuffledSet = (algorithm: string): string =>
  `algorithm={ use: ${fileURLToPath(import.meta.url)}, options: { algorithm: ${algorithm} } }`;

function permuted(group: Group): Group {
  const decisions = group.decisions.map((decision) => {
    const rewards = shuffle(keyedRng("shuffled", group.id, decision.id), decision.branches.map((b) => b.reward));
    const branches = decision.branches.map((branch, i): Branch => {
      const reward = rewards[i];
      const { reward: _, ...rest } = branch;
      return reward === undefined ? rest : { ...rest, reward };
    });
    return { ...decision, branches };
  });
  return { ...group, decisions };
}
