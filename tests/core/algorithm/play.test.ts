import { chainsOf, isHaloError, type Point } from "halo-agent";
import { branchOf, play, stepGroup, trajectoryGroup, whole } from "halo-agent/kit";
import { Graph, through } from "../../contracts/graph.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("algorithm/play");

const drawOf = (...doors: string[]) => ({
  prompt: { kind: "none" } as const,
  samples: doors.map(through),
  policyVersion: 3,
  temperature: 1,
});
/** Takes these doors in turn; gives up where there are none left. */
const along = (way: string) => (at: Point) => drawOf(...way.slice(at.depth, at.depth + 1));
const wayOf = (steps: Awaited<ReturnType<typeof play>>) => steps.map(({ edge }) => edge.sample.text).join("");

test("play steps to the end of the episode and keeps where each step was taken and what came of it", async () => {
  const graph = new Graph({ solution: "abc" });
  const steps = await play(graph, { from: await graph.root(), draw: along("abc") });
  assert.equal(steps.map(({ at, edge }) => [at.id, edge.sample.text, edge.ok && edge.to.id]), [
    ["", "a", "a"],
    ["a", "b", "ab"],
    ["ab", "c", "abc"],
  ]);
  assert.equal(whole(steps.map(({ edge }) => edge)).map(({ reward }) => reward), [0, 0, 1]);
  const over = steps.at(-1)!.edge;
  assert.ok(over.ok);
  assert.equal(await play(graph, { from: over.to, draw: along("abc") }), []);
});

test("play gives up after maxSteps, at a draw without samples, and at a step that fails", async () => {
  const graph = new Graph({ solution: "abcabc", broken: ["ab"] });
  const from = await graph.root();
  assert.is(wayOf(await play(graph, { from, draw: along("cccccc"), maxSteps: 2 })), "cc");
  assert.is(wayOf(await play(graph, { from, draw: along("ccc") })), "ccc");
  const failed = await play(graph, { from, draw: along("abcabc") });
  assert.equal(failed.map(({ edge }) => edge.ok), [true, false]);
});

test("whole throws HALO_GROUP_FAULT with the fault of the first branch that failed", async () => {
  const graph = new Graph({ solution: "ab", broken: ["b"] });
  const from = await graph.root();
  const edges = await Promise.all(["a", "b"].map((door) => graph.step(from, through(door))));
  const e = await thrownBy(() => whole(edges));
  assert.ok(isHaloError(e, "HALO_GROUP_FAULT"));
  assert.is(e.message, "a branch failed (environment, HALO_PAGE_CRASHED): door b is gone");
  assert.equal(branchOf(edges[1]!), { sample: through("b"), fault: edges[1]!.ok ? undefined : edges[1]!.fault });
});

test("stepGroup records every branch with its reward, terms and end, and which one is gone on with", async () => {
  const graph = new Graph({ solution: "b" });
  const from = await graph.root();
  const draw = drawOf("a", "b");
  const edges = await Promise.all(draw.samples.map((sample) => graph.step(from, sample)));
  const { shape, decisions } = stepGroup(from, { draw, edges, chosen: 1 });
  assert.equal([shape, decisions.length, decisions[0]!.chosen, decisions[0]!.stateKey], ["step", 1, 1, ""]);
  assert.equal(decisions[0]!.branches.map((b) => [b.sample.text, b.reward, b.end?.verdict.success]), [
    ["a", 0, false],
    ["b", 1, true],
  ]);
  assert.equal("chosen" in stepGroup(from, { draw, edges }).decisions[0]!, false);
});

test("trajectoryGroup has a chain for each episode, and one prompt for equal points", async () => {
  const graph = new Graph({ solution: "ab" });
  const from = await graph.root();
  const episodes = await Promise.all(["ab", "ac", "ba"].map((way) => play(graph, { from, draw: along(way) })));
  const body = trajectoryGroup(episodes);
  const chains = chainsOf(body);
  assert.equal(chains.map((chain) => chain.map(({ branch }) => branch.sample.text).join("")), ["ab", "ac", "ba"]);
  assert.is(chains[0]![1]!.decision.prompt, chains[1]![1]!.decision.prompt);
  assert.ok(chains[0]![1]!.decision.prompt !== chains[2]![1]!.decision.prompt);
  assert.instance(await thrownBy(() => trajectoryGroup([[]])), TypeError);
});
