import { definePlugin, type Mode, type Policy } from "halo-agent";

/** What a line walker may do, in the order it is proposed. */
const steps = [{ action: "type", text: "a" }, { action: "type", text: "ab" }, { action: "back" }] as const;

/** Proposes +1, +2 and −1 in turn; greedy always says +1. Nothing is drawn, so that outcomes can be worked out by hand. */
export default definePlugin({
  kind: "policy",
  name: "contract-line",
  summary: "Walks the number line by rote.",
  options: { type: "object", additionalProperties: false, properties: {} },
  create(): Policy {
    return {
      need: {},
      can: { trace: "none", maxN: 64, deterministic: true },
      sample: ({ n, mode, temperature }) =>
        Promise.resolve({
          prompt: { kind: "none" },
          samples: Array.from({ length: mode === "distinct" ? Math.min(n, steps.length) : n }, (_, i) => {
            const action = steps[turn(i, mode)]!;
            return {
              text: JSON.stringify(action),
              parsed: { ok: true, action, repairs: 0 },
              trace: { kind: "none" },
            };
          }),
          policyVersion: 0,
          temperature,
        }),
      close: () => Promise.resolve(),
    };
  },
});

const turn = (i: number, mode: Mode): number => mode === "greedy" ? 0 : i % steps.length;
