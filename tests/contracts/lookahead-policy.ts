/**
 * Test-time search, written against the public entry alone: a policy that tries another policy's proposals in the world
 * it is handed, as deep as told, and says the one whose best continuation was worth most.
 */
import {
  definePlugin,
  type Draw,
  HaloError,
  type Point,
  type Policy,
  type Sample,
  type SampleRequest,
  type World,
} from "halo-agent";

export default definePlugin({
  kind: "policy",
  name: "contract-lookahead",
  summary: "Tries a policy's proposals before it acts.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["proposer"],
    properties: {
      proposer: { type: "string", "x-plugin": "policy", description: "Where proposals come from." },
      max_children: { type: "integer", minimum: 1, default: 3, description: "Distinct proposals per point." },
      depth: { type: "integer", minimum: 1, default: 2, description: "Steps to look ahead." },
    },
  },
  create({ proposer, max_children, depth }): Policy {
    return {
      need: proposer.need,
      can: { ...proposer.can, trace: "none" },
      async sample(request, call): Promise<Draw> {
        const { world } = request;
        if (!world) {
          throw new HaloError("HALO_FORK_UNSUPPORTED", "lookahead needs an environment that forks", {
            hint: "use an environment with `forking: native` or `replay`",
          });
        }
        const propose = (at: Point): Promise<Draw> =>
          proposer.sample({ ...request, at, n: max_children, mode: "distinct", rng: request.rng.derive(at.id) }, call);
        const draw = await propose(request.at);
        const best = await bestOf(draw, { request, world, propose, depth });
        return { ...draw, samples: Array.from({ length: request.n }, () => ({ ...best, trace: { kind: "none" } })) };
      },
      close: () => proposer.close(),
    };
  },
});

interface Search {
  readonly request: SampleRequest;
  readonly world: World;
  readonly propose: (at: Point) => Promise<Draw>;
  readonly depth: number;
}

async function bestOf({ samples }: Draw, s: Search): Promise<Sample> {
  const worths = await Promise.all(samples.map((sample) => worth(s.request.at, sample, s)));
  return samples[worths.indexOf(worths.reduce((a, b) => Math.max(a, b)))]!;
}

/** Reward of a sample and of the best that can follow within the depth; a branch that faulted is worth nothing. */
async function worth(at: Point, sample: Sample, s: Search): Promise<number> {
  const edge = await s.world.step(at, sample);
  if (!edge.ok) return 0;
  if (edge.to.end || edge.to.depth - s.request.at.depth >= s.depth) return edge.reward;
  const { samples } = await s.propose(edge.to);
  const next = await Promise.all(samples.map((following) => worth(edge.to, following, s)));
  return edge.reward + next.reduce((a, b) => Math.max(a, b), 0);
}
