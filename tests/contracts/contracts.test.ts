import type { Algorithm, Group, GroupBody, Policy } from "halo-agent";
import { isHaloError } from "halo-agent";
import { keyedRng } from "halo-agent/kit";
import grpo from "../../plugins/grpo/algorithm.ts";
import { assert, suite, thrownBy } from "../harness.ts";
import { Graph } from "./graph.ts";
import lookahead from "./lookahead-policy.ts";
import trajectory from "./trajectory.ts";
import treeSearch from "./tree-search.ts";

const test = suite("contracts");

async function exploredBy(algorithm: Algorithm, graph: Graph): Promise<readonly Group[]> {
  const bodies: GroupBody[] = [];
  for await (const body of algorithm.explore(graph.goal, graph)) bodies.push(body);
  return bodies.map((body, i) => ({
    ...body,
    id: `g${i}`,
    taskKey: graph.goal.id,
    policyVersion: graph.policyVersion,
    temperature: algorithm.temperature,
  }));
}

test("step groups reach the end of an episode with one group a step, all samples drawn at one point", async () => {
  const algorithm = await grpo.create({
    loss_type: "dr_grpo",
    group: "step",
    num_generations: 8,
    temperature: 1,
    continue: "best",
    epsilon_low: 0.2,
    epsilon_high: 0.2,
  }, {});
  const graph = new Graph({ solution: "ab" });
  const groups = await exploredBy(algorithm, graph);
  assert.equal(groups.map((g) => [g.shape, g.decisions.length, g.decisions[0]!.branches.length]), [["step", 1, 8], [
    "step",
    1,
    8,
  ]]);
  assert.is(graph.stepped.filter((way) => way.length === 1).length, 8);
  // The first door pays nothing whichever it is: no gradient. The second pays only behind "a".
  assert.equal(algorithm.credit(groups[0]!), []);
});

test("trajectory groups hold one chain a rollout and centre its return over all of its steps", async () => {
  const algorithm = await trajectory.create({ num_generations: 12 }, {});
  const [group] = await exploredBy(algorithm, new Graph({ solution: "ab", seed: 3 }));
  const solved = group!.decisions.slice(1).map((d) => d.branches[0]!.end?.verdict.success);
  const wins = solved.filter((s) => s).length;
  assert.is(solved.length, 12);
  assert.ok(wins > 0 && wins < 12, `${wins} of 12 rollouts succeed`);
  const advantages = algorithm.credit(group!).map((e) => e.kind === "advantage" ? e.advantage : NaN);
  assert.is(advantages.length, 24);
  assert.equal(new Set(advantages), new Set([1 - wins / 12, -wins / 12]));
  assert.ok(Math.abs(advantages.reduce((sum, a) => sum + a, 0)) < 1e-12);
});

test("tree search steps several times from one point, finds the way and prefers it at every depth", async () => {
  const algorithm = await treeSearch.create({
    max_children: 3,
    num_simulations: 40,
    ucb_constant: 1.414,
    alpha: 1,
    threshold: 0.1,
  }, {});
  const graph = new Graph({ solution: "bac" });
  const [group] = await exploredBy(algorithm, graph);
  assert.ok(graph.stepped.includes("bac"));
  assert.is(new Set(graph.stepped).size, graph.stepped.length, "a branch is executed once");
  const winners = algorithm.credit(group!).flatMap((e) => e.kind === "pair" ? [e.chosen.text] : []);
  assert.equal(new Set(winners), new Set(["b", "a", "c"]));
});

test("tree search needs fewer simulations when the critic's ranking counts", async () => {
  const stepsTo = async (alpha: number) => {
    const algorithm = await treeSearch.create({
      max_children: 3,
      num_simulations: 40,
      ucb_constant: 0.5,
      alpha,
      threshold: 0.1,
    }, {});
    const graph = new Graph({ solution: "cacb" });
    await exploredBy(algorithm, graph);
    return graph.stepped.indexOf("cacb");
  };
  const [withCritic, alone] = [await stepsTo(0.2), await stepsTo(1)];
  assert.is(withCritic, 3, "straight down the solution");
  assert.ok(alone < 0 || alone > withCritic, `alone the search needed ${alone} steps`);
});

test("a policy that searches at test time solves what its proposer solves by chance", async () => {
  const graph = new Graph({ solution: "bc" });
  const proposer: Policy = {
    need: {},
    can: { trace: "none", maxN: 8, deterministic: true },
    sample: ({ at, n, mode, temperature }) => graph.draw(at, { n, mode, temperature, key: "propose" }),
    close: () => Promise.resolve(),
  };
  const policy = await lookahead.create({ proposer, max_children: 3, depth: 2 }, {});
  let at = await graph.root();
  while (!at.end) {
    const draw = await policy.sample(
      { at, n: 1, mode: "greedy", temperature: 1, rng: keyedRng("test"), world: graph },
      { signal: graph.signal },
    );
    const edge = await graph.step(at, draw.samples[0]!);
    if (!edge.ok) throw new Error(edge.fault.message);
    at = edge.to;
  }
  assert.is(at.end.verdict.success, true);
  const error = await thrownBy(() =>
    policy.sample({ at, n: 1, mode: "greedy", temperature: 1, rng: keyedRng("test") }, { signal: graph.signal })
  );
  assert.ok(isHaloError(error, "HALO_FORK_UNSUPPORTED"));
});

test("a faulty branch stops step groups, trajectories and trees instead of shrinking them", async () => {
  const algorithms: readonly Algorithm[] = [
    await grpo.create({
      loss_type: "grpo",
      group: "step",
      num_generations: 8,
      temperature: 1,
      continue: "best",
      epsilon_low: 0.2,
      epsilon_high: 0.2,
    }, {}),
    await trajectory.create({ num_generations: 8 }, {}),
    await treeSearch.create({ max_children: 3, num_simulations: 8, ucb_constant: 1.414, alpha: 1, threshold: 0.1 }, {}),
  ];
  for (const algorithm of algorithms) {
    const error = await thrownBy(() => exploredBy(algorithm, new Graph({ solution: "ab", broken: ["a", "b", "c"] })));
    assert.ok(isHaloError(error, "HALO_GROUP_FAULT"), String(error));
    assert.match(error.message, /HALO_PAGE_CRASHED.*door [abc] is gone/);
  }
});
