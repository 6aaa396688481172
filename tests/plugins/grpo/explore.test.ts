import { chainsOf, type GroupBody, isHaloError } from "halo-agent";
import plugin from "../../../plugins/grpo/algorithm.ts";
import { Graph } from "../../contracts/graph.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("grpo/explore");

const defaults = {
  loss_type: "dr_grpo",
  group: "step",
  num_generations: 8,
  temperature: 1,
  continue: "best",
  epsilon_low: 0.2,
  epsilon_high: 0.2,
} as const;

async function explored(
  graph: Graph,
  o: Partial<{ continue: "best" | "sample" | "first"; num_generations: number; widen: number }> = {},
): Promise<readonly GroupBody[]> {
  const algorithm = await plugin.create({ ...defaults, ...o }, {});
  const bodies: GroupBody[] = [];
  for await (const body of algorithm.explore(graph.goal, graph)) bodies.push(body);
  return bodies;
}

/** The way an episode took, by its chosen branches. */
const wayOf = (bodies: readonly GroupBody[]) =>
  bodies.map(({ decisions: [d] }) => d!.branches[d!.chosen!]!.sample.text).join("");

test("explore yields a whole step group per point: branches with rewards, terms, ends and the chosen one", async () => {
  const [first, last, ...rest] = await explored(new Graph({ solution: "ab" }));
  assert.is(rest.length, 0);
  assert.is(first!.shape, "step");
  const [decision] = last!.decisions;
  assert.is(decision!.stateKey, wayOf([first!]));
  for (const { sample, reward, terms, end } of decision!.branches) {
    const way = wayOf([first!]) + sample.text;
    const success = way === "ab";
    assert.is(reward, success ? 1 : 0);
    assert.equal(terms, [{ name: "success", value: reward, evidence: way }]);
    assert.equal(end, {
      stop: success ? "solved" : "max_steps",
      verdict: { success, by: "graph", reason: `went ${way}` },
    });
  }
});

test("explore draws different samples beside a group that nobody pays, and keeps them when one of them is paid", async () => {
  // Two samples of three doors: now and then both miss the one that pays.
  const last = async (seed: number, widen: number) => {
    const graph = new Graph({ solution: "a", seed });
    const [body] = await explored(graph, { num_generations: 2, widen });
    return body!.decisions[0]!.branches;
  };
  let widened = 0;
  for (let seed = 0; seed < 12; seed++) {
    const plain = await last(seed, 0);
    const wide = await last(seed, 3);
    if (plain.some(({ reward }) => reward === 1)) assert.equal(wide, plain);
    else {
      widened++;
      assert.equal(wide.slice(0, 2), plain);
      assert.equal(wide.slice(2).map(({ sample }) => sample.text).sort(), ["a", "b", "c"]);
      assert.equal(wide.map(({ reward }) => reward).filter((reward) => reward === 1), [1]);
    }
  }
  assert.ok(widened > 0 && widened < 12, `${widened} of 12 were widened`);
});

test("explore keeps the group as it was when different samples are not paid either", async () => {
  const graph = new Graph({ solution: "ab", seed: 1 });
  const [first] = await explored(graph, { num_generations: 2, widen: 3 });
  assert.is(first!.decisions[0]!.branches.length, 2);
  assert.is(graph.stepped.filter((way) => way.length === 1).length, 5);
});

test("explore keeps different samples where all the first ones cost and another does not", async () => {
  const sizes = new Set<string>();
  for (let seed = 0; seed < 12; seed++) {
    const graph = new Graph({ solution: "ab", seed });
    const step = graph.step.bind(graph);
    graph.step = async (at, sample) => {
      const edge = await step(at, sample);
      return edge.ok && edge.reward === 0 && sample.text !== "c" ? { ...edge, reward: -1 } : edge;
    };
    const [first] = await explored(graph, { num_generations: 2, widen: 3 });
    const said = first!.decisions[0]!.branches.map(({ sample }) => sample.text);
    sizes.add(`${said.slice(0, 2).includes("c")} ${said.length}`);
  }
  assert.equal([...sizes].sort(), ["false 5", "true 2"]);
});

