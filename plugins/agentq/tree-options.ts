import type { ObjectSchema } from "halo-agent";

/** Options of the search itself, the same in training and at test time. */
export const treeProperties = {
  max_children: { type: "integer", minimum: 2, default: 5, description: "K: distinct proposals at a point." },
  selection: {
    type: "string",
    enum: ["ucb1", "puct"],
    default: "ucb1",
    description: "How a simulation chooses: ucb1, every proposal once and then by UCB1; puct, by the policy's prior.",
  },
  ucb_form: {
    type: "string",
    enum: ["textbook", "one_plus"],
    description: "ucb1: sqrt(ln N / n), the default, or the Agent Q paper's sqrt(ln N / (1 + n)).",
  },
  ucb_constant: { type: "number", minimum: 0, default: 1.414, description: "Weight of exploration." },
  widening: {
    type: "object",
    additionalProperties: false,
    description: "ucb1: a point visited N times offers constant · N^exponent of its proposals only, at least one.",
    properties: {
      constant: { type: "number", exclusiveMinimum: 0, default: 1, description: "Factor." },
      exponent: { type: "number", minimum: 0, maximum: 1, default: 0.5, description: "Power of the visits." },
    },
  },
  alpha: {
    type: "number",
    minimum: 0,
    maximum: 1,
    default: 0.5,
    description: "Q = alpha · Q_mcts + (1 − alpha) · Q_critic; without a critic, or where it failed, Q is Q_mcts.",
  },
  max_depth: {
    type: "integer",
    minimum: 1,
    default: 25,
    description: "Points this many steps below the root are valued but not expanded.",
  },
  leaf: {
    type: "string",
    enum: ["rollout", "critic", "mix"],
    default: "rollout",
    description: "Value of a new point: a rollout's success, the critic's estimate, or both.",
  },
  mix: { type: "number", minimum: 0, maximum: 1, description: "leaf: mix: weight of the rollout, default 0.5." },
  rollout: {
    type: "object",
    additionalProperties: false,
    default: {},
    description: "How an episode is played on from a new point.",
    properties: {
      mode: {
        type: "string",
        enum: ["sample", "greedy"],
        default: "sample",
        description: "How the policy acts there.",
      },
      temperature: {
        type: "number",
        exclusiveMinimum: 0,
        description: "Of a sampled rollout; that of the proposals when absent.",
      },
      depth: {
        type: "integer",
        minimum: 0,
        default: 0,
        description: "Steps after which it is given up as failed; 0: it runs to the end of the episode.",
      },
      keep: {
        type: "string",
        enum: ["none", "success"],
        default: "success",
        description: "success: the steps of a rollout that succeeded join the tree, so that their siblings are tried.",
      },
      avoid_failed: {
        type: "boolean",
        default: false,
        description:
          "Draws again where it would end on a page as an earlier simulation failed there: by the same action.",
      },
    },
  },
  transpositions: {
    type: "boolean",
    default: false,
    description: "Merges equal pages: a way to a page that the tree has already is not followed and counts nothing.",
  },
  wave: {
    type: "integer",
    minimum: 1,
    default: 1,
    description: "Simulations chosen before the first of them is backed up; part of the result, unlike `concurrency`.",
  },
  after_success: {
    type: "integer",
    minimum: 0,
    description: "Simulations after the first one that succeeded; all that are left when absent.",
  },
  budget: {
    type: "object",
    additionalProperties: false,
    default: {},
    description: "Ends the search with the wave that spends it, whatever num_simulations says. 0: no limit.",
    properties: {
      env_steps: { type: "integer", minimum: 0, default: 0, description: "Environment steps." },
      seconds: { type: "number", minimum: 0, default: 0, description: "Seconds; the result is then not repeatable." },
      usd: { type: "number", minimum: 0, default: 0, description: "Dollars paid to the critic." },
    },
  },
} as const satisfies ObjectSchema["properties"];

/** What a search goes by; `treeProperties` with their defaults filled in. */
export interface TreeOptions {
  readonly num_simulations: number;
  readonly temperature: number;
  readonly max_children: number;
  readonly selection: "ucb1" | "puct";
  readonly ucb_form?: "textbook" | "one_plus";
  readonly ucb_constant: number;
  readonly widening?: { readonly constant: number; readonly exponent: number };
  readonly alpha: number;
  readonly max_depth: number;
  readonly leaf: "rollout" | "critic" | "mix";
  readonly mix?: number;
  readonly rollout: {
    readonly mode: "sample" | "greedy";
    readonly temperature?: number;
    readonly depth: number;
    readonly keep: "none" | "success";
    readonly avoid_failed: boolean;
  };
  readonly transpositions: boolean;
  readonly wave: number;
  readonly after_success?: number;
  readonly budget: { readonly env_steps: number; readonly seconds: number; readonly usd: number };
}
