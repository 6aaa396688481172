/**
 * Agent Q (arXiv 2408.07199): tree search over real browser states, and step preferences learned from it. Each task gives
 * one tree; its explored siblings with |ΔQ| > theta become pairs for DPO against the log-probabilities stored when they
 * were sampled. The formulas: select.ts (UCB1, PUCT), backup.ts (running mean), tree.ts (composite Q), pairs.ts.
 * Where it leaves the paper: UCB1 in its textbook form (`ucb_form: one_plus` is the paper's), an NLL term on winners
 * (`nll_coef: 0` takes it out), and steps of a successful rollout join the tree (`rollout: { keep: none }`). The paper
 * prints no value for alpha, the exploration constant, theta, K or the number of simulations: the defaults are ours.
 */
import { type Algorithm, definePlugin, type Loss } from "halo-agent";
import { refuseConflicts } from "halo-agent/kit";
import { bodyOf } from "./body.ts";
import { credit } from "./credit.ts";
import { search } from "./search.ts";
import { treeProperties } from "./tree-options.ts";
import { conflictsOf } from "./conflicts.ts";

export default definePlugin({
  kind: "algorithm",
  name: "agentq",
  summary: "Agent Q: tree search over real page states, step DPO from sibling preferences; also RFT, sibling GRPO.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      num_simulations: { type: "integer", minimum: 1, default: 50, description: "Simulations per task." },
      temperature: { type: "number", exclusiveMinimum: 0, default: 1, description: "At which proposals are drawn." },
      ...treeProperties,
      credit: {
        type: "string",
        enum: ["dpo", "rft", "grpo"],
        default: "dpo",
        description:
          "dpo: pairs of explored siblings; rft: imitate the best episode that succeeded; grpo: Q against its siblings' mean.",
      },
      level: {
        type: "string",
        enum: ["step", "trajectory"],
        description:
          "dpo: what is compared, default step: siblings at each point; trajectory: each episode that failed with the best one that succeeded.",
      },
      theta: {
        type: "number",
        minimum: 0,
        default: 0.1,
        description: "Siblings are compared when their composite Q differs by more.",
      },
      beta: { type: "number", exclusiveMinimum: 0, description: "dpo: strength of the reference, default 0.1." },
      nll_coef: {
        type: "number",
        minimum: 0,
        description: "dpo: weight of −log p of each winner beside the preference, default 1; 0 is pure DPO.",
      },
    },
  },
  create(o) {
    refuseConflicts("agentq", o, conflictsOf(o));
    return {
      loss: lossOf(o),
      emits: [emitted[o.credit]],
      ...(o.level === "trajectory" && { episodePairs: true }),
      forks: true,
      critic: criticOf(o),
      temperature: o.temperature,
      numGenerations: o.max_children,
      async *explore(_goal, io) {
        const searched = await search(io, await io.root(), o);
        if (searched.tree.nodes.length > 0) yield bodyOf(searched, o.alpha);
      },
      credit: (group) => credit(group, o),
    };
  },
});

const emitted = { dpo: "pair", rft: "imitate", grpo: "advantage" } as const;

function criticOf(
  { leaf, alpha }: { readonly leaf: string; readonly alpha: number },
): NonNullable<Algorithm["critic"]> {
  if (leaf !== "rollout") return { must: "value", because: `leaf: ${leaf}` };
  return alpha === 0 ? { must: "rank", because: "alpha: 0" } : {};
}

function lossOf({ credit, beta = 0.1, nll_coef = 1 }: {
  readonly credit: "dpo" | "rft" | "grpo";
  readonly beta?: number;
  readonly nll_coef?: number;
}): Loss {
  switch (credit) {
    case "dpo":
      return { kind: "dpo", beta, nll_coef };
    case "rft":
      return { kind: "cross_entropy" };
    case "grpo":
      return { kind: "dr_grpo", kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2 };
  }
}
