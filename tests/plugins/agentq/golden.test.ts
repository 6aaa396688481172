import type { Example, Group, Prompt } from "halo-agent";
import { log } from "halo-agent/kit";
import { bodyOf } from "../../../plugins/agentq/body.ts";
import { credit } from "../../../plugins/agentq/credit.ts";
import { episodePairsOf } from "../../../plugins/agentq/episode-pairs.ts";
import { pairsOf } from "../../../plugins/agentq/pairs.ts";
import { search } from "../../../plugins/agentq/search.ts";
import { breadth, scoreOf } from "../../../plugins/agentq/select.ts";
import { gradientOf } from "../../../plugins/linear/objective.ts";
import { assert, suite } from "../../harness.ts";
import { doors, plain, through } from "./doors.ts";

const test = suite("agentq/golden");
const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= 1e-9, `${actual} is not ${expected}`);

/**
 * Two doors everywhere, three deep; only "baa" succeeds; a rollout always takes "a". c = 1.414, N counts a point's
 * visits. Scores of a | b where both were tried, the higher one wins:
 *   1  a is first                                                             "a", rollout aaa: 0
 *   2  b was never tried                                                      "b", rollout baa: 1
 *   3  root N 2: 0 + 1.1772 | 1 + 1.1772: b; then a                           "ba", rollout baa: 1
 *   4  root N 3: 0 + 1.4821 | 1 + 1.0480: b; then b                           "bb", rollout bba: 0
 *   5  root N 4: 0 + 1.6649 | 2/3 + 0.9612 = 1.6279: a; then a                "aa", rollout aaa: 0
 *   6  root N 5: 0 + 1.2684 | 2/3 + 1.0357: b; "b" N 2: 1 + 1.1772 | 1.1772   "baa", the end: 1
 *   7  root N 6: 0 + 1.3384 | 3/4 + 0.9464: b; "b" N 3: 1 + 1.0480 | 1.4821   "bab", the end: 0
 *   8  root N 7: 0 + 1.3947 | 3/5 + 0.8821: b; "b" N 4: 1.6279 | 1.6649       "bba", the end: 0
 */
const steps = [
  { way: "a", value: 0, after: { a: [1, 0] } },
  { way: "b", value: 1, after: { b: [1, 1] } },
  { way: "ba", value: 1, after: { b: [2, 1], ba: [1, 1] } },
  { way: "bb", value: 0, after: { b: [3, 2 / 3], bb: [1, 0] } },
  { way: "aa", value: 0, after: { a: [2, 0], aa: [1, 0] } },
  { way: "baa", value: 1, after: { b: [4, 3 / 4], ba: [2, 1], baa: [1, 1] } },
  { way: "bab", value: 0, after: { b: [5, 3 / 5], ba: [3, 2 / 3], bab: [1, 0] } },
  { way: "bba", value: 0, after: { b: [6, 1 / 2], bb: [2, 0], bba: [1, 0] } },
] as const;

test("search selects, values and backs up a tree of three levels as worked out by hand", async () => {
  for (const n of steps.keys()) {
    const io = doors({ wins: ["baa"] });
    const { tree, simulations } = await search(io, io.root, { ...plain, num_simulations: n + 1 });
    const last = simulations.at(-1)!;
    const way = last.path.map(({ decision, branch }) => tree.nodes[decision]!.proposals[branch]!.sample.text).join("");
    assert.equal([way, last.value], [steps[n]!.way, steps[n]!.value], `simulation ${n + 1}`);
    for (const [path, [visits, mcts]] of Object.entries(steps[n]!.after)) {
      const node = tree.nodes.find(({ at }) => at.id === path.slice(0, -1))!;
      const { stats } = node.proposals.find((proposal) => proposal.sample.text === path.at(-1))!;
      assert.is(stats.visits, visits, `N(${path}) after ${n + 1}`);
      close(stats.mcts, mcts);
      assert.is(stats.pending, 0);
    }
  }
});

