import type { Point, RewardFold, RewardShaper } from "halo-agent";
import { Pages } from "../../../core/world/pages.ts";
import { SlotWorld } from "../../../core/world/world.ts";
import { HaloError, isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { firstThree, lineTask, nonsense, type NumberLine, numberLine, sampleOf } from "../run/number-line.ts";

const test = suite("world/world");

function worldOn(
  environment: NumberLine,
  o: { maxSteps?: number; loop?: number; retries?: number; shaper?: RewardShaper } = {},
) {
  const pages = new Pages(environment);
  const world = new SlotWorld({
    environment,
    pages,
    rewards: [{ name: "line", weight: 2, shaper: o.shaper ?? firstThree }],
    need: {},
    task: lineTask(o.maxSteps),
    seed: 0,
    id: "s",
    limits: { faultRetries: o.retries ?? 1, loop: o.loop ?? 0, invalid: 2, stepTimeoutMs: 1000 },
    signal: new AbortController().signal,
    gate: (run) => run(),
  });
  return { world, pages };
}

const type = (text: string) => sampleOf({ action: "type", text });

async function stepTo(world: SlotWorld, at: Point, text: string): Promise<Point> {
  const edge = await world.step(at, type(text));
  if (!edge.ok) throw new Error(edge.fault.message);
  return edge.to;
}

test("step executes equal actions from one point once and gives each sample its own edge", async () => {
  const line = numberLine();
  const { world } = worldOn(line);
  const root = await world.root();
  const first = type("abc");
  const second = type("abc");
  const edges = await Promise.all([first, second, type("ab")].map((s) => world.step(root, s)));
  assert.is(line.count.steps, 2);
  assert.ok(edges[0]!.sample === first && edges[1]!.sample === second);
  assert.equal(edges.map((e) => e.ok && e.to.observation.title), ["3", "3", "2"]);
  await world.close();
  assert.is(line.count.open, 0);
});

test("step asks a reward that must ask before it pays, again without another step, and makes a failure a fault", async () => {
  const line = numberLine();
  let asked = 0;
  const paying = (isReady: boolean, failures: number): RewardFold => ({
    prepare() {
      if (asked++ < failures) return Promise.reject(new HaloError("HALO_CALL_NETWORK", "no answer"));
      return Promise.resolve(paying(true, failures));
    },
    next: () => ({ fold: paying(false, failures), terms: [{ name: "x", value: isReady ? 1 : 0, evidence: "y" }] }),
  });
  const shaper = (failures: number): RewardShaper => ({ need: {}, start: () => paying(false, failures) });
  const good = worldOn(line, { shaper: shaper(1), retries: 1 });
  const edge = await good.world.step(await good.world.root(), type("a"));
  assert.equal([edge.ok && edge.reward, asked, line.count.steps], [2, 2, 1]);
  await good.world.close();
  asked = 0;
  const bad = worldOn(line, { shaper: shaper(9), retries: 1 });
  const failed = await bad.world.step(await bad.world.root(), type("a"));
  assert.equal(!failed.ok && failed.fault, { kind: "reward", code: "HALO_CALL_NETWORK", message: "no answer" });
  await bad.world.close();
  assert.is(line.count.open, 0);
});

test("step ends the run when a reward throws or pays what is no number, and names the reward", async () => {
  const wrong: [RewardFold["next"], RegExp][] = [
    [
      () => ({
        fold: firstThree.start(lineTask().goal, {} as never),
        terms: [{ name: "x", value: NaN, evidence: "" }],
      }),
      /"line" paid NaN for "x"/,
    ],
    [() => (null as never as { x: never }).x, /"line" threw TypeError/],
    [() => ({ terms: [] }) as never, /"line" returned something else/],
  ];
  for (const [next, message] of wrong) {
    const line = numberLine();
    const { world } = worldOn(line, { shaper: { need: {}, start: () => ({ next }) } });
    const root = await world.root();
    const e = await thrownBy(() => world.step(root, type("a")));
    assert.ok(isHaloError(e, "HALO_REWARD_FAILED"), String(e));
    assert.match(String(e), message);
    assert.is(line.count.steps, 1);
    await world.close();
    assert.is(line.count.open, 0);
  }
});

test("step keeps reward folds apart on sibling branches and pays a milestone once per path", async () => {
  const { world } = worldOn(numberLine());
  const root = await world.root();
  const rewards = async (texts: readonly string[]) => {
    let at = root;
    const paid: number[] = [];
    for (const text of texts) {
      const edge = await world.step(at, type(text));
      if (!edge.ok) throw new Error(edge.fault.message);
      paid.push(edge.reward);
      at = edge.to;
    }
    return paid;
  };
  assert.equal(await rewards(["abc", "a"]), [2, 0]);
  assert.equal(await rewards(["ab", "ab"]), [0, 2]);
  await world.close();
});

test("step from one point never holds more pages than the environment's capacity", async () => {
  const line = numberLine({ capacity: 2 });
  const { world } = worldOn(line);
  const root = await world.root();
  const children = await Promise.all(["a", "ab", "abc", "abcd", "abcde"].map((t) => stepTo(world, root, t)));
  const grandchildren = await Promise.all(children.map((c) => stepTo(world, c, "x")));
  assert.equal(grandchildren.map((p) => p.observation.title), ["2", "3", "4", "5", "6"]);
  assert.is(line.count.most, 2);
  await world.close();
  assert.is(line.count.open, 0);
});

test("step retries a fault on a fresh fork and reports it as a fault when retries are spent", async () => {
  const line = numberLine();
  const { world } = worldOn(line);
  const root = await world.root();
  line.failing.add(1);
  const mended = await world.step(root, type("a"));
  assert.ok(mended.ok && mended.to.observation.title === "1");
  line.failing.add(3).add(4);
  const edge = await world.step(root, type("ab"));
  assert.ok(!edge.ok);
  assert.equal(edge.ok ? undefined : edge.fault, {
    kind: "environment",
    code: "HALO_ENVIRONMENT_FAULT",
    message: "the line broke",
  });
  await world.close();
  assert.is(line.count.open, 0);
});

test("step ends an episode by max_steps, loop, invalid_action, declared and solved", async () => {
  const stops: Record<string, unknown> = {};
  const run = async (
    name: string,
    o: Parameters<typeof worldOn>[1],
    samples: readonly ReturnType<typeof type>[],
    solvedAt?: number,
  ) => {
    const { world } = worldOn(numberLine(solvedAt === undefined ? {} : { solvedAt }), o);
    let at = await world.root();
    for (const sample of samples) {
      const edge = await world.step(at, sample);
      if (!edge.ok) throw new Error(edge.fault.message);
      at = edge.to;
    }
    stops[name] = [at.end?.stop, at.end?.verdict.success, at.depth];
    await world.close();
  };
  const noop = sampleOf({ action: "noop" });
  await run("max_steps", { maxSteps: 2 }, [type("a"), type("a")]);
  await run("loop", { loop: 3 }, [noop, noop]);
  await run("invalid", {}, [nonsense, nonsense]);
  await run("declared", {}, [sampleOf({ action: "done" })]);
  await run("gave up", {}, [sampleOf({ action: "infeasible" })]);
  await run("solved", {}, [type("abc")], 3);
  assert.equal(stops, {
    "max_steps": ["max_steps", false, 2],
    "loop": ["loop", false, 2],
    "invalid": ["invalid_action", false, 2],
    "declared": ["declared", false, 1],
    "gave up": ["gave_up", false, 1],
    "solved": ["solved", true, 1],
  });
});

test("step refuses an unknown point, an ended point and a second branch without forking", async () => {
  const { world } = worldOn(numberLine({ forking: "none" }), { maxSteps: 1 });
  const root = await world.root();
  const end = await stepTo(world, root, "a");
  const codes = [];
  for (const at of [{ ...root, id: "elsewhere" }, end, root]) {
    const e = await thrownBy(() => world.step(at, type("other")));
    codes.push(isHaloError(e) ? e.code : e);
  }
  assert.equal(codes, ["HALO_POINT_UNKNOWN", "HALO_POINT_ENDED", "HALO_FORK_UNSUPPORTED"]);
  await world.close();
});

test("what an episode asks for is the goal of its points, and an episode that its page ends is over", async () => {
  const line = numberLine();
  const environment: NumberLine = {
    ...line,
    open: async (...args) => {
      const episode = await line.open(...args);
      const step: typeof episode.step = async (...args) => ({ ...await episode.step(...args), over: true });
      return { ...episode, asked: "Go to 2.", step };
    },
  };
  const { world } = worldOn(environment);
  const root = await world.root();
  const end = await stepTo(world, root, "a");
  const goal = { ...lineTask().goal, text: "Go to 2." };
  assert.equal([root.task, end.task, end.end?.stop, end.end?.verdict.success], [goal, goal, "ended", false]);
  await world.close();
});
