import type { EpisodeSummary } from "../../../../core/record/episode.ts";
import { compareArms } from "../../../../core/report/compare-arms.ts";
import { compareStage } from "../../../../core/run/evaluate/compare.ts";
import { isHaloError } from "../../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../../harness.ts";

const test = suite("run/evaluate/compare");

const episode = (label: string, taskKey: string, success: boolean, k = 0): EpisodeSummary => ({
  id: `${label}/${taskKey}#${k}`,
  label,
  taskKey,
  template: "t",
  split: "eval",
  optimum: 1,
  goal: "g",
  steps: 1,
  stop: "solved",
  success,
  verdict: { success, by: "t", reason: "" },
  reward: 0,
  policyVersion: 0,
});

test("compareStage pairs two labels by task key in any order and leaves every other label out", () => {
  const episodes = [
    episode("train", "a", true),
    episode("after", "c", true),
    episode("after", "b", true),
    episode("after", "a", true),
    episode("before", "a", false),
    episode("before", "b", true),
    episode("before", "c", false),
  ];
  const c = compareStage({ kind: "compare", a: "before", b: "after" }, episodes);
  assert.equal(
    [c.label_a, c.label_b, c.n, c.a.rate, c.b.rate, c.delta, c.test],
    ["before", "after", 3, 1 / 3, 1, 2 / 3, "mcnemar mid-p"],
  );
  assert.equal(c.table, { both: 1, a_only: 0, b_only: 2, neither: 0 });
  assert.equal(c.flipped, [
    { key: "a", a: 0, b: 1, episodes_a: ["before/a#0"], episodes_b: ["after/a#0"] },
    { key: "c", a: 0, b: 1, episodes_a: ["before/c#0"], episodes_b: ["after/c#0"] },
  ]);
  // Two discordant pairs, both for B: exact p = 2 · 0.5² = 0.5, mid-p = 0.5 − 0.25.
  assert.equal([c.p_exact, c.p], [0.5, 0.25]);
  assert.equal(compareStage({ kind: "compare", a: "before", b: "after" }, episodes.toReversed()), c);
});

test("compareArms leaves out tasks that one arm only has met", () => {
  const a = { label: "x", episodes: [episode("x", "a", true), episode("x", "b", true)] };
  const b = { label: "y", episodes: [episode("y", "b", false), episode("y", "c", true)] };
  const c = compareArms(a, b);
  const flipped = [{ key: "b", a: 1, b: 0, episodes_a: ["x/b#0"], episodes_b: ["y/b#0"] }];
  assert.equal([c.n, c.delta, c.flipped], [1, -1, flipped]);
});

test("compareArms takes the mean over several episodes of a task and tests by permutation", () => {
  const arm = (label: string, wins: readonly number[]) => ({
    label,
    episodes: wins.flatMap((w, t) => [0, 1].map((k) => episode(label, `t${t}`, k < w, k))),
  });
  const c = compareArms(arm("x", [0, 1, 2]), arm("y", [2, 1, 2]));
  assert.equal([c.n, c.a.rate, c.b.rate, c.test, c.table], [3, 0.5, 5 / 6, "sign-flip permutation", undefined]);
  const [episodes_a, episodes_b] = [["x/t0#0", "x/t0#1"], ["y/t0#0", "y/t0#1"]];
  assert.equal(c.flipped, [{ key: "t0", a: 0, b: 1, episodes_a, episodes_b }]);
});

test("compareArms refuses arms without a common task", async () => {
  const e = await thrownBy(() =>
    compareArms({ label: "x", episodes: [episode("x", "a", true)] }, { label: "y", episodes: [] })
  );
  assert.ok(isHaloError(e, "HALO_COMPARE_UNPAIRED"));
  assert.equal([e.message, e.hint], [
    '"x" and "y" have no task in common',
    "evaluate both with the same tasks, split and task_seed",
  ]);
});
