import type { Example, Prompt, Sample } from "halo-agent";
import { log } from "halo-agent/kit";
import { ascend, logProbabilities } from "../../../plugins/linear/model.ts";
import { gradientOf } from "../../../plugins/linear/objective.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("linear/objective");

/** Two candidates with one feature each: logits are the two weights. */
const prompt: Extract<Prompt, { kind: "choice" }> = {
  kind: "choice",
  dims: 4,
  offsets: Int32Array.of(0, 1, 2),
  index: Int32Array.of(0, 1),
  value: Float32Array.of(1, 1),
};
const drGrpo = { kind: "dr_grpo", kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2 } as const;
const plain = { ratioCap: 1, entropy: 0 };

const sample = (index: number, logprob = log(0.5)): Sample => ({
  text: "",
  parsed: { ok: true, action: { action: "noop" }, repairs: 0 },
  logprob,
  trace: { kind: "choice", index, logprob },
});
const advantage = (index: number, a: number, logprob?: number): Example => ({
  kind: "advantage",
  group: "g",
  prompt,
  sample: sample(index, logprob),
  advantage: a,
  weight: 0.5,
});

const close = (actual: Float64Array | number, expected: readonly number[], eps = 1e-12) => {
  const values = typeof actual === "number" ? [actual] : [...actual];
  assert.ok(values.every((v, i) => Math.abs(v - expected[i]!) <= eps), `${values} is not ${expected}`);
};

test("gradientOf a centred group from its own state is the sampled candidates' weighted advantages", () => {
  const logps = logProbabilities(new Float64Array(4), prompt);
  // r = (1, 0): A = ±0.5, weight 1/2, ratio 1 → ±0.25; they sum to zero, so the expectation term cancels.
  const { coefficients } = gradientOf([advantage(0, 0.5), advantage(1, -0.5)], {
    logps,
    reference: undefined,
    loss: drGrpo,
  }, plain);
  close(coefficients, [0.25, -0.25]);
});

test("ascend moves the weights by rate · coefficient · feature", () => {
  const weights = new Float64Array(4);
  ascend(weights, prompt, { coefficients: Float64Array.of(0.25, -0.25), rate: 0.5 });
  close(weights, [0.125, -0.125, 0, 0]);
});

test("gradientOf caps the ratio at ratio_cap and keeps the full softmax term when weights have moved", () => {
  // Logits (log 3, 0): p = (0.75, 0.25), sampled at 0.5 each. Ratio of candidate 0 is 1.5, capped at 1; of candidate 1 it is 0.5.
  const logps = logProbabilities(Float64Array.of(log(3), 0, 0, 0), prompt);
  const { coefficients } = gradientOf([advantage(0, 1), advantage(1, -1)], {
    logps,
    reference: undefined,
    loss: drGrpo,
  }, plain);
  // c = (0.5 · 1 · 1, 0.5 · −1 · 0.5) = (0.5, −0.25), total 0.25: (0.5 − 0.25·0.75, −0.25 − 0.25·0.25)
  close(coefficients, [0.3125, -0.3125]);
});

test("gradientOf adds the entropy gradient −e · p (log p + H), which is zero for the uniform policy", () => {
  const uniform = gradientOf([], {
    logps: logProbabilities(new Float64Array(4), prompt),
    reference: undefined,
    loss: drGrpo,
  }, { ratioCap: 1, entropy: 1 });
  close(uniform.coefficients, [0, 0]);
  close(uniform.entropy, [Math.LN2]);
  // p = (0.75, 0.25): H = −0.75 ln 0.75 − 0.25 ln 0.25 = 0.562335144618808; −0.75 (ln 0.75 + H) = −0.205989804…
  const logps = logProbabilities(Float64Array.of(log(3), 0, 0, 0), prompt);
  const g = gradientOf([], { logps, reference: undefined, loss: drGrpo }, { ratioCap: 1, entropy: 1 });
  close(g.entropy, [0.5623351446188083]);
  close(g.coefficients, [-0.75 * (Math.log(0.75) + 0.5623351446188083), -0.25 * (Math.log(0.25) + 0.5623351446188083)]);
});

test("gradientOf pulls back to the reference by the exact KL gradient", () => {
  // KL((0.75, 0.25) ‖ (0.5, 0.5)) = ln 2 − H = 0.130812035941137; −p_c (log p_c − log q_c − KL)
  const logps = logProbabilities(Float64Array.of(log(3), 0, 0, 0), prompt);
  const reference = logProbabilities(new Float64Array(4), prompt);
  const g = gradientOf([], { logps, reference, loss: { ...drGrpo, kl_coef: 1 } }, plain);
  close(g.kl, [0.130812035941137]);
  close(g.coefficients, [-0.75 * (Math.log(1.5) - 0.130812035941137), -0.25 * (Math.log(0.5) - 0.130812035941137)]);
});

test("gradientOf a pair is the DPO gradient against the stored log-probabilities, with the NLL term on the winner", () => {
  const pair: Example = { kind: "pair", group: "g", prompt, chosen: sample(0), rejected: sample(1), weight: 1 };
  const logps = logProbabilities(new Float64Array(4), prompt);
  // Margin 0: slope = β σ(0) = 0.1 · 0.5; the two cancel in the expectation term.
  close(
    gradientOf([pair], { logps, reference: undefined, loss: { kind: "dpo", beta: 0.1, nll_coef: 0 } }, plain)
      .coefficients,
    [0.05, -0.05],
  );
  // NLL adds 1 on the winner: total 1, so (0.05 + 1 − 0.5, −0.05 − 0.5)
  close(
    gradientOf([pair], { logps, reference: undefined, loss: { kind: "dpo", beta: 0.1, nll_coef: 1 } }, plain)
      .coefficients,
    [0.55, -0.55],
  );
});
