import type { Draw, Edge, Point, Sample } from "halo-agent";
import { canonicalAction, exp } from "halo-agent/kit";

/** What the simulations through an action brought. */
export interface Stats {
  /** N. */
  visits: number;
  /** Q_mcts: mean of the values backed up, 0..1; 0 before the first. */
  mcts: number;
  /** Simulations of the wave under way that chose it and are not backed up yet. */
  pending: number;
}

/** An action proposed at a node. */
export interface Arm {
  readonly sample: Sample;
  readonly stats: Stats;
  /** Q_critic, 0..1; absent without a critic, and where it failed. */
  critic?: number;
  /** Probability among the node's proposals. */
  prior: number;
  /** Times it was the end of a simulation's path; numbers its rollouts. */
  leaves: number;
  /** The one step that is ever made for it. */
  stepping?: Promise<Edge>;
  edge?: Edge;
  growing?: Promise<Proposals>;
  child?: Node;
  /**
   * Set when it is chosen no more: it led to a failed end, to nothing that can be reached or, with transpositions, to a
   * page that the tree had already; or all behind it did.
   */
  isClosed?: boolean;
}

/** A point of the tree. */
export interface Node {
  readonly id: number;
  readonly at: Point;
  readonly parent?: { readonly node: Node; readonly arm: number };
  readonly draw: Draw;
  readonly arms: Arm[];
}

/** What is proposed at a point and what the critic makes of it. */
export interface Proposals {
  readonly draw: Draw;
  readonly scores?: readonly number[];
}

/** Place of a choice. */
export interface Chosen {
  readonly node: Node;
  readonly arm: number;
}

/** A tree that grows. */
export class Tree {
  readonly nodes: Node[] = [];
  readonly #pages = new Set<string>();

  /** True when a node shows this page. */
  has({ observation }: Point): boolean {
    return this.#pages.has(observation.stateKey);
  }

  /** Adds the node of a point; equal proposals count once. */
  add(at: Point, { draw, scores }: Proposals, parent?: Chosen): Node {
    const node: Node = { id: this.nodes.length, at, draw, arms: [], ...(parent && { parent }) };
    for (const [i, sample] of draw.samples.entries()) {
      if (indexOf(node, sample) < 0) node.arms.push(armOf(sample, scores?.[i]));
    }
    weigh(node);
    this.nodes.push(node);
    this.#pages.add(at.observation.stateKey);
    if (parent) parent.node.arms[parent.arm]!.child = node;
    return node;
  }

  /** Index of the arm that stands for `sample`; it takes the place of the last untried one when it was not proposed. */
  claim(node: Node, sample: Sample): number {
    const known = indexOf(node, sample);
    if (known >= 0) return known;
    const untried = node.arms.findLastIndex((arm) => arm.leaves === 0 && arm.stats.visits === 0);
    const at = untried < 0 ? node.arms.length : untried;
    node.arms[at] = armOf(sample, undefined);
    weigh(node);
    return at;
  }
}

const armOf = (sample: Sample, critic: number | undefined): Arm => ({
  sample,
  stats: { visits: 0, mcts: 0, pending: 0 },
  prior: 0,
  leaves: 0,
  ...(critic !== undefined && { critic }),
});

/** Composite Q of an action: what was tried against what the critic said. */
export function compositeQ(
  { mcts, critic }: { readonly mcts: number; readonly critic?: number | undefined },
  alpha: number,
): number {
  return critic === undefined ? mcts : alpha * mcts + (1 - alpha) * critic;
}

/** What a sample stands for; equal actions say the same. */
export function sayingOf({ parsed, text }: Sample): string {
  return parsed.ok ? canonicalAction(parsed.action) : `invalid ${parsed.code} ${text}`;
}

const indexOf = ({ arms }: Node, sample: Sample): number => {
  const said = sayingOf(sample);
  return arms.findIndex((arm) => sayingOf(arm.sample) === said);
};

/**
 * Gives each arm its probability among all of them, at the temperature the proposals were drawn at; equal ones where the
 * policy names none. The log-probability of a choice is told at temperature 1, that of tokens at the draw's.
 */
function weigh({ arms, draw: { temperature } }: Node): void {
  const logits = arms.map(({ sample: { logprob, trace } }) =>
    logprob !== undefined && trace.kind === "choice" ? logprob / temperature : logprob
  );
  const known = logits.filter((l) => l !== undefined);
  const most = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = logits.map((l) => known.length < arms.length ? 1 : exp(l! - most));
  const total = weights.reduce((sum, w) => sum + w, 0);
  for (const [i, arm] of arms.entries()) arm.prior = weights[i]! / total;
}
