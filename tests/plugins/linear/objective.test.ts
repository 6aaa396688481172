import type { Example, Loss, Prompt, Sample } from "halo-agent";
import { log } from "halo-agent/kit";
import { ascend, logProbabilities } from "../../../plugins/linear/model.ts";
import { gradientOf, type ObjectiveOptions } from "../../../plugins/linear/objective.ts";
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
  const g = gradientOf([], { logps, reference, loss: { ...drGrpo, kl_coef: 1, kl_estimator: "full" } }, plain);
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

test("gradientOf clipped drops a sample once its ratio has passed its side of the clip, the upper one higher", () => {
  // p = (0.75, 0.25), sampled at 0.5 each: ratios 1.5 and 0.5. Only A > 0 above 1 + high and A < 0 below 1 − low is clipped.
  const logps = logProbabilities(Float64Array.of(log(3), 0, 0, 0), prompt);
  const at = (examples: readonly Example[], epsilon_high: number) =>
    gradientOf(examples, { logps, reference: undefined, loss: { ...drGrpo, epsilon_high } }, {
      ratioCap: "clip",
      entropy: 0,
    });
  // min(1.5 · 1, 1.2 · 1) = 1.2: a constant. v = 0.5.
  const clipped = at([advantage(0, 1)], 0.2);
  close(clipped.coefficients, [0, 0]);
  close(clipped.objective, [0.6]);
  assert.is(clipped.clipped, 1);
  // Clip-higher lets the same sample through: 0.5 · 1.5 = 0.75, times (1 − 0.75, −0.25).
  const higher = at([advantage(0, 1)], 0.6);
  close(higher.coefficients, [0.1875, -0.1875]);
  assert.is(higher.clipped, 0);
  // A < 0 pushes on whatever lies above the clip: min(−1.5, −1.2) = −1.5.
  close(at([advantage(0, -1)], 0.2).coefficients, [-0.1875, 0.1875]);
  // Ratio 0.5: A < 0 is clipped at 1 − 0.2, A > 0 is not.
  const low = at([advantage(1, -1)], 0.2);
  close(low.coefficients, [0, 0]);
  close(low.objective, [-0.4]);
  // 0.5 · 0.5 = 0.25, times (−0.75, 1 − 0.25).
  close(at([advantage(1, 1)], 0.2).coefficients, [-0.1875, 0.1875]);
});

test("gradientOf subtracts kl_coef times k3 of each sample, weighted as the sample is", () => {
  // Candidate 0: p = 0.75, q = 0.5: exp(d) = 2/3, k3 = 2/3 − ln(2/3) − 1; d k3 / d log p = 1 − 2/3. v = 0.5.
  const logps = logProbabilities(Float64Array.of(log(3), 0, 0, 0), prompt);
  const reference = logProbabilities(new Float64Array(4), prompt);
  const loss = { ...drGrpo, kl_coef: 0.6 };
  const g = gradientOf([advantage(0, 0)], { logps, reference, loss }, plain);
  close(g.total, [-0.6 * 0.5 * (2 / 3 - Math.log(2 / 3) - 1)]);
  // c = −0.6 · 0.5 / 3 = −0.1 on candidate 0, times (1 − 0.75, −0.25).
  close(g.coefficients, [-0.025, 0.025]);
  // p equal to q: k3 and its slope are 0.
  const none = gradientOf([advantage(0, 0)], { logps: reference, reference, loss }, plain);
  close(none.coefficients, [0, 0]);
  // p = 1 / (1 + e^800), as a replayed sample may end: k3 overflows, the term is 10 and pulls no more.
  const gone = logProbabilities(Float64Array.of(-800, 0, 0, 0), prompt);
  const far = gradientOf([advantage(0, 0)], { logps: gone, reference, loss }, plain);
  close(far.total, [-0.6 * 0.5 * 10]);
  close(far.coefficients, [0, 0]);
});

test("gradientOf divides by the length of the loss: 1, the constant, or the tokens of group or batch", () => {
  const logps = logProbabilities(new Float64Array(4), prompt);
  const first = (loss: Loss, tokens?: ObjectiveOptions["tokens"]) =>
    gradientOf([advantage(0, 1)], { logps, reference: undefined, loss }, { ...plain, ...(tokens && { tokens }) })
      .coefficients[0]!;
  const tokens = { group: 10, batch: 50 };
  // 0.5 · 1 · (1 − 0.5) = 0.25 before the length.
  const of = (kind: "dr_grpo" | "grpo" | "bnpo" | "dapo") => ({ ...drGrpo, kind });
  close(first(of("grpo"), tokens), [0.25]);
  close(first(of("dr_grpo"), tokens), [0.25]);
  close(first({ ...drGrpo, max_completion_length: 5 }, tokens), [0.05]);
  close(first(of("bnpo"), tokens), [0.025]);
  close(first(of("dapo"), tokens), [0.005]);
});

