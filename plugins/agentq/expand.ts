import type { Draw, Point, Sample } from "halo-agent";
import type { Look, Reached } from "./look.ts";
import { backUp, settle } from "./backup.ts";
import type { Selected } from "./select.ts";
import type { Arm, Chosen, Proposals, Tree } from "./tree.ts";
import type { TreeOptions } from "./tree-options.ts";

/** One step of a rollout. */
interface Played {
  readonly at: Point;
  readonly draw: Draw;
  readonly sample: Sample;
  readonly edge: Reached;
}

/** What trying the last action of a path came to; without `value` a point could not be reached, or not be valued. */
export interface Leaf {
  readonly value?: number;
  readonly by?: "end" | "rollout" | "critic" | "mix";
  readonly success: boolean;
  readonly isUnreachable?: boolean;
  /** The page is in the tree already: nothing was tried from here. */
  readonly isKnown?: boolean;
  /** Where it ended in failure, and by what. */
  readonly failed?: { readonly at: Point; readonly sample: Sample };
  /** Of the new point, when it is to be a node. */
  readonly proposals?: Proposals;
  /** Steps of a rollout that join the tree, each with the proposals of the point it led to. */
  readonly kept: readonly (Played & { readonly proposals?: Proposals })[];
}

type LeafOptions = Pick<TreeOptions, "max_depth" | "leaf" | "mix" | "rollout" | "temperature" | "transpositions">;

/** Executes the last action of a path and values where it leads: a verdict, a rollout, the critic's estimate. */
export async function tryLeaf(
  look: Look,
  { path, nth }: Selected,
  { tree, o }: { readonly tree: Tree; readonly o: LeafOptions },
): Promise<Leaf> {
  const { node, arm: index } = path.at(-1)!;
  const arm = node.arms[index]!;
  arm.edge = await (arm.stepping ??= look.step(node.at, arm.sample));
  if (!arm.edge.ok) return { success: false, isUnreachable: true, kept: [] };
  const { to } = arm.edge;
  if (to.end) return { ...worth(to), ...failing({ at: node.at, sample: arm.sample, to }), by: "end", kept: [] };
  if (o.transpositions && tree.has(to)) return { success: false, isKnown: true, kept: [] };
  const grows = (at: Point) => !at.end && at.depth - tree.nodes[0]!.at.depth < o.max_depth;
  const [proposals, played, estimate] = await Promise.all([
    grows(to) ? arm.growing ??= look.propose(to) : undefined,
    o.leaf === "critic" ? undefined : rollOut(look, to, { temperature: o.temperature, ...o.rollout, nth }),
    o.leaf === "rollout" ? undefined : look.value(to),
  ]);
  const at = { ...(proposals && { proposals }) };
  if (played === "unreachable") return { ...at, success: false, isUnreachable: true, kept: [] };
  const last = played?.at(-1);
  const success = last?.edge.to.end?.verdict.success ?? false;
  const kept = success && proposals && keeps(played!, o)
    ? await Promise.all(played!.map(async (step) => {
      const { to } = step.edge;
      return { ...step, ...(grows(to) && { proposals: await look.propose(to) }) };
    }))
    : [];
  const failed = last && failing({ ...last, to: last.edge.to });
  return { ...at, ...failed, ...blend({ played: played && (success ? 1 : 0), estimate, o }), success, kept };
}

/** Log-probabilities of tokens are told at the draw's temperature, and a tree is trained at that of its proposals. */
function keeps(played: readonly Played[], { rollout, temperature }: LeafOptions): boolean {
  const isLikeThem = rollout.mode === "sample" && (rollout.temperature ?? temperature) === temperature;
  return rollout.keep === "success" && (isLikeThem || played.every(({ sample }) => sample.trace.kind !== "tokens"));
}

const worth = ({ end }: Point) => {
  const success = end?.verdict.success ?? false;
  return { success, value: success ? 1 : 0 };
};

function failing({ at, sample, to }: { readonly at: Point; readonly sample: Sample; readonly to: Point }) {
  return to.end && !to.end.verdict.success && { failed: { at, sample } };
}

function blend({ played, estimate, o }: {
  readonly played: number | undefined;
  readonly estimate: number | undefined;
  readonly o: LeafOptions;
}): Pick<Leaf, "value" | "by"> {
  if (played === undefined) return estimate === undefined ? {} : { value: estimate, by: "critic" };
  if (estimate === undefined) return { value: played, by: "rollout" };
  const weight = o.mix ?? 0.5;
  return { value: weight * played + (1 - weight) * estimate, by: "mix" };
}

/** Draws from which a rollout takes the first that has not failed yet. */
const others = 4;

/** Plays on from a point with the policy as it is. */
async function rollOut(
  look: Look,
  from: Point,
  { mode, temperature, depth, avoid_failed, nth }: TreeOptions["rollout"] & {
    readonly temperature: number;
    readonly nth: number;
  },
): Promise<readonly Played[] | "unreachable"> {
  const steps: Played[] = [];
  let at = from;
  while (!at.end && (depth === 0 || steps.length < depth)) {
    // Where it began is in the key: a rollout from further down the same path must not repeat this one's draws.
    const key = `rollout ${from.depth} ${nth}`;
    let draw = await look.draw(at, { n: 1, mode, temperature, key });
    let sample = draw.samples[0];
    if (avoid_failed && look.hasFailed(at, sample!)) {
      draw = await look.draw(at, { n: others, mode: "distinct", temperature, key: `${key} instead` });
      sample = draw.samples.find((s) => !look.hasFailed(at, s));
    }
    if (!sample) break;
    const edge = await look.step(at, sample);
    if (!edge.ok) return "unreachable";
    steps.push({ at, draw, sample, edge });
    at = edge.to;
  }
  return steps;
}

/** Puts what a simulation found into the tree and backs its value up; returns the whole path it counted for. */
export function attach(tree: Tree, { path }: Selected, leaf: Leaf): readonly Chosen[] {
  settle(path);
  const end = path.at(-1)!;
  const arm = end.node.arms[end.arm]!;
  if (leaf.isKnown || (arm.edge && (!arm.edge.ok || arm.edge.to.end?.verdict.success === false))) arm.isClosed = true;
  grow(tree, { at: end, arm, proposals: leaf.proposals });
  const tail: Chosen[] = [];
  let node = arm.child;
  for (const { sample, edge, proposals } of leaf.kept) {
    if (!node) break;
    const at = { node, arm: tree.claim(node, sample) };
    const taken = node.arms[at.arm]!;
    taken.edge ??= edge;
    taken.stepping ??= Promise.resolve(edge);
    grow(tree, { at, arm: taken, proposals });
    tail.push(at);
    node = taken.child;
  }
  const whole = [...path, ...tail];
  if (leaf.value !== undefined) backUp(whole, leaf.value);
  return whole;
}

function grow(
  tree: Tree,
  { at, arm, proposals }: { readonly at: Chosen; readonly arm: Arm; readonly proposals: Proposals | undefined },
): void {
  const { edge } = arm;
  if (proposals && edge?.ok && !arm.child) tree.add(edge.to, proposals, at);
}
