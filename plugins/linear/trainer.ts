import { definePlugin, type Trainer } from "halo-agent";
import { refuseConflicts } from "halo-agent/kit";
import { LinearTrainer } from "./sgd-with-replay.ts";
import { losses } from "./losses.ts";
import { startingWeights } from "./weights-file.ts";

/**
 * Trains the linear policy by plain stochastic gradient ascent. The groups of a batch are taken in order: one live
 * update, then `replay` updates on groups drawn from the last `buffer` ones, each weighted by min(ratio_cap, pi_now / pi_then).
 * Replay makes this off-policy by design; `replay: 0, entropy: 0, importance: clipped, update: batch` is the plain
 * on-policy form: one step per batch, along the mean gradient of its groups.
 */
export default definePlugin({
  kind: "trainer",
  name: "linear",
  summary: "SGD with capped-ratio replay for the linear policy; exact and deterministic, on the CPU.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      learning_rate: { type: "number", exclusiveMinimum: 0, default: 0.5, description: "Step size." },
      entropy: { type: "number", minimum: 0, default: 0.025, description: "Weight of the entropy bonus." },
      replay: {
        type: "integer",
        minimum: 0,
        default: 16,
        description: "Updates from the buffer after each live update.",
      },
      buffer: { type: "integer", minimum: 1, default: 400, description: "Groups kept for replay." },
      ratio_cap: {
        type: "number",
        exclusiveMinimum: 0,
        description: "Largest importance ratio of a sample, default 1; for importance: capped.",
      },
      importance: {
        type: "string",
        enum: ["capped", "clipped"],
        description:
          "capped, the default: the advantage times min(ratio_cap, ratio); clipped: PPO's clip by the algorithm's epsilon_low and epsilon_high, which capped does not use.",
      },
      update: {
        type: "string",
        enum: ["group", "batch"],
        description: "group, the default: a step for each group in turn; batch: one step along their mean gradient.",
      },
      adapter: {
        type: "string",
        "x-path": true,
        description:
          "Folder of a published linear adapter to start from; also the KL's reference unless that is named.",
      },
      reference: {
        type: "string",
        "x-path": true,
        description: "Folder of a published linear adapter that the algorithm's kl_coef pulls back to.",
      },
    },
  },
  pairsWith: ["linear"],
  offers: ["episode_pairs"],
  async create(o): Promise<Trainer> {
    refuseConflicts('trainer "linear"', o, [
      ["ratio_cap", o.importance === "clipped", "ratios are clipped", "importance: capped"],
      [
        "update",
        o.update === "batch" && o.replay > 0,
        `one step a batch leaves no turn for replay: ${o.replay}`,
        "replay: 0",
      ],
    ]);
    const { adapter, reference } = o;
    const start = await startingWeights({ adapter });
    return new LinearTrainer({ start, reference: await startingWeights({ reference, adapter }), losses }, o);
  },
});
