import type { Draw, Edge, Point, Sample } from "halo-agent";
import { exp, sayingOf } from "halo-agent/kit";

/** What the simulations through an action brought. */
export interface Stats {
  /** N. */
  visits: number;
  /** Q_mcts: mean of the values backed up, 0..1; 0 before the first. */
  mcts: number;
  /** Simulations of the wave under way that chose it and are not backed up yet. */
  pending: number;
}

/** An action proposed at a node: an edge of the tree, once it was executed. */
export interface Proposal {
  readonly sample: Sample;
  readonly stats: Stats;
  /** Q_critic, 0..1; absent without a critic, and where it failed. */
  critic?: number;
  /** Probability among the node's proposals. */
  prior: number;
  /** Times it was the end of a simulation's path; numbers its rollouts. */
  leaves: number;
  /** The one execution of it, from the moment it is asked for: simulations of one wave share it. */
  stepping?: Promise<Edge>;
  /** What that execution led to. */
  edge?: Edge;
  /** The one draw of proposals at the point it led to, shared in the same way. */
  proposing?: Promise<Proposed>;
  /** The node of that point, once it is in the tree. */
  child?: Node;
  /**
   * True when it is chosen no more: it led to a failed end, to a point that cannot be reached or, with transpositions, to
   * a page that the tree had already; or all proposals of its child are closed.
   */
  isClosed?: boolean;
}

/** A point of the tree. */
export interface Node {
  readonly id: number;
  readonly at: Point;
  readonly parent?: Chosen;
  readonly draw: Draw;
  readonly proposals: Proposal[];
}

/** The draw of a point's proposals, and the critic's score of each sample where there is a critic and it answered. */
export interface Proposed {
  readonly draw: Draw;
  readonly scores?: readonly number[];
}

/** A proposal that a path goes through: `index` counts the node's proposals. */
export interface Chosen {
  readonly node: Node;
  readonly index: number;
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
  add(at: Point, { draw, scores }: Proposed, parent?: Chosen): Node {
    const node: Node = { id: this.nodes.length, at, draw, proposals: [], ...(parent && { parent }) };
    for (const [i, sample] of draw.samples.entries()) {
      if (indexOf(node, sample) < 0) node.proposals.push(proposalOf(sample, scores?.[i]));
    }
    weigh(node);
    this.nodes.push(node);
    this.#pages.add(at.observation.stateKey);
    if (parent) proposalAt(parent).child = node;
    return node;
  }

  /** Index of the proposal of `sample`. A sample that was not proposed takes the place of the last untried proposal. */
  claim(node: Node, sample: Sample): number {
    const known = indexOf(node, sample);
    if (known >= 0) return known;
    const untried = node.proposals.findLastIndex(({ leaves, stats }) => leaves === 0 && stats.visits === 0);
    const index = untried < 0 ? node.proposals.length : untried;
    node.proposals[index] = proposalOf(sample, undefined);
    weigh(node);
    return index;
  }
}

/** The proposal that a path goes through. */
export const proposalAt = ({ node, index }: Chosen): Proposal => node.proposals[index]!;

const proposalOf = (sample: Sample, critic: number | undefined): Proposal => ({
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

const indexOf = ({ proposals }: Node, sample: Sample): number => {
  const said = sayingOf(sample);
  return proposals.findIndex((proposal) => sayingOf(proposal.sample) === said);
};

/**
 * Sets the prior of each proposal: its probability among all of the node, at the temperature they were drawn at; equal
 * priors where the policy names no probabilities. The log-probability of a choice is recorded at temperature 1, that of
 * tokens at the draw's.
 */
function weigh({ proposals, draw: { temperature } }: Node): void {
  const logits = proposals.map(({ sample: { logprob, trace } }) =>
    logprob !== undefined && trace.kind === "choice" ? logprob / temperature : logprob
  );
  const known = logits.filter((l) => l !== undefined);
  const most = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = logits.map((l) => known.length < proposals.length ? 1 : exp(l! - most));
  const total = weights.reduce((sum, w) => sum + w, 0);
  for (const [i, proposal] of proposals.entries()) proposal.prior = weights[i]! / total;
}
