import { type Algorithm, chainsOf, deadCause, type Example, isHaloError } from "halo-agent";
import { stepAdvantages } from "../../../plugins/grpo/advantages.ts";
import grpo from "../../../plugins/grpo/algorithm.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { forest } from "./forest.ts";

const test = suite("grpo/trajectory");

type Options = Parameters<typeof grpo.create>[0];
const defaults = {
  loss_type: "dr_grpo",
  group: "trajectory",
  num_generations: 4,
  temperature: 1,
  epsilon_low: 0.2,
} as const;
const algorithm = async (o: Partial<Options> = {}): Promise<Algorithm> => await grpo.create({ ...defaults, ...o }, {});

const advantages = (examples: readonly Example[]) =>
  examples.flatMap((e) => e.kind === "advantage" ? [[e.sample.text, e.advantage, e.weight] as const] : []);

const close = (actual: Iterable<number>, expected: readonly number[], eps = 1e-12) => {
  const values = [...actual];
  assert.ok(
    values.length === expected.length && values.every((v, i) => Math.abs(v - expected[i]!) <= eps),
    `${values} is not ${expected}`,
  );
};

/** Two episodes meet in x after the root; the third goes its own way. */
const three = forest([
  [{ state: "s" }, { state: "x", pays: 1 }],
  [{ state: "s" }, { state: "x" }],
  [{ state: "s" }, { state: "y" }],
], [true, false, false]);

test("credit gives every step of an episode the advantage of its return", async () => {
  // Returns 1, 0, 0; mean 1/3: 2/3, −1/3, −1/3. dr_grpo divides by n · k = 3 · 10.
  const given = advantages((await algorithm()).credit(three));
  assert.equal(given.map(([text]) => text), ["00", "01", "10", "11", "20", "21"]);
  close(given.map(([, a]) => a), [2 / 3, 2 / 3, -1 / 3, -1 / 3, -1 / 3, -1 / 3]);
  close(given.map(([, , w]) => w), Array.from({ length: 6 }, () => 1 / 30));
});

test("credit divides by the length its loss_type names: a constant, the episode's own, or none", async () => {
  // One step against three: n = 2, T = 1 and 3.
  const uneven = forest([[{ state: "s", pays: 1 }], [{ state: "s" }, { state: "x" }, { state: "y" }]]);
  const weights = async (o: Partial<Options>) =>
    advantages((await algorithm(o)).credit(uneven)).map(([, , weight]) => weight);
  close(await weights({}), [1 / 20, 1 / 20, 1 / 20, 1 / 20]);
  close(await weights({ step_adv_const_length: 4 }), [1 / 8, 1 / 8, 1 / 8, 1 / 8]);
  close(await weights({ loss_type: "grpo" }), [1 / 2, 1 / 6, 1 / 6, 1 / 6]);
  close(await weights({ loss_type: "dapo" }), [1, 1, 1, 1]);
  close(await weights({ loss_type: "bnpo" }), [1, 1, 1, 1]);
  // Returns 1, 0: centred ±0.5, sample variance 0.25 + 0.25 = 0.5.
  const scaled = 0.5 / (Math.SQRT1_2 + 1e-4);
  for (const loss_type of ["grpo", "bnpo", "dapo"] as const) {
    const given = advantages((await algorithm({ loss_type })).credit(uneven));
    close(given.map(([, a]) => a), [scaled, -scaled, -scaled, -scaled]);
  }
});

test("gigpo adds omega times the advantage among equal states over discounted returns-to-go", async () => {
  // gamma 0.5: returns-to-go (0.5, 1), (0, 0), (0, 0).
  //   s: (0.5, 0, 0) − 1/6 = 1/3, −1/6, −1/6     x: (1, 0) − 1/2 = 1/2, −1/2     y: met once, 0
  const within = stepAdvantages(chainsOf(three), { gamma: 0.5, lossType: "dr_grpo" });
  close(within.flat(), [1 / 3, 1 / 2, -1 / 6, -1 / 2, -1 / 6, 0]);
  // omega 2: 2/3 + 2/3, 2/3 + 1; −1/3 − 1/3, −1/3 − 1; −1/3 − 1/3, −1/3 + 0
  const given = advantages((await algorithm({ gigpo: { omega: 2, gamma: 0.5 } })).credit(three));
  close(given.map(([, a]) => a), [4 / 3, 5 / 3, -2 / 3, -4 / 3, -2 / 3, -1 / 3]);
});

test("gigpo normalises each state's group as loss_type says", () => {
  // x: (1, 0): sample deviation √0.5. s: (0.5, 0, 0): variance (1/9 + 1/36 + 1/36) / 2 = 1/12.
  const within = stepAdvantages(chainsOf(three), { gamma: 0.5, lossType: "grpo" });
  const [x, s] = [0.5 / (Math.SQRT1_2 + 1e-4), 1 / (Math.sqrt(1 / 12) + 1e-4)];
  close(within.flat(), [s / 3, x, -s / 6, -x, -s / 6, 0]);
});

