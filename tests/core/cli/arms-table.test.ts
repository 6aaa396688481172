import { armsTable } from "../../../core/cli/report/arms-table.ts";
import type { Comparison, Done, Evaluation } from "../../../core/record/events.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("cli/arms-table");

const evaluation = (label: string, successes: number): Evaluation => ({
  label,
  decoding: "greedy",
  policy_version: 0,
  n: 48,
  successes,
  success_rate: successes / 48,
  ci95: [0.25, 0.5],
  mean_reward: 0,
  episode_length: 4.5,
  by_template: {},
});
const comparison = (label_b: string, delta: number, o: { readonly p: number; readonly verdict: string }) =>
  ({ label_a: "gpt/eval", label_b, n: 48, delta, ci95: [-0.125, 0.25], flipped: [], ...o }) as unknown as Comparison;

test("armsTable sets all arms side by side, against the first, with Holm's p and what was paid", () => {
  const arm = (name: string) => ({ name, run: "", env_steps: 1, train_s: 0, frac_reward_zero_std: 0 });
  const done = {
    evaluations: [
      evaluation("gpt/eval", 18),
      evaluation("base/eval", 12),
      evaluation("grpo/eval", 36),
      evaluation("rag/eval", 12),
    ],
    // Sorted: 0.00002 · 3, 0.03 · 2, 0.25 · 1. What 0.03 alone would show, it does not show among three.
    comparisons: [
      comparison("base/eval", -0.125, { p: 0.03, verdict: "A better" }),
      comparison("grpo/eval", 0.375, { p: 0.00002, verdict: "B better" }),
      comparison("rag/eval", -0.125, { p: 0.25, verdict: "no difference shown" }),
    ],
    arms: [{ ...arm("gpt"), spent: { tokens: 250_000, usd: 0.75 } }, arm("base"), arm("grpo"), arm("rag")],
  } as unknown as Done;
  assert.equal(armsTable(done), [
    "arm/evaluation  solved  % [95 %]           points against gpt    p (Holm)  steps  spent",
    "gpt/eval        18/48   37.5 [25.0, 50.0]                                  4.5    $0.7500, 250000 tokens",
    "base/eval       12/48   25.0 [25.0, 50.0]  −12.5 [−12.5, +25.0]  0.0600    4.5",
    "grpo/eval       36/48   75.0 [25.0, 50.0]  +37.5 [−12.5, +25.0]  < 0.0001  4.5",
    "rag/eval        12/48   25.0 [25.0, 50.0]  −12.5 [−12.5, +25.0]  0.2500    4.5",
    "gpt/eval → base/eval, 48 tasks paired: no difference shown among 3 comparisons",
    "gpt/eval → grpo/eval, 48 tasks paired: grpo/eval is better",
    "gpt/eval → rag/eval, 48 tasks paired: no difference shown",
  ]);
});
