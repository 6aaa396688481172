import { type Branch, chainsOf, type Decision, returnOf, type Sample } from "halo-agent";
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
