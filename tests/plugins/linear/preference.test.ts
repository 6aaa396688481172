import type { Batch, Prompt, Sample } from "halo-agent";
import { log } from "halo-agent/kit";
import { isEpisodePair, type Pair, unroll } from "../../../plugins/linear/preference.ts";
import { gradientOf } from "../../../plugins/linear/objective.ts";
import trainer from "../../../plugins/linear/trainer.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("linear/preference");

/** Two candidates with one feature each, counted from `first`. */
const prompt = (first: number): Extract<Prompt, { kind: "choice" }> => ({
  kind: "choice",
  dims: 1 << 18,
  offsets: Int32Array.of(0, 1, 2),
  index: Int32Array.of(first, first + 1),
  value: Float32Array.of(1, 1),
});
const sample = (index: number): Sample => ({
  text: "",
  parsed: { ok: true, action: { action: "noop" }, repairs: 0 },
  trace: { kind: "choice", index, logprob: log(0.5) },
});
const pair = (rest: Pair["rest"]): Pair => ({
  kind: "pair",
  group: "g",
  prompt: prompt(0),
  chosen: sample(0),
  rejected: sample(1),
  weight: 1,
  ...(rest && { rest }),
});
const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= 1e-9, `${actual} is not ${expected}`);

test("unroll sums the margin over the steps of both episodes", () => {
  // Weights (log 3, 0 | 0, log 3): p of the chosen steps 3/4 and 3/4, of the rejected first step 1/4; all sampled at 1/2.
  const weights = Float64Array.of(log(3), 0, 0, log(3));
  const rest = { chosen: [{ prompt: prompt(2), sample: sample(1) }], rejected: [] };
  const { parts, objective } = unroll(pair(rest), weights, { kind: "dpo", beta: 0.1, nll_coef: 0 });
  // Margin = 0.1 · (2 ln 1.5 − ln 0.5) = 0.1 · ln 4.5 = 0.15040773967763; loss = ln(1 + e^−0.1504…) = 0.62077001
  close(-objective, Math.log1p(Math.exp(-0.15040773967762742)));
  // sigma(−0.1504…) = 0.46246878934; every chosen step ascends by beta times that, the rejected one descends.
  const slope = 0.1 / (1 + Math.exp(0.15040773967762742));
  const signed = parts.map(([e]) => e!.weight);
  [slope, slope, -slope].forEach((s, i) => close(signed[i]!, s));
});

test("unroll of a pair without further steps has the gradient and loss of the pair itself", () => {
  const weights = Float64Array.of(log(3), 0);
  const loss = { kind: "dpo", beta: 0.3, nll_coef: 0.5 } as const;
  const at = { logps: Float64Array.of(log(0.75), log(0.25)), reference: undefined, loss };
  const plain = { ratioCap: 1, entropy: 0 };
  const whole = unroll(pair({ chosen: [], rejected: [] }), weights, loss);
  const own = gradientOf([pair(undefined)], at, plain);
  close(whole.objective, own.objective);
  const sums = whole.parts.map((examples) => gradientOf(examples, at, plain).coefficients);
  for (const c of [0, 1]) close(sums.reduce((total, g) => total + g[c]!, 0), own.coefficients[c]!);
});

test("the trainer learns a pair of episodes at every step of both", async () => {
  const linear = await trainer.create({ learning_rate: 1, entropy: 0, replay: 0, buffer: 4 }, {});
  const rest = {
    chosen: [{ prompt: prompt(2), sample: sample(0) }],
    rejected: [{ prompt: prompt(4), sample: sample(0) }],
  };
  const batch: Batch = {
    seq: 1,
    policyVersion: 0,
    temperature: 1,
    seed: 0,
    loss: { kind: "dpo", beta: 0.1, nll_coef: 0 },
    examples: [pair(rest)],
  };
  assert.ok(isEpisodePair(pair(rest)) && !isEpisodePair(pair(undefined)));
  const { metrics } = await linear.update(batch, { signal: new AbortController().signal });
  // Zero weights: margin 0, slope 0.1 · 1/2. Prompt 0: twice (0.025, −0.025), prompt 2 and 4 once, the last one downwards.
  close(metrics["loss/policy"]!, Math.log(2));
  close(metrics["update/l2"]!, Math.sqrt(2 * 0.05 * 0.05 + 4 * 0.025 * 0.025));
});