test("scoreOf is Q plus the exploration of each form", () => {
  const o = { selection: "ucb1", ucb_constant: 1.414, alpha: 1, total: 5 } as const;
  const arm = { stats: { visits: 3, mcts: 2 / 3, pending: 0 }, prior: 0.25 };
  // 2/3 + 1.414 · sqrt(ln 5 / 3)
  close(scoreOf(arm, o).score, 2 / 3 + 1.414 * Math.sqrt(1.6094379124341003 / 3));
  // The paper's: 1 + n under the root.
  close(scoreOf(arm, { ...o, ucb_form: "one_plus" }).score, 2 / 3 + 1.414 * Math.sqrt(1.6094379124341003 / 4));
  // PUCT: 2/3 + 1.414 · 0.25 · sqrt(5) / 4
  close(scoreOf(arm, { ...o, selection: "puct" }).score, 2 / 3 + (1.414 * 0.25 * Math.sqrt(5)) / 4);
  assert.is(scoreOf({ ...arm, stats: { visits: 0, mcts: 0, pending: 0 } }, o).score, Infinity);
  // A pending visit counts as one that was lost: 2/3 · 3 / 4 = 1/2.
  close(scoreOf({ ...arm, stats: { visits: 3, mcts: 2 / 3, pending: 1 } }, o).q, 1 / 2);
  // Composite Q: 0.6 · 2/3 + 0.4 · 0.9 = 0.76.
  close(scoreOf({ ...arm, critic: 0.9 }, { ...o, alpha: 0.6 }).q, 0.76);
});

test("breadth grows as the ceiling of constant · N^exponent, from 1", () => {
  const root = { constant: 1, exponent: 0.5 };
  assert.equal([0, 1, 2, 4, 5, 9, 10, 16, 17].map((n) => breadth(n, root)), [1, 1, 2, 2, 3, 3, 4, 4, 5]);
  assert.equal([0, 1, 4].map((n) => breadth(n, { constant: 2, exponent: 0.5 })), [1, 2, 4]);
});

const searched = async (o: { readonly alpha?: number; readonly rank?: boolean } = {}): Promise<Group> => {
  // The critic always thinks 0.2 of "a" and 0.6 of "b"; it does not steer, so that the tree is the one above.
  const io = doors({
    wins: ["baa"],
    ...(o.rank && { rank: () => Promise.resolve({ scores: [0.2, 0.6], by: "test" }) }),
  });
  const body = bodyOf(await search(io, io.root, plain), o.alpha ?? 1);
  return { ...body, id: "g", taskKey: "doors", policyVersion: 0, temperature: 1 };
};
const said = (examples: readonly Example[]) =>
  examples.map((e) => e.kind === "pair" && `${e.chosen.text}>${e.rejected.text} ${e.weight}`);

test("pairsOf compares explored siblings whose composite Q differs by more than theta", async () => {
  // Q: root a 0, b 1/2; "b": a 2/3, b 0; "ba": a 1, b 0; "a", "bb", "aa" have at most one explored child.
  const group = await searched();
  assert.equal(group.decisions.map((d) => d.stateKey), ["", "a", "b", "ba", "bb", "aa"]);
  assert.equal(said(pairsOf(group, { alpha: 1, theta: 0.1 })), ["b>a 1", "a>b 1", "a>b 1"]);
  assert.equal(said(pairsOf(group, { alpha: 1, theta: 0.5 })), ["a>b 1", "a>b 1"]);
  // alpha 0.4 with the critic: root 0.12 | 0.56; "b": 0.4 · 2/3 + 0.12 = 0.3867 | 0.36; "ba": 0.52 | 0.36.
  const ranked = await searched({ rank: true });
  assert.equal(said(pairsOf(ranked, { alpha: 0.4, theta: 0.1 })), ["b>a 1", "a>b 1"]);
  // The critic alone: 0.6 over 0.2 wherever both were tried.
  assert.equal(said(pairsOf(ranked, { alpha: 0, theta: 0.1 })), ["b>a 1", "b>a 1", "b>a 1"]);
});

