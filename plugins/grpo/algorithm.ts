/**
 * GRPO: the advantage of a sample is its reward against the mean of its group. What a group is:
 *   group: step        n actions sampled at one point, each executed from that very state, each paid its own reward;
 *                      the episode goes on from one of them. Not in the papers: it needs an environment that forks
 *   group: trajectory  n whole episodes from the same root; an episode's return is the reward of all its steps
 * With `gigpo` a trajectory group's steps also get the advantage among all steps that stood in the same state.
 * `loss_type` follows the papers, not the flags of other libraries; advantages.ts and credit.ts hold the formulas:
 *   dr_grpo  r − mean, divided by constants only (arXiv 2503.20783)        grpo  (r − mean) / (std + 1e-4), means over
 *   episode and completion (arXiv 2402.03300)     bnpo, dapo  as grpo, mean over all tokens of the group, of the batch
 */
import { definePlugin, type Loss } from "halo-agent";
import type { LossType } from "./advantages.ts";
import { credit } from "./credit.ts";
import { stepGroups, trajectories } from "./explore.ts";
import { refuseConflicts } from "./conflicts.ts";

export default definePlugin({
  kind: "algorithm",
  name: "grpo",
  summary:
    "Group-relative policy optimisation over single actions or whole episodes; dr_grpo, grpo, bnpo, dapo, GiGPO.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      loss_type: {
        type: "string",
        enum: ["dr_grpo", "grpo", "bnpo", "dapo"],
        default: "dr_grpo",
        description:
          "Advantage and length normaliser: dr_grpo centres only and divides by constants; the others also divide by the standard deviation, and average over each episode (grpo), the group (bnpo) or the batch (dapo).",
      },
      group: {
        type: "string",
        enum: ["step", "trajectory"],
        default: "step",
        description: "What a group is: actions sampled from one state, or whole episodes from the same root.",
      },
      num_generations: { type: "integer", minimum: 1, default: 8, description: "Samples, or episodes, per group." },
      temperature: { type: "number", exclusiveMinimum: 0, default: 1, description: "Sampling temperature." },
      continue: {
        type: "string",
        enum: ["best", "sample", "first"],
        description:
          "Step groups: branch the episode goes on with: highest reward (ties drawn, the default), one drawn uniformly, or the first.",
      },
      gigpo: {
        type: "object",
        additionalProperties: false,
        description: "Trajectory groups: adds omega times the advantage among steps that stood in the same state.",
        properties: {
          omega: { type: "number", exclusiveMinimum: 0, default: 1, description: "Weight of the step term." },
          gamma: {
            type: "number",
            minimum: 0,
            maximum: 1,
            default: 0.95,
            description: "Discount of the step term's returns-to-go.",
          },
        },
      },
      step_adv_const_length: {
        type: "number",
        exclusiveMinimum: 0,
        description:
          "Trajectory groups under dr_grpo: the constant that stands for an episode's length in steps; default 10.",
      },
      max_completion_length: {
        type: "integer",
        minimum: 1,
        description: "dr_grpo: the constant that stands for a completion's length in tokens; default: the trainer's.",
      },
      kl_coef: {
        type: "number",
        minimum: 0,
        description: "Weight of the KL to the reference policy; default 0.001 for grpo, 0 for the others.",
      },
      kl_estimator: {
        type: "string",
        enum: ["k3", "full"],
        description:
          "k3, the default: estimated on the samples; full: over all candidates, where the trainer has them.",
      },
      epsilon_low: { type: "number", minimum: 0, default: 0.2, description: "Lower clip range of the ratio." },
      epsilon_high: {
        type: "number",
        minimum: 0,
        description: "Upper clip range of the ratio (clip-higher); default 0.28 for dapo, epsilon_low for the others.",
      },
      path_credit: {
        type: "number",
        minimum: 0,
        description:
          "Not GRPO: also imitate every step on the path of a successful episode, with this weight over num_generations; default 0, off.",
      },
    },
  },
  create(o) {
    refuseConflicts(o);
    const { loss_type: lossType, num_generations: n, temperature, path_credit: pathCredit = 0, gigpo } = o;
    const explored = { n, temperature };
    const stepConstant = o.step_adv_const_length ?? 10;
    return {
      loss: lossOf(o),
      emits: pathCredit > 0 ? ["advantage", "imitate"] : ["advantage"],
      forks: true,
      temperature,
      numGenerations: n,
      explore: (_goal, io) =>
        o.group === "trajectory"
          ? trajectories(io, explored)
          : stepGroups(io, { ...explored, follow: o.continue ?? "best", waits: pathCredit > 0 }),
      credit: (group) => credit(group, { lossType, stepConstant, pathCredit, ...(gigpo && { gigpo }) }),
    };
  },
});

/** What the trainer needs to know; defaults that depend on `loss_type` are the papers'. */
function lossOf(o: {
  readonly loss_type: LossType;
  readonly kl_coef?: number;
  readonly kl_estimator?: "k3" | "full";
  readonly epsilon_low: number;
  readonly epsilon_high?: number;
  readonly max_completion_length?: number;
}): Loss {
  const { loss_type: kind, kl_estimator, max_completion_length, epsilon_low } = o;
  return {
    kind,
    kl_coef: o.kl_coef ?? (kind === "grpo" ? 0.001 : 0),
    ...(kl_estimator && { kl_estimator }),
    epsilon_low,
    epsilon_high: o.epsilon_high ?? (kind === "dapo" ? 0.28 : epsilon_low),
    ...(max_completion_length !== undefined && { max_completion_length }),
  };
}
