import { definePlugin, type Trainer } from "halo-agent";
import { Planter } from "./planter.ts";

export default definePlugin({
  kind: "trainer",
  name: "chaos",
  summary: "Plants faults in the updates of another trainer.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["trainer"],
    properties: {
      trainer: { type: "string", "x-plugin": "trainer" },
      every: { type: "integer", minimum: 0, default: 0 },
      seed: { type: "integer", minimum: 0, default: 0 },
    },
  },
  create({ trainer, every, seed }): Trainer {
    const planter = new Planter({ every, seed, name: "trainer" });
    return {
      accepts: trainer.accepts,
      losses: trainer.losses,
      adapters: trainer.adapters,
      deterministic: trainer.deterministic,
      update: (batch, o) => planter.in("update", () => trainer.update(batch, o)),
      checkpoint: (dir, o) => trainer.checkpoint(dir, o),
      restore: (dir, o) => trainer.restore(dir, o),
      publish: (dir, o) => trainer.publish(dir, o),
      close: () => trainer.close(),
    };
  },
});
