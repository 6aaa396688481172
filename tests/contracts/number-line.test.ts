import {
  type Algorithm,
  type Branch,
  type Critic,
  type Explorer,
  type Group,
  type GroupBody,
  HaloError,
  isHaloError,
} from "halo-agent";
import { exploreSlot } from "../../core/run/train/explore-slot.ts";
import grpo from "../../plugins/grpo/algorithm.ts";
import { lineTask, numberLine } from "../core/run/number-line.ts";
import { assert, suite, thrownBy } from "../harness.ts";
import linePolicy from "./line-policy.ts";
import { exploreLine, lineContext } from "./line-run.ts";
import lookahead from "./lookahead-policy.ts";
import trajectory from "./trajectory.ts";
import treeSearch from "./tree-search.ts";

const policy = await linePolicy.create({}, {});
const stepGroups = await grpo.create({
  loss_type: "dr_grpo",
  group: "step",
  num_generations: 3,
  temperature: 1,
  continue: "first",
  epsilon_low: 0.2,
  epsilon_high: 0.2,
}, {});
const test = suite("contracts/number-line");
const searchOptions = { max_children: 3, num_simulations: 12, ucb_constant: 1.414, alpha: 0.5, threshold: 0.1 };

/** What a sample says in short: +1, +2 or −1. */
const said = ({ sample: { parsed } }: Pick<Branch, "sample">): string =>
  parsed.ok && parsed.action.action === "type" ? `+${parsed.action.text.length}` : "-1";

async function groupsOf(algorithm: Algorithm, io: Explorer): Promise<readonly Group[]> {
  const groups: Group[] = [];
  for await (const body of algorithm.explore(lineTask(3).goal, io)) {
    groups.push({ ...body, id: `g${groups.length}`, taskKey: "line", policyVersion: 0, temperature: 1 });
  }
  return groups;
}

test("step groups pay each action from one point and go on from the branch they chose", async () => {
  const line = numberLine({ solvedAt: 3 });
  const { io, world } = exploreLine(line, { policy });
  const groups = await groupsOf(stepGroups, io);
  const seen = groups.map((
    { decisions: [d] },
  ) => [d!.stateKey, d!.branches.map((b) => [said(b), b.reward, b.end?.stop])]);
  assert.equal(seen, [
    ["at 0", [["+1", 0, undefined], ["+2", 0, undefined], ["-1", 0, undefined]]],
    ["at 1", [["+1", 0, undefined], ["+2", 1, "solved"], ["-1", 0, undefined]]],
    ["at 2", [["+1", 1, "solved"], ["+2", 1, "max_steps"], ["-1", 0, "max_steps"]]],
  ]);
  const advantages = groups.map((g) => stepGroups.credit(g).map((e) => e.kind === "advantage" && e.advantage));
  const third = 1 / 3;
  assert.equal(advantages, [[], [-third, 1 - third, -third], [1 - 2 / 3, 1 - 2 / 3, -2 / 3]]);
  assert.equal([line.count.steps, line.count.forks], [9, 6]);
  await world.close();
  assert.is(line.count.open, 0);
});

test("trajectory chains share the root and nothing else; each step carries its episode's centred return", async () => {
  const line = numberLine({ solvedAt: 3 });
  const { io, world } = exploreLine(line, { policy });
  const algorithm = await trajectory.create({ num_generations: 3 }, {});
  const [group] = await groupsOf(algorithm, io);
  // Values: 1, 2, 3 (solved); 2, 3 (solved); −1, 0, 1 (out of steps).
  assert.equal(group!.decisions.map((d) => [d.id, d.parent ?? null, d.stateKey, d.branches.map(said)]), [
    [0, null, "at 0", ["+1", "+2", "-1"]],
    [1, { decision: 0, branch: 0 }, "at 1", ["+1"]],
    [2, { decision: 1, branch: 0 }, "at 2", ["+1"]],
    [3, { decision: 0, branch: 1 }, "at 2", ["+1"]],
    [4, { decision: 0, branch: 2 }, "at -1", ["+1"]],
    [5, { decision: 4, branch: 0 }, "at 0", ["+1"]],
  ]);
  const advantages = algorithm.credit(group!).map((e) => e.kind === "advantage" && e.advantage);
  const win = 1 - 2 / 3;
  assert.equal(advantages, [win, win, win, win, win, -2 / 3, -2 / 3, -2 / 3]);
  // Three first steps, then 2 + 1 + 2; the second and third first step stand on forks, everything else stays warm.
  assert.equal([line.count.steps, line.count.forks], [8, 2]);
  await world.close();
  assert.is(line.count.open, 0);
});