test("gigpo learns from a group whose returns are equal when one episode was paid sooner", async () => {
  const sooner = forest([
    [{ state: "s", pays: 1 }, { state: "x" }],
    [{ state: "s" }, { state: "y", pays: 1 }],
  ]);
  assert.is(deadCause(sooner), "all_failed");
  assert.equal((await algorithm()).credit(sooner), []);
  // s: (1, 0.95) centred ±0.025; x and y are met once.
  const given = advantages((await algorithm({ gigpo: { omega: 1, gamma: 0.95 } })).credit(sooner));
  close(given.map(([, a]) => a), [0.025, 0, -0.025, 0]);
});

test("credit drops a group of equal returns, and deadCause names why by whole episodes", async () => {
  const step = (pays: number, says: string) => ({ state: "s", pays, says });
  // 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in the last bit of a double.
  const order = [[step(0.1, "a"), step(0.2, "b"), step(0.3, "c")], [step(0.3, "c"), step(0.2, "b"), step(0.1, "a")]];
  for (
    const [group, cause] of [
      [forest(order, [true, true]), "all_passed"],
      [forest(order, [true, false]), "equal_reward"],
      [forest(order), "all_failed"],
      [forest([order[0]!, order[0]!], [true, true]), "same_action"],
    ] as const
  ) {
    assert.is(deadCause(group), cause);
    assert.equal((await algorithm()).credit(group), []);
  }
  assert.is(deadCause(three), undefined);
});

test("path_credit also imitates every step of the episodes that succeeded, and says that it imitates", async () => {
  const { credit, emits } = await algorithm({ path_credit: 0.5 });
  assert.equal(emits, ["advantage", "imitate"]);
  const imitated = (examples: readonly Example[]) =>
    examples.flatMap((e) => e.kind === "imitate" ? [[e.sample.text, e.weight, e.group]] : []);
  assert.is(credit(three).length, 8);
  assert.equal(imitated(credit(three)), [["00", 0.5 / 3, "g"], ["01", 0.5 / 3, "g"]]);
  const dead = forest([[{ state: "s", pays: 1 }], [{ state: "s", pays: 1 }]], [true, true]);
  assert.equal(imitated(credit(dead)), [["00", 0.25, "g"], ["10", 0.25, "g"]]);
  assert.equal((await algorithm()).emits, ["advantage"]);
});

test("the loss carries the papers' defaults of each loss_type", async () => {
  const loss = async (o: Partial<Options>) => (await algorithm(o)).loss;
  const plain = { kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2 };
  assert.equal(await loss({}), { kind: "dr_grpo", ...plain });
  assert.equal(await loss({ loss_type: "grpo" }), { kind: "grpo", ...plain, kl_coef: 0.001 });
  assert.equal(await loss({ loss_type: "bnpo" }), { kind: "bnpo", ...plain });
  assert.equal(await loss({ loss_type: "dapo" }), { kind: "dapo", ...plain, epsilon_high: 0.28 });
  assert.equal(
    await loss({ epsilon_low: 0.1, epsilon_high: 0.3, kl_coef: 0.01, kl_estimator: "full", max_completion_length: 64 }),
    {
      kind: "dr_grpo",
      kl_coef: 0.01,
      kl_estimator: "full",
      epsilon_low: 0.1,
      epsilon_high: 0.3,
      max_completion_length: 64,
    },
  );
});

test("create refuses options that mean nothing beside each other, and names the option", async () => {
  const gigpo = { omega: 1, gamma: 0.95 };
  const cases: readonly (readonly [Partial<Options>, string, string, string])[] = [
    [{ continue: "best" }, "continue", "an episode of a trajectory group goes on by itself", "group: step"],
    [{ group: "step", gigpo }, "gigpo", "GiGPO compares steps across whole episodes", "group: trajectory"],
    [
      { group: "step", step_adv_const_length: 5 },
      "step_adv_const_length",
      "a step group's episodes are one step long",
      "group: trajectory",
    ],
    [
      { loss_type: "grpo", step_adv_const_length: 5 },
      "step_adv_const_length",
      "grpo divides by real lengths",
      "loss_type: dr_grpo",
    ],
    [
      { loss_type: "dapo", max_completion_length: 5 },
      "max_completion_length",
      "dapo divides by real lengths",
      "loss_type: dr_grpo",
    ],
    [{ kl_estimator: "full" }, "kl_estimator", "kl_coef is 0, so there is no KL to estimate", "kl_coef: 0.001"],
  ];
  for (const [options, option, reason, remedy] of cases) {
    const e = await thrownBy(() => algorithm(options));
    assert.ok(isHaloError(e, "HALO_OPTION_CONFLICT"), String(e));
    assert.equal([e.message, e.hint, e.option], [
      `algorithm "grpo": ${option} means nothing here, ${reason}`,
      `remove ${option}, or set ${remedy}`,
      option,
    ]);
  }
});
