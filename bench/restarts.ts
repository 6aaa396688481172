import { type Branch, definePlugin, type Draw, type Edge, type Explorer, type GroupBody, HaloError } from "halo-agent";

/**
 * What a tree search has to beat: sampled episodes from the same root, one after another, until one succeeds or the
 * environment steps are spent.
 */
export default definePlugin({
  kind: "algorithm",
  name: "restarts",
  summary: "Sampled episodes from the root until one succeeds: search without a tree.",
  options: {
    type: "object",
    additionalProperties: false,
    required: ["env_steps"],
    properties: {
      env_steps: { type: "integer", minimum: 1, description: "Environment steps of a task." },
      shares: {
        type: "boolean",
        default: false,
        description: "Counts a step that an earlier episode made in the same place once; a restart makes it again.",
      },
      temperature: { type: "number", default: 1, description: "Sampling temperature." },
    },
  },
  create: ({ env_steps, temperature, shares }) => ({
    loss: { kind: "cross_entropy" },
    emits: ["imitate"],
    forks: true,
    temperature,
    numGenerations: 8,
    explore: (_goal, io) => restart(io, { env_steps, temperature, shares }),
    credit: () => [],
  }),
});

async function* restart(
  io: Explorer,
  { env_steps, temperature, shares }: {
    readonly env_steps: number;
    readonly temperature: number;
    readonly shares: boolean;
  },
): AsyncGenerator<GroupBody> {
  const stepped = new Set<string>();
  for (let k = 0; stepped.size < env_steps && k < env_steps; k++) {
    let at = await io.root();
    let last: { readonly draw: Draw; readonly edge: Extract<Edge, { readonly ok: true }> } | undefined;
    while (!at.end) {
      const draw = await io.draw(at, { n: 1, mode: "sample", temperature, key: `episode ${k}` });
      const edge = await io.step(at, draw.samples[0]!);
      if (!edge.ok) throw new HaloError("HALO_GROUP_FAULT", edge.fault.message);
      const said = edge.sample.parsed.ok ? edge.sample.parsed.action.action : "invalid";
      if (!["done", "infeasible", "invalid"].includes(said)) stepped.add(shares ? edge.to.id : `${k} ${edge.to.id}`);
      last = { draw, edge };
      at = edge.to;
    }
    if (!at.end.verdict.success || !last) continue;
    const { sample, reward } = last.edge;
    const branch: Branch = { sample, reward, end: at.end };
    const decision = { id: 0, stateKey: at.observation.stateKey, prompt: last.draw.prompt, branches: [branch] };
    yield { shape: "trajectory", decisions: [decision] };
    return;
  }
}
