/**
 * GRPO: the advantage of a sample is its reward against the mean of its group. What a group is:
 *   group: step        n actions sampled at one point, each executed from that very state, each paid its own reward;
 *                      the episode goes on from one of them. Not in the papers: it needs an environment that forks
 *   group: trajectory  n whole episodes from the same root; an episode's return is the reward of all its steps
 * With `gigpo` a trajectory group's steps also get the advantage among all steps that stood in the same state.
 * `loss_type` follows the papers, not the flags of other libraries: loss-types.ts has a row for each, with its source;
 * advantages.ts and credit.ts hold the formulas.
 */
import { definePlugin } from "halo-agent";
import { refuseConflicts } from "halo-agent/kit";
import { credit } from "./credit.ts";
import { stepGroups, trajectories } from "./explore.ts";
import { type LossType, lossTypes } from "./loss-types.ts";

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
        enum: Object.keys(lossTypes) as LossType[],
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
      widen: {
        type: "integer",
        minimum: 0,
        description:
          "Step groups, not GRPO: when no sample is paid, so many different ones are drawn as well and join the group if one of them earns more; default 0, off.",
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
            description: "Discount of its returns-to-go.",
          },
        },
      },
      step_adv_const_length: {
        type: "number",
        exclusiveMinimum: 0,
        description: "Trajectory groups, dr_grpo: constant that stands for an episode's length in steps; default 10.",
      },
      max_completion_length: {
        type: "integer",
        minimum: 1,
        description: "dr_grpo: the constant that stands for a completion's length in tokens; default: the trainer's.",
      },
      kl_coef: { type: "number", minimum: 0, description: "Weight of the KL; default 0.001 for grpo, else 0." },
      kl_estimator: {
        type: "string",
        enum: ["k3", "full"],
        description: "k3, the default: on the samples; full: over all candidates, where the trainer has them.",
      },
      epsilon_low: { type: "number", minimum: 0, default: 0.2, description: "Lower clip range of the ratio." },
      epsilon_high: { type: "number", minimum: 0, description: "Upper one; default 0.28 for dapo, else epsilon_low." },
      path_credit: {
        type: "number",
        minimum: 0,
        description:
          "Not GRPO: also imitate every step on the path of a successful episode, with this weight over num_generations; default 0, off.",
      },
    },
  },
  create(o) {
    const { group, loss_type: kind, num_generations: n, temperature, gigpo, path_credit: pathCredit = 0, widen = 0 } =
      o;
    const { kl, epsilonHigh } = lossTypes[kind];
    const { kl_coef = kl, kl_estimator, epsilon_low, max_completion_length } = o;
    const isStep = group === "step";
    const hasLengths = kind !== "dr_grpo";
    refuseConflicts('algorithm "grpo"', o, [
      ["continue", !isStep, "an episode of a trajectory group goes on by itself", "group: step"],
      ["widen", !isStep, "a trajectory group has no step to try others at", "group: step"],
      ["gigpo", isStep, "GiGPO compares steps across whole episodes", "group: trajectory"],
      ["step_adv_const_length", isStep, "a step group's episodes are one step long", "group: trajectory"],
      ["step_adv_const_length", hasLengths, `${kind} divides by real lengths`, "loss_type: dr_grpo"],
      ["max_completion_length", hasLengths, `${kind} divides by real lengths`, "loss_type: dr_grpo"],
      ["kl_estimator", kl_coef === 0, "kl_coef is 0, so there is no KL to estimate", "kl_coef: 0.001"],
    ]);
    return {
      loss: {
        kind,
        kl_coef,
        ...(kl_estimator && { kl_estimator }),
        epsilon_low,
        epsilon_high: o.epsilon_high ?? epsilonHigh ?? epsilon_low,
        ...(max_completion_length !== undefined && { max_completion_length }),
      },
      emits: pathCredit > 0 ? ["advantage", "imitate"] : ["advantage"],
      forks: true,
      temperature,
      numGenerations: n,
      explore: (_goal, io) =>
        isStep
          ? stepGroups(io, { n, temperature, follow: o.continue ?? "best", waits: pathCredit > 0, widen })
          : trajectories(io, { n, temperature }),
      credit: (group) => credit(group, { lossType: kind, constant: o.step_adv_const_length ?? 10, gigpo, pathCredit }),
    };
  },
});
