import { type Critic, HaloError, isHaloError, type Point, type Policy, type Sample } from "halo-agent";
import { keyedRng } from "halo-agent/kit";
import { silentLog } from "../../../core/util/log.ts";
import searching from "../../../plugins/agentq/search-policy.ts";
import { exploreLine } from "../../contracts/line-run.ts";
import line from "../../contracts/line-policy.ts";
import { plain } from "./doors.ts";
import { numberLine } from "../../core/run/number-line.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const policy = await line.create({}, {});
const test = suite("agentq/search-policy");
const signal = new AbortController().signal;
const said = ({ parsed }: Sample) =>
  !parsed.ok ? "?" : parsed.action.action === "type" ? `+${parsed.action.text.length}` : "-1";

const { num_simulations: _, ...tree } = plain;
const defaults = { ...tree, simulations: 12, max_children: 3 };
const search = (o: Partial<Parameters<typeof searching.create>[0]> = {}): Promise<Policy> =>
  Promise.resolve(searching.create({ ...defaults, policy, ...o }, { log: silentLog }));

/** Plays an episode greedily; what was said, and how it ended. */
async function played(policy: Policy, environment = numberLine({ solvedAt: 4 })) {
  const { io, world } = exploreLine(environment, { policy });
  const path: string[] = [];
  let at: Point = await io.root();
  while (!at.end) {
    const { samples: [sample] } = await io.draw(at, { n: 1, mode: "greedy", temperature: 1, key: "act" });
    path.push(said(sample!));
    const edge = await io.step(at, sample!);
    assert.ok(edge.ok);
    at = edge.to;
  }
  await world.close();
  return { path, stop: at.end.stop, count: environment.count };
}

test("search finds a way the policy alone does not", async () => {
  // Three steps of +1 end at 3; the goal is 4.
  assert.equal((await played(policy)).stop, "max_steps");
  const { path, stop, count } = await played(await search());
  assert.is(stop, "solved");
  assert.is(path.reduce((sum, step) => sum + Number(step), 0), 4);
  assert.is(count.open, 0);
});

test("search never executes an action twice from one point, and hands over the policy's own sample", async () => {
  const environment = numberLine({ solvedAt: 4 });
  const { io, world } = exploreLine(environment, { policy: await search() });
  const root = await io.root();
  const draw = await io.draw(root, { n: 1, mode: "greedy", temperature: 1, key: "act" });
  const { steps } = environment.count;
  await io.step(root, draw.samples[0]!);
  assert.is(environment.count.steps, steps, "the chosen action had been tried already");
  assert.equal([draw.prompt.kind, draw.samples[0]!.trace.kind], ["none", "none"]);
  await world.close();
});

test("search refuses where actions cannot be taken back, before it tries one", async () => {
  const environment = numberLine({ forking: "none" });
  const { io, world } = exploreLine(environment, { policy: await search(), canFork: false });
  const at = await io.root();
  const e = await thrownBy(() => io.draw(at, { n: 1, mode: "greedy", temperature: 1, key: "act" }));
  assert.ok(isHaloError(e, "HALO_FORK_UNSUPPORTED"));
  assert.is(environment.count.steps, 0);
  await world.close();
});

test("search goes by its critic's value of a state and asks no verdict then", async () => {
  const critic: Critic = {
    deterministic: true,
    rank: ({ draw }) => Promise.resolve({ scores: draw.samples.map(() => 0.5), by: "even" }),
    // Likes the number 2.
    value: ({ observation }) => Promise.resolve(observation.title === "2" ? 1 : 0),
    close: () => Promise.resolve(),
  };
  const environment = numberLine({ solvedAt: 9 });
  const { path } = await played(await search({ critic, leaf: "critic", simulations: 3 }), environment);
  assert.is(path[0], "+2");
});

test("search goes on without a critic that fails, says each reason once and counts it at the end", async () => {
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (message: string) => void warnings.push(message) };
  const critic: Critic = {
    deterministic: true,
    rank: () => Promise.reject(new HaloError("HALO_ENVIRONMENT_FAULT", "no answer in 5 s")),
    close: () => Promise.resolve(),
  };
  const policyWith = await searching.create({ ...defaults, policy, critic }, { log });
  assert.is((await played(policyWith)).stop, "solved");
  assert.equal(warnings, ["search goes on without its critic at this page: no answer in 5 s"]);
  await policyWith.close();
  assert.match(warnings[1]!, /^search went on without its critic at \d+ pages: no answer in 5 s$/);
});

test("search is the policy underneath to trainers and adapters, but records no trace", async () => {
  const adopted: number[] = [];
  const inner: Policy = {
    ...policy,
    can: { ...policy.can, trace: "choice", adapters: { format: "linear", base: "b" } },
    adopt: ({ version }) => Promise.resolve(void adopted.push(version)),
  };
  const outer = await search({ policy: inner });
  assert.equal([outer.can.trace, outer.can.adapters, outer.can.deterministic], ["none", inner.can.adapters, true]);
  await outer.adopt!({ format: "linear", base: "b", version: 4, dir: "/", sha256: "" }, { signal });
  assert.equal(adopted, [4]);
  assert.is((await search({ budget: { ...plain.budget, seconds: 1 } })).can.deterministic, false);
});

test("search refuses what needs a critic it has not, and what means nothing", async () => {
  const refused = async (o: Parameters<typeof search>[0]) => {
    const e = await thrownBy(async () => await search(o));
    return isHaloError(e, "HALO_OPTION_CONFLICT") && e.message;
  };
  const ranks: Critic = { deterministic: true, rank: () => Promise.reject(), close: () => Promise.resolve() };
  const needs = "search: leaf: critic needs a critic that values states";
  assert.is(await refused({ leaf: "critic" }), `${needs}, there is none`);
  assert.is(await refused({ leaf: "critic", critic: ranks }), `${needs}, this one ranks proposals and values none`);
  assert.is(await refused({ alpha: 0 }), "search: alpha: 0 needs a critic, there is none");
  assert.is(await refused({ mix: 0.3 }), "search: mix means nothing here, a leaf is valued by the rollout alone");
});

test("search draws equally for equal requests", async () => {
  const outer = await search();
  const { io, world } = exploreLine(numberLine({ solvedAt: 4 }), { policy });
  const at = await io.root();
  const ask = () =>
    outer.sample({ at, n: 2, mode: "greedy", temperature: 1, rng: keyedRng("r"), world: { step: io.step } }, {
      signal,
    });
  const [one, two] = [await ask(), await ask()];
  assert.equal(one, two);
  assert.is(one.samples.length, 2);
  await world.close();
});