test("credit rft imitates the best success, grpo centres Q among explored siblings", async () => {
  const group = await searched();
  const rft = credit(group, { credit: "rft", alpha: 1, theta: 0.1 });
  assert.equal(rft.map((e) => e.kind === "imitate" && [e.sample.text, e.weight]), [["b", 1], ["a", 1], ["a", 1]]);
  assert.equal(group.decisions.map((d) => d.chosen), [1, undefined, 0, 0, undefined, undefined]);
  const grpo = credit(group, { credit: "grpo", alpha: 1, theta: 0.1 });
  const third = 1 / 3;
  assert.equal(grpo.map((e) => e.kind === "advantage" && [e.sample.text, e.advantage, e.weight]), [
    ["a", -1 / 4, 1 / 2],
    ["b", 1 / 4, 1 / 2],
    ["a", third, 1 / 2],
    ["b", -third, 1 / 2],
    ["a", 1 / 2, 1 / 2],
    ["b", -1 / 2, 1 / 2],
  ]);
});

test("episodePairsOf prefers the best success to every way that never succeeded, from where they part", async () => {
  const pairs = episodePairsOf(await searched(), 1);
  // Tried to their end without success: "aa", "bab", "bba"; the best success is "baa".
  const told = pairs.map((e) => {
    if (e.kind !== "pair") throw new TypeError(e.kind);
    const ways = [e.rest!.chosen, e.rest!.rejected].map((rest) => rest.map(({ sample }) => sample.text).join(""));
    return [e.chosen.text, e.rejected.text, ...ways, e.weight];
  });
  assert.equal(told, [["b", "a", "aa", "a", 1 / 3], ["a", "b", "", "", 1 / 3], ["a", "b", "a", "a", 1 / 3]]);
  const io = doors({ wins: [] });
  const body = bodyOf(await search(io, io.root, plain), 1);
  assert.equal(episodePairsOf({ ...body, id: "g" }, 1), []);
});

test("the tree's pairs give the linear trainer the DPO loss and gradient worked out by hand", async () => {
  const prompt: Extract<Prompt, { kind: "choice" }> = {
    kind: "choice",
    dims: 2,
    offsets: Int32Array.of(0, 1, 2),
    index: Int32Array.of(0, 1),
    value: Float32Array.of(1, 1),
  };
  const chose = (door: string, index: number) => ({
    ...through(door),
    trace: { kind: "choice", index, logprob: log(0.5) } as const,
  });
  const group = await searched();
  const root = group.decisions[0]!;
  const branches = root.branches.map((b, i) => ({ ...b, sample: chose(b.sample.text, i) }));
  const pairs = pairsOf({ id: "g", decisions: [{ ...root, prompt, branches }] }, { alpha: 1, theta: 0.1 });
  assert.is(pairs.length, 1);
  // b over a, both sampled at 1/2; now p(a) = 3/4, p(b) = 1/4. Margin = 0.1 · (ln(1/4 / 1/2) − ln(3/4 / 1/2)) = −0.1 ln 3
  // = −0.1098612288668; loss = ln(1 + e^0.1098…) = 0.7495857230929; sigma(0.1098…) = 0.5274377161638.
  const at = { logps: Float64Array.of(log(0.75), log(0.25)), reference: undefined };
  const dpo = gradientOf(pairs, { ...at, loss: { kind: "dpo", beta: 0.1, nll_coef: 0 } }, { ratioCap: 1, entropy: 0 });
  close(-dpo.objective, 0.7495857230929);
  // d log p_b − d log p_a leaves the softmax term out: ± beta · sigma.
  const slope = 0.05274377161638;
  close(dpo.coefficients[1]!, slope);
  close(dpo.coefficients[0]!, -slope);
  // The NLL of the winner adds (0 − p(a), 1 − p(b)) = (−0.75, 0.75) and ln 4 to the loss.
  const nll = gradientOf(pairs, { ...at, loss: { kind: "dpo", beta: 0.1, nll_coef: 1 } }, { ratioCap: 1, entropy: 0 });
  close(nll.coefficients[1]!, slope + 0.75);
  close(nll.coefficients[0]!, -slope - 0.75);
  close(-nll.objective, 2.1358800842128);
});
