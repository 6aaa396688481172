import type { Branch, Group, Sample } from "halo-agent";
import { deadCause } from "halo-agent";
import { groupAdvantages } from "../../../plugins/grpo/advantages.ts";
import grpo from "../../../plugins/grpo/algorithm.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("grpo/algorithm");

const close = (actual: readonly number[], expected: readonly number[], eps = 1e-12) =>
  assert.ok(
    actual.length === expected.length && actual.every((a, i) => Math.abs(a - expected[i]!) <= eps),
    `${actual} is not ${expected}`,
  );

const defaults = {
  loss_type: "dr_grpo",
  group: "step",
  num_generations: 4,
  temperature: 1,
  continue: "best",
  epsilon_low: 0.2,
  epsilon_high: 0.2,
} as const;

function group(rewards: readonly number[], texts?: readonly string[], success?: boolean): Group {
  const branches = rewards.map((reward, i): Branch => {
    const sample: Sample = {
      text: texts?.[i] ?? `a${i}`,
      parsed: { ok: false, code: "PARSE", message: "" },
      trace: { kind: "none" },
    };
    return {
      sample,
      reward,
      ...(success !== undefined && { end: { stop: "solved", verdict: { success, by: "t", reason: "" } } }),
    };
  });
  return {
    id: "g",
    taskKey: "t",
    policyVersion: 0,
    temperature: 1,
    shape: "step",
    decisions: [{ id: 0, stateKey: "s", prompt: { kind: "none" }, branches }],
  };
}

test("groupAdvantages centres for dr_grpo and also divides by the sample deviation for grpo", () => {
  // mean(0, 0, 1, 1) = 0.5; sample variance = 4 · 0.25 / 3, std = 0.5773502691896257; 0.5 / (std + 1e-4) = 0.8658754…
  close(groupAdvantages([0, 0, 1, 1], "dr_grpo"), [-0.5, -0.5, 0.5, 0.5]);
  const a = 0.5 / (0.5773502691896257 + 1e-4);
  close(groupAdvantages([0, 0, 1, 1], "grpo"), [-a, -a, a, a]);
  // mean(0.3, 0, 0, 0) = 0.075
  close(groupAdvantages([0.3, 0, 0, 0], "dr_grpo"), [0.225, -0.075, -0.075, -0.075]);
});

test("groupAdvantages are exactly zero for equal rewards under both losses, whatever rounding says", () => {
  for (const loss of ["dr_grpo", "grpo"] as const) assert.equal(groupAdvantages([0.1, 0.1, 0.1], loss), [0, 0, 0]);
});

test("credit gives each branch its advantage with weight 1/n and drops groups without variance", async () => {
  const algorithm = await grpo.create(defaults, {});
  assert.equal(algorithm.credit(group([0.5, 0.5, 0.5, 0.5])), []);
  const examples = algorithm.credit(group([1, 0, 0, 0]));
  assert.equal(examples.map((e) => e.kind === "advantage" && [e.advantage, e.weight, e.group]), [
    [0.75, 0.25, "g"],
    [-0.25, 0.25, "g"],
    [-0.25, 0.25, "g"],
    [-0.25, 0.25, "g"],
  ]);
});

test("kl_coef defaults to 0 for dr_grpo and 0.001 for grpo", async () => {
  const coefficient = async (loss_type: "dr_grpo" | "grpo") => {
    const { loss } = await grpo.create({ ...defaults, loss_type }, {});
    return "kl_coef" in loss && loss.kl_coef;
  };
  assert.equal([await coefficient("dr_grpo"), await coefficient("grpo")], [0, 0.001]);
});

test("deadCause names same_action, all_passed, all_failed and equal_reward, and nothing when rewards differ", () => {
  assert.is(deadCause(group([1, 1], ["same", "same"], true)), "same_action");
  assert.is(deadCause(group([1, 1], undefined, true)), "all_passed");
  assert.is(deadCause(group([0, 0], undefined, false)), "all_failed");
  assert.is(deadCause(group([0, 0])), "equal_reward");
  assert.is(deadCause(group([0, 0.1])), undefined);
});
