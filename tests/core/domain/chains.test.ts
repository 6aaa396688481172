import { type Branch, chainsOf, type Decision, type Group, returnOf, type Sample } from "halo-agent";
import { episodesOf } from "halo-agent/kit";
import { assert, suite } from "../../harness.ts";

const test = suite("domain/chains");

const branch = (text: string, reward?: number): Branch => {
  const sample: Sample = { text, parsed: { ok: false, code: "PARSE", message: "" }, trace: { kind: "none" } };
  return { sample, ...(reward !== undefined && { reward }) };
};
const decision = (id: number, branches: readonly Branch[], parent?: readonly [number, number]): Decision => ({
  id,
  stateKey: `s${id}`,
  prompt: { kind: "none" },
  branches,
  ...(parent && { parent: { decision: parent[0], branch: parent[1] } }),
});
const waysOf = (decisions: readonly Decision[]) =>
  chainsOf({ decisions }).map((chain) => chain.map(({ branch }) => branch.sample.text).join(""));

test("chainsOf gives the branches of a step group, the episodes of a trajectory group, every way through a tree", () => {
  const root = decision(0, [branch("a"), branch("b")]);
  assert.equal(waysOf([root]), ["a", "b"]);
  const long = [root, decision(1, [branch("c")], [0, 1]), decision(2, [branch("d")], [1, 0])];
  assert.equal(waysOf(long), ["a", "bcd"]);
  assert.equal(waysOf([root, decision(1, [branch("c"), branch("d")], [0, 0])]), ["ac", "ad", "b"]);
  assert.equal(waysOf([root, decision(5, [branch("x")])]), ["a", "b", "x"], "a forest has several roots");
  assert.equal(waysOf([]), []);
});

test("returnOf adds up rewards so that their order makes no difference, and an unexecuted branch earns 0", () => {
  const chain = (rewards: readonly (number | undefined)[]) =>
    rewards.map((reward, i) => {
      const b = branch("", reward);
      return { decision: decision(i, [b]), branch: b };
    });
  assert.is(returnOf(chain([0.1, 0.2, 0.3])), 0.6);
  assert.is(returnOf(chain([0.3, 0.2, 0.1])), 0.6);
  assert.is(returnOf(chain([1, undefined])), 1);
});

test("episodesOf gives one episode along step groups and one for every end of a trajectory group or a tree", () => {
  const over = (text: string): Branch => ({
    ...branch(text, 0),
    end: { stop: "declared", verdict: { success: false, by: "t", reason: "" } },
  });
  const group = (shape: Group["shape"], decisions: readonly Decision[]): Group => ({
    ...{ id: "g", taskKey: "t", policyVersion: 0, temperature: 1, shape, decisions },
  });
  const ways = (groups: readonly Group[]) => episodesOf(groups).map((way) => way.map((b) => b.sample.text).join(""));
  const step = (text: string) => group("step", [{ ...decision(0, [branch("x", 0), branch(text, 0)]), chosen: 1 }]);
  assert.equal(ways([step("a"), step("b")]), ["ab"]);
  assert.equal(ways([group("step", [decision(0, [branch("a"), branch("b")])])]), ["a"]);
  // Branch a goes on, b ends at once: the shorter episode ends at the earlier decision.
  const long = group("trajectory", [
    decision(0, [branch("a", 0), over("b"), branch("c", 0)]),
    decision(1, [over("d")], [0, 0]),
    decision(2, [branch("e")], [0, 2]),
  ]);
  assert.equal(ways([long]), ["b", "ad"]);
  assert.equal(ways([step("s"), long]), ["s", "b", "ad"]);
  assert.equal(ways([]), []);
});
