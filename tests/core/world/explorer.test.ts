import type { Critic, Policy, SampleRequest } from "halo-agent";
import { keyedRng } from "halo-agent/kit";
import { createExplorer, type ExplorerOptions } from "../../../core/world/explorer.ts";
import { Pages } from "../../../core/world/pages.ts";
import { SlotWorld } from "../../../core/world/world.ts";
import { HaloError, isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { firstThree, lineTask, numberLine, sampleOf } from "../run/number-line.ts";

const test = suite("world/explorer");

const draw = { n: 2, mode: "sample", temperature: 0.5, key: "k" } as const;

/** A policy that says "a" and keeps what it was asked; the first `failures` calls throw. */
function recorder(o: { readonly failures?: number; readonly error?: unknown; readonly version?: number } = {}) {
  const asked: SampleRequest[] = [];
  const policy: Policy = {
    need: {},
    can: { trace: "none", maxN: 8, deterministic: true },
    sample(r) {
      asked.push(r);
      if (asked.length <= (o.failures ?? 0)) return Promise.reject(o.error ?? new Error("connection reset"));
      const samples = Array.from({ length: r.n }, () => sampleOf({ action: "type", text: "a" }));
      return Promise.resolve({
        prompt: { kind: "none" },
        samples,
        policyVersion: o.version ?? 3,
        temperature: r.temperature,
      });
    },
    close: () => Promise.resolve(),
  };
  return { policy, asked };
}

function explorerWith(o: Partial<ExplorerOptions> & Pick<ExplorerOptions, "policy">) {
  const environment = numberLine();
  const signal = o.signal ?? new AbortController().signal;
  const world = new SlotWorld({
    environment,
    pages: new Pages(environment),
    rewards: [{ name: "line", weight: 1, shaper: firstThree }],
    need: {},
    task: lineTask(),
    seed: 0,
    id: "s",
    limits: { faultRetries: 0, loop: 0, invalid: 0, stepTimeoutMs: 1000 },
    signal,
    gate: (run) => run(),
  });
  const io = createExplorer({
    world,
    policyVersion: 3,
    rng: keyedRng("run"),
    signal,
    canFork: true,
    faultRetries: 2,
    policyTimeoutMs: 1000,
    ...o,
  });
  return { io, world };
}

test("draw hands the policy the point, the count and a generator keyed by point and key alone", async () => {
  const { policy, asked } = recorder();
  const { io, world } = explorerWith({ policy });
  const root = await io.root();
  const { samples: [sample] } = await io.draw(root, draw);
  const edge = await io.step(root, sample!);
  assert.ok(edge.ok);
  await io.draw(edge.to, draw);
  await io.draw(root, { ...draw, key: "other" });
  await io.draw(root, draw);
  const numbers = asked.map((r) => r.rng.next());
  assert.is(numbers[0], keyedRng("run").derive(root.id, "draw", "k").next());
  assert.is(numbers[3], numbers[0]);
  assert.is(new Set(numbers).size, 3);
  assert.ok(asked[0]!.at === root);
  assert.equal([asked[0]!.n, asked[0]!.mode, asked[0]!.temperature], [2, "sample", 0.5]);
  await world.close();
});

test("draw repeats a failed call with a generator of the same key that nothing was drawn from", async () => {
  const { policy, asked } = recorder({ failures: 2 });
  const { io } = explorerWith({ policy });
  await io.draw(await io.root(), draw);
  assert.is(asked.length, 3);
  assert.is(new Set(asked.map((r) => r.rng.next())).size, 1);
});

test("draw throws HALO_POLICY_FAULT with the last message when retries are spent", async () => {
  const { policy, asked } = recorder({ failures: 9 });
  const { io } = explorerWith({ policy });
  const root = await io.root();
  const e = await thrownBy(() => io.draw(root, draw));
  assert.ok(isHaloError(e, "HALO_POLICY_FAULT"));
  assert.equal([e.message, asked.length], ["connection reset", 3]);
});

test("draw throws on, without a retry, what no retry mends", async () => {
  const forks = new HaloError("HALO_FORK_UNSUPPORTED", "no forks here");
  const mistake = new TypeError("x is undefined");
  for (const error of [mistake, forks]) {
    const { policy, asked } = recorder({ failures: 9, error });
    const { io } = explorerWith({ policy });
    const root = await io.root();
    const e = await thrownBy(() => io.draw(root, draw));
    if (error === forks) assert.is(e, forks);
    else {
      assert.ok(isHaloError(e, "HALO_PLUGIN_DEFECT") && e.cause === mistake, String(e));
      assert.match(
        e.message,
        /^the policy threw in sample\(\) at .*explorer\.test\.ts:\d+: TypeError: x is undefined$/,
      );
    }
    assert.is(asked.length, 1);
  }
});

test("draw ends with the run's reason when it is aborted, without another attempt", async () => {
  const controller = new AbortController();
  const asked: number[] = [];
  const policy: Policy = {
    ...recorder().policy,
    sample(_, { signal }) {
      asked.push(asked.length);
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    },
  };
  const { io } = explorerWith({ policy, signal: controller.signal });
  const root = await io.root();
  const late = thrownBy(() => io.draw(root, draw));
  controller.abort(new HaloError("HALO_INTERRUPTED", "stop"));
  assert.ok(isHaloError(await late, "HALO_INTERRUPTED"));
  assert.is(asked.length, 1);
});

test("draw gives up on a policy that does not answer in time, and names the limit", async () => {
  const policy: Policy = {
    ...recorder().policy,
    sample: (_, { signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  };
  const { io } = explorerWith({ policy, faultRetries: 0, policyTimeoutMs: 20 });
  const root = await io.root();
  const e = await thrownBy(() => io.draw(root, draw));
  assert.ok(isHaloError(e, "HALO_POLICY_FAULT"));
  assert.is(e.message, "no answer within limits.policy_timeout_s");
});

test("draw refuses a sample of another policy version", async () => {
  const { policy } = recorder({ version: 2 });
  const { io } = explorerWith({ policy });
  const root = await io.root();
  const e = await thrownBy(() => io.draw(root, draw));
  assert.ok(isHaloError(e, "HALO_POLICY_VERSION"));
  assert.equal([e.message, e.hint], [
    "a sample came from policy version 2, expected 3",
    "adopt() must resolve only when every later sample comes from the new adapter",
  ]);
});

test("draw lends the policy a world that can only step, and none where forking is impossible", async () => {
  const { policy, asked } = recorder();
  for (const canFork of [true, false]) {
    const { io } = explorerWith({ policy, canFork });
    await io.draw(await io.root(), draw);
  }
  assert.equal(asked.map((r) => r.world && Object.keys(r.world)), [["step"], undefined]);
});

test("rank is there with a critic only, repeats a failed call and throws HALO_CRITIC_FAULT when retries are spent", async () => {
  const { policy } = recorder();
  assert.not.ok("rank" in explorerWith({ policy }).io);
  const calls = { n: 0 };
  const critic = (failures: number): Critic => ({
    deterministic: true,
    rank({ draw: { samples } }) {
      if (++calls.n <= failures) return Promise.reject(new Error("fetch failed"));
      return Promise.resolve({ scores: samples.map((_, i) => i), by: "test" });
    },
    close: () => Promise.resolve(),
  });
  const { io } = explorerWith({ policy, critic: critic(2) });
  const root = await io.root();
  const drawn = await io.draw(root, draw);
  assert.equal(await io.rank?.(root, drawn), { scores: [0, 1], by: "test" });
  calls.n = 0;
  const e = await thrownBy(() => explorerWith({ policy, critic: critic(9) }).io.rank?.(root, drawn));
  assert.ok(isHaloError(e, "HALO_CRITIC_FAULT"));
  assert.equal([e.message, calls.n], ["fetch failed", 3]);
});

test("draw blames the policy, after the retries, for an error that says nothing of a service", async () => {
  const { policy, asked } = recorder({ failures: 9, error: new Error("no luck") });
  const { io } = explorerWith({ policy });
  const root = await io.root();
  const e = await thrownBy(() => io.draw(root, draw));
  assert.ok(isHaloError(e, "HALO_PLUGIN_DEFECT"), String(e));
  assert.match(e.message, /^the policy threw in sample\(\) at .*explorer\.test\.ts:\d+: no luck$/);
  assert.is(asked.length, 3);
});

test("draw gives up a policy that never ends, and retries it", async () => {
  let asked = 0;
  const policy: Policy = {
    ...recorder().policy,
    sample(r) {
      if (++asked === 1) return new Promise(() => {});
      return recorder().policy.sample(r, { signal: new AbortController().signal });
    },
  };
  const { io } = explorerWith({ policy, policyTimeoutMs: 20 });
  const root = await io.root();
  assert.is((await io.draw(root, draw)).samples.length, 2);
  const hangs: Policy = { ...policy, sample: () => new Promise(() => {}) };
  const e = await thrownBy(() => explorerWith({ policy: hangs, policyTimeoutMs: 20 }).io.draw(root, draw));
  assert.ok(isHaloError(e, "HALO_POLICY_FAULT"), String(e));
  assert.is(
    e.message,
    "the policy did not end sample() within 0.02 s (limits.policy_timeout_s), nor when it was cancelled",
  );
});

test("rank and value throw HALO_CRITIC_FAULT for what a critic must not say", async () => {
  const { policy } = recorder();
  const said = async (scores: unknown, value: unknown): Promise<readonly string[]> => {
    const critic = {
      deterministic: true,
      rank: () => Promise.resolve({ scores, by: "test" }),
      value: () => Promise.resolve(value),
      close: () => Promise.resolve(),
    } as Critic;
    const { io } = explorerWith({ policy, critic });
    const root = await io.root();
    const drawn = await io.draw(root, draw);
    const found = [await thrownBy(() => io.rank!(root, drawn)), await thrownBy(() => io.value!(root))];
    return found.map((e) => isHaloError(e, "HALO_CRITIC_FAULT") ? e.message : String(e));
  };
  assert.equal(await said([1], 1.5), [
    "the critic: expected 2 scores, one for each sample, got 1",
    "the critic: expected a value from 0 to 1, got 1.5",
  ]);
  assert.equal(await said([0.5, NaN], NaN), [
    "the critic: expected scores from 0 to 1, got NaN",
    "the critic: expected a value from 0 to 1, got NaN",
  ]);
  assert.match((await said(undefined, undefined))[0]!, /expected 2 scores, .* got undefined$/);
});
