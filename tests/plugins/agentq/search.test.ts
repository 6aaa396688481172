import { HaloError, isHaloError } from "halo-agent";
import { bodyOf } from "../../../plugins/agentq/body.ts";
import { search, type Searched } from "../../../plugins/agentq/search.ts";
import type { TreeOptions } from "../../../plugins/agentq/tree-options.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { doors, type DoorsOptions, plain } from "./doors.ts";

const test = suite("agentq/search");

async function searched(world: DoorsOptions, o: Partial<TreeOptions> = {}) {
  const io = doors(world);
  return { io, ...await search(io, io.root, { ...plain, ...o }) };
}

/** Where each simulation went, as doors. */
const ways = ({ tree, simulations }: Pick<Searched, "tree" | "simulations">) =>
  simulations.map(({ path }) =>
    path.map(({ decision, branch }) => tree.nodes[decision]!.proposals[branch]!.sample.text).join("")
  );

test("search steps each action of the tree once, however often it is simulated", async () => {
  const value = () => Promise.resolve(0.5);
  const { io, simulations } = await searched({ wins: ["baa"], value }, { leaf: "critic", num_simulations: 60 });
  assert.is(simulations.length, 60);
  assert.equal(io.stepped.length, new Set(io.stepped).size);
});

test("search tries the critic's favourite first where nothing was tried, and mixes it into Q", async () => {
  const rank = () => Promise.resolve({ scores: [0, 1], by: "fan of b", costUsd: 0.01 });
  const { world, tree, ...rest } = await searched({ wins: ["aaa"], rank }, { num_simulations: 2, alpha: 0.5 });
  assert.equal(ways({ tree, ...rest }), ["b", "a"]);
  assert.equal({ ...world.critic }, { by: "fan of b", calls: 3, faults: 0, costUsd: 0.03 });
  const [root] = bodyOf({ world, tree, ...rest }, 0.5).decisions;
  assert.equal(root!.branches.map((b) => b.q), [{ visits: 1, mcts: 1, critic: 0 }, { visits: 1, mcts: 0, critic: 1 }]);
});

test("search goes on without a critic that fails, at that point only, and counts it", async () => {
  const rank = (way: string) =>
    way === "a"
      ? Promise.reject(new HaloError("HALO_CRITIC_FAULT", "no answer"))
      : Promise.resolve({ scores: [1, 0], by: "test" });
  const { world, tree } = await searched({ wins: ["baa"], rank }, { num_simulations: 4 });
  assert.is(world.critic.faults, 1);
  const critics = tree.nodes.map(({ at, proposals }) => [at.id, proposals.map(({ critic }) => critic)]);
  assert.equal(Object.fromEntries(critics)["a"], [undefined, undefined]);
  assert.equal(Object.fromEntries(critics)[""], [1, 0]);
});

test("search passes on what is not the critic's failure", async () => {
  const rank = () => Promise.reject(new TypeError("a defect"));
  assert.instance(await thrownBy(() => searched({ wins: [], rank })), TypeError);
});

test("search leaves points that cannot be reached out of the backup, counts them and goes elsewhere", async () => {
  const { tree, simulations, unreachable, world } = await searched({ wins: ["baa"], lost: ["a"] });
  assert.is(unreachable, 1);
  assert.equal([simulations[0]!.value, simulations[0]!.success], [undefined, false]);
  const [a, b] = tree.nodes[0]!.proposals;
  assert.equal([a!.stats.visits, a!.isClosed, b!.stats.visits], [0, true, 7]);
  const [root] = bodyOf({ tree, simulations, unreachable, world }, 1).decisions;
  assert.equal([root!.branches[0]!.fault?.code, root!.branches[0]!.reward], ["HALO_FORK_DIVERGENCE", undefined]);
});

test("search ends when nothing can be reached, and closes a point when all behind it is lost", async () => {
  const all = await searched({ wins: [], lost: ["a", "b"] });
  assert.equal([all.simulations.length, all.unreachable], [2, 2]);
  const behind = await searched({ wins: ["baa"], lost: ["aa", "ab"], depth: 4 }, { num_simulations: 12 });
  assert.is(behind.tree.nodes[0]!.proposals[0]!.isClosed, true);
  assert.is(behind.simulations.length, 12);
});

test("search visits a failed end once and ends when all is known", async () => {
  const { tree, simulations } = await searched({ wins: ["bb"], depth: 2 }, { num_simulations: 50 });
  assert.equal(tree.nodes[0]!.proposals.map((proposal) => [proposal.stats.visits, proposal.isClosed ?? false]), [[
    3,
    true,
  ], [47, false]]);
  // aa, ab and ba failed, each after its point was valued once; bb goes on.
  assert.equal(ways({ tree, simulations }).filter((way) => way !== "bb"), ["a", "b", "aa", "ba", "ab"]);
  assert.is((await searched({ wins: [], depth: 2 }, { num_simulations: 50 })).simulations.length, 6);
});

