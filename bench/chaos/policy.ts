import { definePlugin, type Policy } from "halo-agent";
import { Planter } from "./planter.ts";

export default definePlugin({
  kind: "policy",
  name: "chaos",
  summary: "Plants faults in the calls of another policy.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["policy"],
    properties: {
      policy: { type: "string", "x-plugin": "policy" },
      every: { type: "integer", minimum: 0, default: 0 },
      seed: { type: "integer", minimum: 0, default: 0 },
    },
  },
  create({ policy, every, seed }): Policy {
    const planter = new Planter({ every, seed, name: "policy" });
    return {
      need: policy.need,
      can: policy.can,
      sample: (r, o) => planter.in("sample", () => policy.sample(r, o)),
      adopt: async (adapter, o) => await policy.adopt?.(adapter, o),
      close: () => policy.close(),
    };
  },
});