test("tree search stands at one point again and again, backs values up and prefers the better sibling", async () => {
  const line = numberLine({ solvedAt: 3 });
  const { io, world } = exploreLine(line, { policy });
  const algorithm = await treeSearch.create(searchOptions, {});
  const [group] = await groupsOf(algorithm, io);
  const visits = group!.decisions.map((d) => [d.stateKey, d.branches.map((b) => b.q?.visits)]);
  assert.equal(visits, [
    ["at 0", [2, 8, 2]],
    ["at 1", [1, 0, 0]],
    ["at 2", [0, 0, 0]],
    ["at 2", [5, 2, 0]],
    ["at -1", [1, 0, 0]],
    ["at 4", [1, 0, 0]],
    ["at 0", [0, 0, 0]],
  ]);
  // Through +2 came 0 (its own expansion), five solved ends at 3 by +1, one first step past 3 and one spent end: 6 / 8.
  assert.equal(group!.decisions[0]!.branches.map((b) => b.q?.mcts), [0, 0.75, 0]);
  const pairs = algorithm.credit(group!).map((e) =>
    e.kind === "pair" && [e.chosen, e.rejected].map((s) => said({ sample: s }))
  );
  assert.equal(pairs, [["+2", "+1"], ["+2", "-1"], ["+1", "+2"]]);
  // Eight edges were new; the solved one was simulated five times and executed once.
  assert.is(line.count.steps, 8);
  await world.close();
  assert.is(line.count.open, 0);
});

test("tree search asks the critic once a point when the pipeline has one", async () => {
  const line = numberLine({ solvedAt: 3 });
  const asked: string[] = [];
  const critic: Critic = {
    deterministic: true,
    rank({ at, draw }) {
      asked.push(at.observation.stateKey);
      return Promise.resolve({ scores: draw.samples.map((s) => said({ sample: s }) === "+2" ? 1 : 0), by: "two" });
    },
    close: () => Promise.resolve(),
  };
  const { io, world } = exploreLine(line, { policy, critic });
  const algorithm = await treeSearch.create({ ...searchOptions, num_simulations: 2 }, {});
  const [group] = await groupsOf(algorithm, io);
  assert.equal(asked, ["at 0", "at 2", "at 4"]);
  assert.equal(group!.decisions[0]!.branches.map((b) => b.q), [
    { visits: 0, mcts: 0, critic: 0 },
    { visits: 2, mcts: 0.5, critic: 1 },
    { visits: 0, mcts: 0, critic: 0 },
  ]);
  await world.close();
});

test("a policy that searches at test time tries its proposals in the world and finds the way", async () => {
  const line = numberLine({ solvedAt: 3 });
  const searching = await lookahead.create({ proposer: policy, max_children: 3, depth: 2 }, {});
  const { io, world } = exploreLine(line, { policy: searching });
  const path: string[] = [];
  let at = await io.root();
  while (!at.end) {
    const { samples: [sample] } = await io.draw(at, { n: 1, mode: "greedy", temperature: 1, key: "act" });
    path.push(said({ sample: sample! }));
    const edge = await io.step(at, sample!);
    assert.ok(edge.ok);
    at = edge.to;
  }
  assert.equal([path, at.end], [["+1", "+1", "+1"], {
    stop: "solved",
    verdict: { success: true, by: "number-line", reason: "value is 3" },
  }]);
  await world.close();
  assert.is(line.count.open, 0);
});

test("SampleRequest.world is absent where the environment cannot fork", async () => {
  const searching = await lookahead.create({ proposer: policy, max_children: 3, depth: 2 }, {});
  const { io, world } = exploreLine(numberLine({ forking: "none" }), { policy: searching, canFork: false });
  const at = await io.root();
  const e = await thrownBy(() => io.draw(at, { n: 1, mode: "greedy", temperature: 1, key: "act" }));
  assert.ok(isHaloError(e, "HALO_FORK_UNSUPPORTED"));
  await world.close();
});

test("an explorer holds values and functions only: no page, episode, mark or environment", async () => {
  const critic: Critic = {
    deterministic: true,
    rank: ({ draw }) => Promise.resolve({ scores: draw.samples.map(() => 0), by: "none" }),
    close: () => Promise.resolve(),
  };
  const { io, world } = exploreLine(numberLine(), { policy, critic });
  assert.equal(Object.keys(io).sort(), ["draw", "policyVersion", "rank", "rng", "root", "signal", "step"]);
  const root = await io.root();
  const draw = await io.draw(root, { n: 1, mode: "greedy", temperature: 1, key: "k" });
  const edge = await io.step(root, draw.samples[0]!);
  assert.equal(Object.keys(root).sort(), ["depth", "history", "id", "observation", "task"]);
  assert.equal(Object.keys(edge).sort(), ["ok", "reward", "sample", "terms", "to"]);
  assert.equal(JSON.parse(JSON.stringify({ root, edge, draw })), { root, edge, draw });
  await world.close();
});

