import type { Edge, Point, Reached, Sample } from "halo-agent";
import { play } from "halo-agent/kit";
import { backUp, release } from "./backup.ts";
import type { SearchWorld } from "./search-world.ts";
import type { Selected } from "./select.ts";
import { type Chosen, type Proposal, proposalAt, type Proposed, type Tree } from "./tree.ts";
import type { TreeOptions } from "./tree-options.ts";

/** A step of a rollout that was reached. */
interface RolloutStep {
  readonly at: Point;
  readonly edge: Reached;
}

/** What trying the last action of a path came to; without `value` a point could not be reached, or not be valued. */
export interface Leaf {
  readonly value?: number;
  readonly by?: "end" | "rollout" | "critic" | "mix";
  readonly success: boolean;
  readonly isUnreachable?: boolean;
  /** True when the tree has the page already: nothing was tried from there. */
  readonly isKnown?: boolean;
  /** The action that ended the episode in failure, and where it was taken. */
  readonly failed?: { readonly at: Point; readonly sample: Sample };
  /** What is proposed at the new point; absent when it is not to be a node. */
  readonly proposed?: Proposed;
  /** Steps of a rollout that join the tree, each with what is proposed at the point it led to. */
  readonly kept: readonly (RolloutStep & { readonly proposed?: Proposed | undefined })[];
}

type LeafOptions = Pick<TreeOptions, "max_depth" | "leaf" | "mix" | "rollout" | "temperature" | "transpositions">;

/** Executes the last action of a path and values where it leads: a verdict, a rollout, the critic's estimate. */
export async function tryLeaf(
  world: SearchWorld,
  { path, nth }: Selected,
  { tree, o }: { readonly tree: Tree; readonly o: LeafOptions },
): Promise<Leaf> {
  const end = path.at(-1)!;
  const { at } = end.node;
  const edge = await stepOnce(world, at, proposalAt(end));
  if (!edge.ok) return { success: false, isUnreachable: true, kept: [] };
  if (edge.to.end) {
    const success = isWon(edge);
    return { value: success ? 1 : 0, by: "end", success, ...failureOf({ at, edge }), kept: [] };
  }
  if (o.transpositions && tree.has(edge.to)) return { success: false, isKnown: true, kept: [] };
  return await valueOf(world, proposalAt(end), { to: edge.to, nth, tree, o });
}

/** Executes a proposal, the first time it is asked for; every later time gives the same edge. */
async function stepOnce(world: SearchWorld, at: Point, proposal: Proposal): Promise<Edge> {
  proposal.stepping ??= world.step(at, proposal.sample);
  proposal.edge = await proposal.stepping;
  return proposal.edge;
}

/** Values a new point that is no end, by rollout, critic or both, while the policy proposes there. */
async function valueOf(
  world: SearchWorld,
  proposal: Proposal,
  { to, nth, tree, o }: {
    readonly to: Point;
    readonly nth: number;
    readonly tree: Tree;
    readonly o: LeafOptions;
  },
): Promise<Leaf> {
  const rootDepth = tree.nodes[0]!.at.depth;
  const becomesNode = (point: Point) => !point.end && point.depth - rootDepth < o.max_depth;
  if (becomesNode(to)) proposal.proposing ??= world.propose(to);
  const [proposed, rollout, estimate] = await Promise.all([
    becomesNode(to) ? proposal.proposing : undefined,
    o.leaf === "critic" ? undefined : rollOut(world, to, { o, nth }),
    o.leaf === "rollout" ? undefined : world.value(to),
  ]);
  const grown = proposed && { proposed };
  if (rollout === "unreachable") return { ...grown, success: false, isUnreachable: true, kept: [] };
  const last = rollout?.at(-1);
  const success = last !== undefined && isWon(last.edge);
  const value = blend({ rollout: rollout && (success ? 1 : 0), estimate, weight: o.mix ?? 0.5 });
  const joins = success && proposed !== undefined && rollout !== undefined && mayJoin(rollout, o);
  const kept = await Promise.all((joins ? rollout : []).map(async (step) => {
    const { to } = step.edge;
    return { ...step, proposed: becomesNode(to) ? await world.propose(to) : undefined };
  }));
  return { ...grown, ...(last && failureOf(last)), ...value, success, kept };
}