/** Three candidates over four features that they share. */
const shared: typeof prompt = {
  kind: "choice",
  dims: 4,
  offsets: Int32Array.of(0, 2, 4, 7),
  index: Int32Array.of(0, 1, 1, 2, 0, 2, 3),
  value: Float32Array.of(1, 0.5, 1, -1, 0.25, 1, 2),
};
const weights = Float64Array.of(0.3, -0.4, 0.2, 0.1);
const before = logProbabilities(Float64Array.of(0.1, 0.2, -0.3, 0), shared);
const anchor = logProbabilities(Float64Array.of(-0.2, 0.1, 0.4, 0.3), shared);
const on = (index: number): Sample => sample(index, before[index]!);
const policyExamples: readonly Example[] = [0, 1, 2, 0].map((index, i) => ({
  kind: "advantage",
  group: "g",
  prompt: shared,
  sample: on(index),
  advantage: [0.7, -0.9, 0.4, -0.2][i]!,
  weight: 0.25,
}));
const withImitation: readonly Example[] = [
  ...policyExamples,
  { kind: "imitate", group: "g", prompt: shared, sample: on(2), weight: 0.125 },
];
const pair: readonly Example[] = [
  { kind: "pair", group: "g", prompt: shared, chosen: on(0), rejected: on(2), weight: 0.8 },
];

/** Every loss with the options that change its gradient. A capped ratio is held constant, so the cap is out of reach here. */
const gradients: readonly (readonly [string, readonly Example[], Loss, ObjectiveOptions])[] = [
  ["dr_grpo", policyExamples, { ...drGrpo, max_completion_length: 3 }, { ratioCap: 100, entropy: 0.1 }],
  ["dr_grpo clipped", policyExamples, drGrpo, { ratioCap: "clip", entropy: 0.1 }],
  ["dr_grpo clipped tightly", policyExamples, { ...drGrpo, epsilon_low: 0.01, epsilon_high: 0.02 }, {
    ratioCap: "clip",
    entropy: 0,
  }],
  ["grpo with k3", policyExamples, { ...drGrpo, kind: "grpo", kl_coef: 0.3 }, { ratioCap: "clip", entropy: 0 }],
  ["grpo with the full KL", policyExamples, { ...drGrpo, kind: "grpo", kl_coef: 0.3, kl_estimator: "full" }, {
    ratioCap: "clip",
    entropy: 0.1,
  }],
  ["bnpo", policyExamples, { ...drGrpo, kind: "bnpo", kl_coef: 0.1 }, {
    ratioCap: 100,
    entropy: 0.1,
    tokens: { group: 7, batch: 9 },
  }],
  ["dapo", policyExamples, { ...drGrpo, kind: "dapo", epsilon_high: 0.28 }, {
    ratioCap: "clip",
    entropy: 0,
    tokens: { group: 7, batch: 9 },
  }],
  ["dr_grpo with path credit", withImitation, drGrpo, { ratioCap: 100, entropy: 0.1 }],
  ["dpo", pair, { kind: "dpo", beta: 0.5, nll_coef: 0.2 }, { ratioCap: 1, entropy: 0.1 }],
  ["cross_entropy", withImitation.slice(-1), { kind: "cross_entropy" }, { ratioCap: 1, entropy: 0 }],
];

for (const [name, examples, loss, options] of gradients) {
  test(`gradientOf agrees with finite differences of its total: ${name}`, () => {
    const at = (w: Float64Array) =>
      gradientOf(examples, { logps: logProbabilities(w, shared), reference: anchor, loss }, options);
    const stepped = weights.slice();
    ascend(stepped, shared, { coefficients: at(weights).coefficients, rate: 1 });
    const analytic = stepped.map((w, i) => w - weights[i]!);
    const h = 1e-5;
    const numeric = weights.map((_, i) => {
      const [up, down] = [weights.slice(), weights.slice()];
      up[i]! += h;
      down[i]! -= h;
      return (at(up).total - at(down).total) / (2 * h);
    });
    assert.ok(analytic.some((d) => Math.abs(d) > 1e-4), `${analytic} is a gradient`);
    close(analytic, [...numeric], 1e-9);
  });
}