test("search stops the run when a branch fails for any other reason", async () => {
  const io = doors({ wins: [] });
  const fault = { kind: "environment", code: "HALO_PAGE_CRASHED", message: "gone" } as const;
  const broken = { ...io, step: () => Promise.resolve({ ok: false as const, sample: sampleOf(io), fault }) };
  assert.ok(isHaloError(await thrownBy(() => search(broken, io.root, plain)), "HALO_GROUP_FAULT"));
});
const sampleOf = (_: unknown) => ({
  text: "",
  parsed: { ok: false, code: "PARSE", message: "" },
  trace: { kind: "none" },
} as const);

test("search values leaves by the critic, or by both, as told", async () => {
  const value = () => Promise.resolve(0.4);
  const critic = await searched({ wins: ["baa"], value }, { leaf: "critic", num_simulations: 2 });
  assert.equal(critic.simulations.map((s) => [s.value, s.by]), [[0.4, "critic"], [0.4, "critic"]]);
  assert.equal(critic.io.stepped, ["a", "b"]);
  const mix = await searched({ wins: ["baa"], value }, { leaf: "mix", mix: 0.75, num_simulations: 2 });
  // 0.75 · 0 + 0.25 · 0.4, then 0.75 · 1 + 0.25 · 0.4.
  assert.equal(mix.simulations.map((s) => [s.value, s.by]), [[0.1, "mix"], [0.85, "mix"]]);
  const failing = () => Promise.reject(new HaloError("HALO_CRITIC_FAULT", "no answer"));
  const degraded = await searched({ wins: ["baa"], value: failing }, { leaf: "mix", num_simulations: 2 });
  assert.equal(degraded.simulations.map((s) => [s.value, s.by]), [[0, "rollout"], [1, "rollout"]]);
  const lost = await searched({ wins: ["baa"], value: failing }, { leaf: "critic", num_simulations: 2 });
  assert.equal(lost.simulations.map((s) => s.value), [undefined, undefined]);
  assert.ok(isHaloError(await thrownBy(() => searched({ wins: [] }, { leaf: "critic" })), "HALO_MATCH_CRITIC"));
});

test("search puts the steps of a successful rollout into the tree and counts the simulation for them", async () => {
  const { tree, ...rest } = await searched({ wins: ["baa"] }, {
    num_simulations: 2,
    rollout: { ...plain.rollout, keep: "success" },
  });
  assert.equal(ways({ tree, ...rest }), ["a", "baa"]);
  assert.equal(tree.nodes.map((n) => [n.at.id, n.proposals.map((proposal) => proposal.stats.visits)]), [
    ["", [1, 1]],
    ["a", [0, 0]],
    ["b", [1, 0]],
    ["ba", [1, 0]],
  ]);
});

test("search keeps a rollout's action that was not among the proposals in place of the last untried one", async () => {
  const io = doors({ wins: ["ccc"], doors: ["c", "a", "b"] });
  const draw: typeof io.draw = async (at, o) => {
    const drawn = await io.draw(at, { ...o, n: 3 });
    return o.mode === "distinct"
      ? { ...drawn, samples: at.id === "" ? drawn.samples.slice(0, 2) : drawn.samples.slice(1) }
      : drawn;
  };
  const { tree } = await search({ ...io, draw }, io.root, {
    ...plain,
    num_simulations: 1,
    rollout: { ...plain.rollout, keep: "success" },
  });
  assert.equal(tree.nodes.map((n) => [n.at.id, n.proposals.map((proposal) => proposal.sample.text)]), [
    ["", ["c", "a"]],
    ["c", ["a", "c"]],
    ["cc", ["a", "c"]],
  ]);
});

test("a rollout told to avoid what failed takes another action on an equal page, and ends where all have failed", async () => {
  const world = { wins: ["bab"], stateKey: (way: string) => way.length === 2 ? "hall" : way };
  const rollout = { ...plain.rollout, avoid_failed: true };
  const twice = { num_simulations: 2 };
  const again = await searched(world, twice);
  assert.equal([again.io.stepped, again.simulations.map((s) => s.success)], [
    ["a", "aa", "aaa", "b", "ba", "baa"],
    [false, false],
  ]);
  const avoiding = await searched(world, { ...twice, rollout });
  assert.equal([avoiding.io.stepped, avoiding.simulations.map((s) => s.success)], [
    ["a", "aa", "aaa", "b", "ba", "bab"],
    [false, true],
  ]);
  const closed = await searched({ ...world, wins: [] }, { num_simulations: 3, rollout });
  assert.equal(closed.io.stepped, ["a", "aa", "aaa", "b", "ba", "bab", "aa"]);
  assert.equal(closed.simulations.map((s) => s.value), [0, 0, 0]);
});

