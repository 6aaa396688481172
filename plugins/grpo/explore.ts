import {
  type Branch,
  type Decision,
  type Draw,
  type Edge,
  type Explorer,
  type GroupBody,
  HaloError,
  type Point,
  type Prompt,
  type Sample,
} from "halo-agent";

/** Branch a step group's episode goes on with. */
export type Follow = "best" | "sample" | "first";

export interface ExploreOptions {
  readonly n: number;
  readonly temperature: number;
}

/**
 * One group for every point of an episode: n samples, each distinct one executed from there. With `waits` the groups are
 * held back until the episode is over, so that they can say whether it succeeded.
 */
export async function* stepGroups(
  io: Explorer,
  { n, temperature, follow, waits }: ExploreOptions & { readonly follow: Follow; readonly waits: boolean },
): AsyncGenerator<GroupBody> {
  const held: GroupBody[] = [];
  let at = await io.root();
  while (!at.end) {
    const draw = await io.draw(at, { n, mode: "sample", temperature, key: "group" });
    const edges = (await Promise.all(draw.samples.map((sample) => io.step(at, sample)))).map(whole);
    const branches = edges.map(branchOf);
    const chosen = choose(branches.map((b) => b.reward!), { follow, rng: io.rng.derive(at.id, "continue") });
    const body: GroupBody = {
      shape: "step",
      decisions: [{ id: 0, stateKey: at.observation.stateKey, prompt: draw.prompt, chosen, branches }],
    };
    if (waits) held.push(body);
    else yield body;
    at = edges[chosen]!.to;
  }
  const succeeded = at.end.verdict.success;
  for (const body of held) yield { ...body, succeeded };
}

/**
 * One group of n whole episodes from the same root, each sampled step by step on its own. Decision 0 is the root with n
 * branches; every later step is a decision with one branch, chain after chain. Core executes equal actions from equal
 * points once, and equal points share one prompt.
 */
export async function* trajectories(io: Explorer, { n, temperature }: ExploreOptions): AsyncGenerator<GroupBody> {
  const root = await io.root();
  if (root.end) return;
  const drawn = (at: Point, o: { readonly n: number; readonly key: string }) =>
    io.draw(at, { ...o, mode: "sample", temperature });
  const first = await drawn(root, { n, key: "group" });
  const chains = await Promise.all(
    first.samples.map((sample, i) =>
      rollOut(io, { at: root, draw: first, sample, next: (at) => drawn(at, { n: 1, key: `episode ${i}` }) })
    ),
  );
  yield { shape: "trajectory", decisions: decisionsOf(chains) };
}

interface Step {
  readonly at: Point;
  readonly prompt: Prompt;
  readonly branch: Branch;
}

interface Start {
  readonly at: Point;
  readonly draw: Draw;
  readonly sample: Sample;
  readonly next: (at: Point) => Promise<Draw>;
}

/** Steps from a sampled action to the end of the episode. */
async function rollOut(io: Explorer, start: Start): Promise<readonly Step[]> {
  const steps: Step[] = [];
  let { at, draw, sample } = start;
  for (;;) {
    const edge = whole(await io.step(at, sample));
    steps.push({ at, prompt: draw.prompt, branch: branchOf(edge) });
    if (edge.to.end) return steps;
    at = edge.to;
    draw = await start.next(at);
    sample = draw.samples[0]!;
  }
}

function decisionsOf(chains: readonly (readonly Step[])[]): readonly Decision[] {
  const [{ at: root, prompt }] = chains[0] as readonly [Step];
  const prompts = new Map<string, Prompt>();
  const decisions: Decision[] = [
    { id: 0, stateKey: root.observation.stateKey, prompt, branches: chains.map((chain) => chain[0]!.branch) },
  ];
  for (const [i, chain] of chains.entries()) {
    let parent = { decision: 0, branch: i };
    for (const { at, prompt, branch } of chain.slice(1)) {
      const shared = prompts.get(at.id) ?? prompt;
      prompts.set(at.id, shared);
      const id = decisions.length;
      decisions.push({ id, parent, stateKey: at.observation.stateKey, prompt: shared, branches: [branch] });
      parent = { decision: id, branch: 0 };
    }
  }
  return decisions;
}

function branchOf({ sample, reward, terms, to }: Extract<Edge, { ok: true }>): Branch {
  const target = to.history.at(-1)?.target;
  return { sample, reward, terms, ...(target && { target }), ...(to.end && { end: to.end }) };
}

/** A group is whole or it is nothing: a branch that failed for good stops the run rather than shrink it in silence. */
function whole(edge: Edge): Extract<Edge, { ok: true }> {
  if (edge.ok) return edge;
  throw new HaloError(
    "HALO_GROUP_FAULT",
    `a branch failed (${edge.fault.kind}, ${edge.fault.code}): ${edge.fault.message}`,
    {
      hint: "the run can be resumed; the group is explored again from its keys",
    },
  );
}

/** Index of the branch to go on with. */
function choose(
  rewards: readonly number[],
  { follow, rng }: { readonly follow: Follow; readonly rng: Explorer["rng"] },
): number {
  if (follow === "first") return 0;
  if (follow === "sample") return rng.int(rewards.length);
  const best = rewards.reduce((a, b) => Math.max(a, b));
  const ties = rewards.flatMap((r, i) => r === best ? [i] : []);
  return ties[rng.int(ties.length)]!;
}