/** An algorithm that explores as told; the rest is a stand-in. */
const exploring = (explore: (io: Explorer) => AsyncIterable<GroupBody>): Algorithm => ({
  loss: { kind: "cross_entropy" },
  emits: ["imitate"],
  forks: true,
  temperature: 1,
  numGenerations: 3,
  explore: (_goal, io) => explore(io),
  credit: () => [],
});

/** Steps three ways from the root and hands over what it drew. */
async function fanOut(io: Explorer): Promise<GroupBody> {
  const root = await io.root();
  const draw = await io.draw(root, { n: 3, mode: "distinct", temperature: 1, key: "fan" });
  await Promise.all(draw.samples.map((sample) => io.step(root, sample)));
  const branches = draw.samples.map((sample): Branch => ({ sample, reward: 0 }));
  return {
    shape: "step",
    decisions: [{ id: 0, stateKey: root.observation.stateKey, prompt: draw.prompt, branches }],
  };
}

test("exploreSlot closes every page when the algorithm throws before, between and after its groups", async (t) => {
  for (const when of ["before", "between", "after"]) {
    const line = numberLine();
    const algorithm = exploring(async function* (io) {
      const body = await fanOut(io);
      if (when === "before") throw new Error(when);
      yield body;
      if (when === "between") throw new Error(when);
      yield body;
      throw new Error(when);
    });
    const ctx = await lineContext(t, { environment: line, policy, algorithm });
    const e = await thrownBy(() => exploreSlot(ctx, { id: "s", task: lineTask(3), policyVersion: 0 }));
    assert.equal([e instanceof Error && e.message, line.count.open, ctx.pages.size], [when, 0, 0]);
  }
});

test("exploreSlot waits for steps that a throwing algorithm left behind", async (t) => {
  const line = numberLine({ capacity: 2 });
  const algorithm = exploring(async function* (io) {
    yield await fanOut(io);
    const root = await io.root();
    const draw = await io.draw(root, { n: 3, mode: "distinct", temperature: 1, key: "fan" });
    const [edge] = await Promise.all(draw.samples.map((sample) => io.step(root, sample)));
    assert.ok(edge?.ok);
    for (const sample of draw.samples) io.step(edge.to, sample).catch(() => {});
    throw new Error("gone");
  });
  const ctx = await lineContext(t, { environment: line, policy, algorithm });
  await thrownBy(() => exploreSlot(ctx, { id: "s", task: lineTask(3), policyVersion: 0 }));
  assert.equal([line.count.open, ctx.pages.size], [0, 0]);
});

test("exploreSlot closes every page when the run is aborted while a step is under way", async (t) => {
  const controller = new AbortController();
  const line = numberLine();
  const algorithm = exploring(async function* (io) {
    yield await fanOut(io);
    controller.abort(new HaloError("HALO_INTERRUPTED", "stopped by the test"));
    line.failing.add(line.count.steps + 1);
    const root = await io.root();
    await io.step(root, {
      text: "x",
      parsed: { ok: true, action: { action: "noop" }, repairs: 0 },
      trace: { kind: "none" },
    });
  });
  const ctx = await lineContext(t, { environment: line, policy, algorithm, signal: controller.signal });
  const e = await thrownBy(() => exploreSlot(ctx, { id: "s", task: lineTask(3), policyVersion: 0 }));
  assert.ok(isHaloError(e, "HALO_INTERRUPTED"));
  assert.equal([line.count.open, ctx.pages.size], [0, 0]);
});

test("a generator that its consumer leaves by break or by an error is ended, and its world closes every page", async () => {
  for (const leave of ["break", "throw"]) {
    const line = numberLine();
    const { io, world } = exploreLine(line, { policy });
    let ended = false;
    const consume = async () => {
      try {
        const algorithm = exploring(async function* (io) {
          try {
            for (;;) yield await fanOut(io);
          } finally {
            ended = true;
          }
        });
        for await (const body of algorithm.explore(lineTask(3).goal, io)) {
          assert.is(body.decisions.length, 1);
          if (leave === "throw") throw new Error("consumer");
          break;
        }
      } finally {
        await world.close();
      }
    };
    if (leave === "throw") await thrownBy(consume);
    else await consume();
    assert.equal([ended, line.count.open], [true, 0]);
  }
});