test("explore goes on from the best branch when rewards differ, whatever the key", async () => {
  for (let seed = 0; seed < 20; seed++) {
    const [, last] = await explored(new Graph({ solution: "ab", seed }));
    const { branches, chosen } = last!.decisions[0]!;
    assert.is(branches[chosen!]!.reward, Math.max(...branches.map((b) => b.reward!)));
  }
});

test("explore draws among equally good branches, takes the first when told, and repeats itself for equal keys", async () => {
  const firsts = async (follow: "best" | "sample" | "first") =>
    await Promise.all(
      Array.from({ length: 24 }, async (_, seed) =>
        (await explored(new Graph({ solution: "ccc", seed }), { continue: follow }))[0]!.decisions[0]!.chosen!),
    );
  for (const follow of ["best", "sample"] as const) {
    assert.ok(new Set(await firsts(follow)).size > 4, `${follow} reaches several branches`);
    assert.equal(await firsts(follow), await firsts(follow));
  }
  assert.equal(new Set(await firsts("first")), new Set([0]));
});

test("explore stops with HALO_GROUP_FAULT carrying the fault, and yields no part of that group", async () => {
  const graph = new Graph({ solution: "ab", broken: ["aa", "ab", "ac", "ba", "bb", "bc", "ca", "cb", "cc"] });
  const algorithm = await plugin.create(defaults, {});
  const bodies: GroupBody[] = [];
  const error = await thrownBy(async () => {
    for await (const body of algorithm.explore(graph.goal, graph)) bodies.push(body);
  });
  assert.is(bodies.length, 1);
  assert.ok(isHaloError(error, "HALO_GROUP_FAULT"));
  assert.match(error.message, /^a branch failed \(environment, HALO_PAGE_CRASHED\): door [abc]{2} is gone$/);
});

test("explore yields one group of n whole episodes for group: trajectory, with one prompt per point", async () => {
  const graph = new Graph({ solution: "abc", seed: 5 });
  const { continue: _, ...whole } = defaults;
  const algorithm = await plugin.create({ ...whole, group: "trajectory", num_generations: 12 }, {});
  const bodies: GroupBody[] = [];
  for await (const body of algorithm.explore(graph.goal, graph)) bodies.push(body);
  assert.equal(bodies.map((b) => b.shape), ["trajectory"]);
  const chains = chainsOf(bodies[0]!);
  const ways = chains.map((chain) => chain.map(({ branch }) => branch.sample.text).join(""));
  assert.equal(ways.map((way) => way.length), Array.from({ length: 12 }, () => 3));
  assert.ok(new Set(ways).size > 4, `${ways} are sampled apart`);
  const prompts = new Map<string, unknown>();
  for (const [i, chain] of chains.entries()) {
    for (const [t, { decision, branch }] of chain.entries()) {
      assert.is(decision.stateKey, ways[i]!.slice(0, t));
      assert.is(branch.end !== undefined, t === 2);
      assert.is(prompts.get(decision.stateKey) ?? decision.prompt, decision.prompt);
      prompts.set(decision.stateKey, decision.prompt);
    }
  }
  assert.equal(new Set(graph.stepped), new Set(ways.flatMap((way) => [1, 2, 3].map((n) => way.slice(0, n)))));
});

test("explore holds step groups back under path_credit, to say whether their episode succeeded", async () => {
  const seen = new Set<boolean>();
  for (let seed = 0; seed < 8; seed++) {
    const graph = new Graph({ solution: "ab", seed });
    const plain = await explored(graph, { num_generations: 3 });
    assert.equal(plain.map((b) => b.succeeded), [undefined, undefined]);
    const algorithm = await plugin.create({ ...defaults, num_generations: 3, path_credit: 1 }, {});
    const held: GroupBody[] = [];
    for await (const body of algorithm.explore(graph.goal, graph)) held.push(body);
    const succeeded = wayOf(plain) === "ab";
    assert.equal(held, plain.map((body) => ({ ...body, succeeded })));
    seen.add(succeeded);
  }
  assert.is(seen.size, 2);
});