/**
 * Whether the steps of a rollout may become proposals of the tree. A tree is trained at the temperature of its proposals,
 * and log-probabilities of tokens are recorded at the temperature of their draw: they must be one.
 */
function mayJoin(steps: readonly RolloutStep[], { rollout, temperature }: LeafOptions): boolean {
  if (rollout.keep !== "success") return false;
  const isDrawnAlike = rollout.mode === "sample" && (rollout.temperature ?? temperature) === temperature;
  return isDrawnAlike || steps.every(({ edge }) => edge.sample.trace.kind !== "tokens");
}

const isWon = ({ to }: Reached): boolean => to.end?.verdict.success ?? false;

/** Names the step when it ended the episode in failure; nothing otherwise. */
function failureOf({ at, edge }: RolloutStep): Pick<Leaf, "failed"> {
  return edge.to.end && !isWon(edge) ? { failed: { at, sample: edge.sample } } : {};
}

/** A point's value from what there is of a rollout's result and the critic's estimate. */
function blend({ rollout, estimate, weight }: {
  readonly rollout: number | undefined;
  readonly estimate: number | undefined;
  /** Of the rollout, where there are both. */
  readonly weight: number;
}): Pick<Leaf, "value" | "by"> {
  if (rollout === undefined) return estimate === undefined ? {} : { value: estimate, by: "critic" };
  if (estimate === undefined) return { value: rollout, by: "rollout" };
  return { value: weight * rollout + (1 - weight) * estimate, by: "mix" };
}

/** Draws from which a rollout takes the first that has not failed yet. */
const others = 4;

/** Plays on from a point with the policy as it is. */
async function rollOut(
  world: SearchWorld,
  from: Point,
  { o, nth }: { readonly o: LeafOptions; readonly nth: number },
): Promise<readonly RolloutStep[] | "unreachable"> {
  const { mode, temperature = o.temperature, depth, avoid_failed } = o.rollout;
  // Where it began is in the key: a rollout from further down the same path must not repeat this one's draws.
  const key = `rollout ${from.depth} ${nth}`;
  const steps = await play(world, {
    from,
    ...(depth > 0 && { maxSteps: depth }),
    async draw(at) {
      const draw = await world.draw(at, { n: 1, mode, temperature, key });
      if (!avoid_failed || !world.hasFailed(at, draw.samples[0]!)) return draw;
      const more = await world.draw(at, { n: others, mode: "distinct", temperature, key: `${key} instead` });
      return { ...more, samples: more.samples.filter((sample) => !world.hasFailed(at, sample)) };
    },
  });
  const reached = steps.flatMap(({ at, edge }) => edge.ok ? [{ at, edge }] : []);
  return reached.length < steps.length ? "unreachable" : reached;
}

/** Puts what a simulation found into the tree and backs its value up; returns the whole path it counted for. */
export function attach(tree: Tree, { path }: Selected, leaf: Leaf): readonly Chosen[] {
  release(path);
  const end = path.at(-1)!;
  const tried = proposalAt(end);
  if (leaf.isKnown || isLost(tried)) tried.isClosed = true;
  grow(tree, end, leaf.proposed);
  const tail: Chosen[] = [];
  let node = tried.child;
  for (const { edge, proposed } of leaf.kept) {
    if (!node) break;
    const chosen = { node, index: tree.claim(node, edge.sample) };
    const proposal = proposalAt(chosen);
    proposal.edge ??= edge;
    proposal.stepping ??= Promise.resolve(edge);
    grow(tree, chosen, proposed);
    tail.push(chosen);
    node = proposal.child;
  }
  const whole = [...path, ...tail];
  if (leaf.value !== undefined) backUp(whole, leaf.value);
  return whole;
}

/** Whether an executed proposal leads nowhere: its point cannot be reached, or the episode ended there in failure. */
function isLost({ edge }: Proposal): boolean {
  if (!edge) return false;
  return !edge.ok || edge.to.end?.verdict.success === false;
}

/** Adds the node that a proposal leads to, once: when it was reached and proposals were drawn there. */
function grow(tree: Tree, chosen: Chosen, proposed: Proposed | undefined): void {
  const { edge, child } = proposalAt(chosen);
  if (proposed && edge?.ok && !child) tree.add(edge.to, proposed, chosen);
}
