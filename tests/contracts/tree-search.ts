/**
 * A tree search that learns from pairs, written against the public entry alone: UCB1 over distinct proposals, the
 * critic's ranking mixed into Q when there is one, several steps from one point, pairs of siblings far enough apart.
 */
import {
  type Branch,
  type Decision,
  definePlugin,
  type Draw,
  type Example,
  type Explorer,
  type Group,
  type GroupBody,
  HaloError,
  type Point,
} from "halo-agent";
import { log } from "halo-agent/kit";

interface Options {
  readonly max_children: number;
  readonly num_simulations: number;
  readonly ucb_constant: number;
  /** Weight of what was tried against what the critic said. */
  readonly alpha: number;
  readonly threshold: number;
}

export default definePlugin({
  kind: "algorithm",
  name: "contract-tree",
  summary: "UCB1 tree search whose explored siblings become preference pairs.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      max_children: { type: "integer", minimum: 2, default: 3, description: "Distinct proposals per point." },
      num_simulations: { type: "integer", minimum: 1, default: 12, description: "Simulations per task." },
      ucb_constant: { type: "number", minimum: 0, default: 1.414, description: "Exploration constant." },
      alpha: { type: "number", minimum: 0, maximum: 1, default: 0.5, description: "Weight of the search value in Q." },
      threshold: { type: "number", minimum: 0, default: 0.1, description: "Smallest difference in Q of a pair." },
    },
  },
  create(o) {
    return {
      loss: { kind: "dpo", beta: 0.1, nll_coef: 0 },
      emits: ["pair"],
      forks: true,
      temperature: 1,
      numGenerations: o.max_children,
      critic: {},
      explore: (_goal, io) => search(io, o),
      credit: (group) => pairsOf(group, o),
    };
  },
});

/** A point with its proposals and what is known of each. */
interface Node {
  readonly id: number;
  readonly at: Point;
  readonly parent?: NonNullable<Decision["parent"]>;
  readonly draw: Draw;
  readonly arms: { visits: number; mcts: number; critic?: number; to?: Point; reward?: number; child?: Node }[];
}

async function* search(io: Explorer, o: Options): AsyncGenerator<GroupBody> {
  const nodes: Node[] = [];
  const root = await expand(io, { at: await io.root(), nodes, o });
  for (let i = 0; i < o.num_simulations; i++) await simulate(io, { root, nodes, o });
  yield { shape: "tree", decisions: nodes.map(decisionOf) };
}

async function expand(
  io: Explorer,
  { at, parent, nodes, o }: {
    readonly at: Point;
    readonly parent?: Node["parent"];
    readonly nodes: Node[];
    readonly o: Options;
  },
): Promise<Node> {
  const draw = await io.draw(at, { n: o.max_children, mode: "distinct", temperature: 1, key: "proposals" });
  const ranking = await io.rank?.(at, draw);
  const arms = draw.samples.map((_, i) => ({ visits: 0, mcts: 0, ...(ranking && { critic: ranking.scores[i]! }) }));
  const node: Node = { id: nodes.length, at, draw, arms, ...(parent && { parent }) };
  nodes.push(node);
  return node;
}

/** Selection, expansion and backup: one simulation. */
async function simulate(
  io: Explorer,
  { root, nodes, o }: { readonly root: Node; readonly nodes: Node[]; readonly o: Options },
): Promise<void> {
  const path: { readonly node: Node; readonly arm: number }[] = [];
  let node = root;
  let value = 0;
  for (;;) {
    const arm = select(node, o);
    path.push({ node, arm });
    const chosen = node.arms[arm]!;
    if (!chosen.to) {
      const edge = await io.step(node.at, node.draw.samples[arm]!);
      if (!edge.ok) {
        throw new HaloError("HALO_GROUP_FAULT", `a branch failed (${edge.fault.code}): ${edge.fault.message}`);
      }
      Object.assign(chosen, { to: edge.to, reward: edge.reward });
    }
    value = chosen.reward!;
    if (chosen.to!.end) break;
    if (!chosen.child) {
      chosen.child = await expand(io, { at: chosen.to!, parent: { decision: node.id, branch: arm }, nodes, o });
      break;
    }
    node = chosen.child;
  }
  for (const { node: { arms }, arm } of path) {
    const a = arms[arm]!;
    a.mcts = (a.mcts * a.visits + value) / (a.visits + 1);
    a.visits++;
  }
}

/** argmax of Q + c · sqrt(log N / (1 + n)); the first of equals. */
function select({ arms }: Node, { alpha, ucb_constant: c }: Options): number {
  const total = arms.reduce((sum, a) => sum + a.visits, 0);
  const scores = arms.map((a) => qOf(a, alpha) + c * Math.sqrt(log(Math.max(1, total)) / (1 + a.visits)));
  return scores.indexOf(scores.reduce((most, s) => Math.max(most, s)));
}

const qOf = ({ mcts, critic }: { readonly mcts: number; readonly critic?: number }, alpha: number): number =>
  critic === undefined ? mcts : alpha * mcts + (1 - alpha) * critic;

function decisionOf({ id, at, parent, draw, arms }: Node): Decision {
  const branches = arms.map(({ visits, mcts, critic, reward, to }, i): Branch => ({
    sample: draw.samples[i]!,
    ...(reward !== undefined && { reward }),
    ...(to?.end && { end: to.end }),
    q: { visits, mcts, ...(critic !== undefined && { critic }) },
  }));
  return { id, ...(parent && { parent }), stateKey: at.observation.stateKey, prompt: draw.prompt, branches };
}

/** Every two explored siblings whose composite Q differs by more than the threshold. */
function pairsOf(group: Group, { alpha, threshold }: Options): readonly Example[] {
  return group.decisions.flatMap(({ prompt, branches }) => {
    const tried = branches.flatMap(({ sample, q }) => q && q.visits > 0 ? [{ sample, q: qOf(q, alpha) }] : []);
    return tried.flatMap((chosen) =>
      tried.filter((other) => chosen.q - other.q > threshold).map((rejected): Example => ({
        kind: "pair",
        group: group.id,
        prompt,
        chosen: chosen.sample,
        rejected: rejected.sample,
        weight: 1,
      }))
    );
  });
}