test("search does not expand below max_depth but goes on valuing what is there", async () => {
  const { tree, simulations } = await searched({ wins: ["baa"] }, { max_depth: 1, num_simulations: 6 });
  assert.is(tree.nodes.length, 1);
  assert.equal(tree.nodes[0]!.proposals.map((a) => a.stats.visits + a.stats.pending).reduce((a, b) => a + b), 6);
  assert.equal(new Set(simulations.map((s) => s.path.length)), new Set([1]));
});

test("search does not follow a second way to a page of the tree when transpositions are asked for", async () => {
  // Every page of one depth looks alike: "b" leads to the page of "a", and "ab" to that of "aa".
  const stateKey = (way: string) => String(way.length);
  const merged = await searched({ wins: ["aab"], stateKey }, { transpositions: true, num_simulations: 8 });
  assert.equal(merged.tree.nodes.map((n) => n.at.id), ["", "a", "aa"]);
  assert.equal(merged.tree.nodes[0]!.proposals.map((proposal) => proposal.stats.visits), [8, 0]);
  // The two short cuts count neither as simulations nor in Q, but each cost a step.
  assert.equal(ways(merged).slice(0, 4), ["a", "aa", "aaa", "aab"]);
  assert.ok(merged.io.stepped.includes("b") && merged.io.stepped.includes("ab"));
  const apart = await searched({ wins: ["aab"], stateKey }, { num_simulations: 8 });
  assert.ok(apart.tree.nodes.some((n) => n.at.id === "b"));
});

test("a wave selects under virtual loss, so its paths spread; its size is part of the result, the order of work is not", async () => {
  const world = { wins: ["baa"] };
  const o = { wave: 4, num_simulations: 12 };
  const { tree, simulations } = await searched(world, o);
  // Two untried actions, then two that lead to no node yet and are lost so far: both are tried once more.
  assert.equal(ways({ tree, simulations }).slice(0, 4), ["a", "b", "a", "b"]);
  // The same with steps that take turns finishing: the later ones first.
  const io = doors(world);
  let left = 60;
  const step: typeof io.step = async (at, sample) => {
    const ms = left = Math.max(0, left - 2);
    await new Promise((resolve) => setTimeout(resolve, ms / 8));
    return await io.step(at, sample);
  };
  const slow = await search({ ...io, step }, io.root, { ...plain, ...o });
  assert.equal(bodyOf(slow, 1), bodyOf({ tree, simulations, world: slow.world, unreachable: 0 }, 1));
  const serial = await searched(world, { ...o, wave: 1 });
  assert.equal(ways(serial).slice(0, 4), ["a", "b", "ba", "bb"]);
});

test("a wave tries as many actions as there are, however sharp the prior", async () => {
  const world = { wins: ["cca"], doors: ["a", "b", "c"], logprobs: [Math.log(0.98), Math.log(0.015), Math.log(0.005)] };
  const o = { selection: "puct", wave: 3, num_simulations: 3, max_children: 3 } as const;
  assert.equal(ways(await searched(world, o)), ["a", "b", "c"]);
  // One after another the prior leads down the first door.
  assert.equal(ways(await searched(world, { ...o, wave: 1 })), ["a", "aa", "aaa"]);
});

test("two simulations of a wave that end with one action try it twice, under keys of their own", async () => {
  const { io, tree } = await searched({ wins: [], doors: ["a"], depth: 2 }, { wave: 2, num_simulations: 2 });
  assert.is(tree.nodes[0]!.proposals[0]!.stats.visits, 2);
  assert.equal(io.drawn, ["root proposals", "a proposals", "a rollout 1 1", "a rollout 1 2"]);
});

test("budgets end the search with the wave that spends them; after_success ends it after a success", async () => {
  const world = { wins: ["baa"], rank: () => Promise.resolve({ scores: [0, 0], by: "paid", costUsd: 0.5 }) };
  const budget = plain.budget;
  const steps = await searched(world, { num_simulations: 50, budget: { ...budget, env_steps: 4 } });
  // Three steps by "a" and its rollout, then three by "b" and its own.
  assert.equal([steps.simulations.length, steps.world.envSteps], [2, 6]);
  const paid = await searched(world, { num_simulations: 50, budget: { ...budget, usd: 1.4 } });
  assert.equal([paid.simulations.length, paid.world.critic.costUsd], [2, 1.5]);
  const late = await searched(world, { num_simulations: 1e6, budget: { ...budget, seconds: 0.05 } });
  assert.ok(late.simulations.length < 1e6);
  const after = await searched(world, { num_simulations: 50, after_success: 1 });
  assert.equal(after.simulations.map((s) => s.success), [false, true, true]);
});
