import type { Draw, Explorer, GroupBody, Point, Reached } from "halo-agent";
import { play, stepGroup, trajectoryGroup, whole } from "halo-agent/kit";

interface Sampling {
  readonly n: number;
  readonly temperature: number;
}

interface StepSampling extends Sampling {
  readonly follow: Follow;
  readonly waits: boolean;
  /** Samples of the second draw; 0 = none. */
  readonly widen: number;
}

/**
 * One group for every point of an episode: n samples, each distinct one executed from there. With `waits` the groups are
 * held back until the episode is over, so that they can say whether it succeeded.
 */
export async function* stepGroups(io: Explorer, o: StepSampling): AsyncGenerator<GroupBody> {
  const { follow, waits } = o;
  const held: GroupBody[] = [];
  let at = await io.root();
  while (!at.end) {
    const { draw, edges } = await stepsAt(io, at, o);
    const chosen = choose(edges.map(({ reward }) => reward), { follow, rng: io.rng.derive(at.id, "continue") });
    const body = stepGroup(at, { draw, edges, chosen });
    if (waits) held.push(body);
    else yield body;
    at = edges[chosen]!.to;
  }
  const succeeded = at.end.verdict.success;
  for (const body of held) yield { ...body, succeeded };
}

interface Steps {
  readonly draw: Draw;
  readonly edges: readonly Reached[];
}

/**
 * What is tried at a point. When none of the n samples is paid, `widen` different ones are drawn as well; they join the
 * group if one of them earns more than those did. A policy that is sure of what pays nothing, or costs, draws that alone, and
 * equal rewards have no gradient to take it back.
 */
async function stepsAt(io: Explorer, at: Point, { n, temperature, widen }: StepSampling): Promise<Steps> {
  const steps = async (draw: Draw): Promise<Steps> => ({
    draw,
    edges: whole(await Promise.all(draw.samples.map((sample) => io.step(at, sample)))),
  });
  const best = ({ edges }: Steps): number => edges.reduce((most, { reward }) => Math.max(most, reward), -Infinity);
  const first = await steps(await io.draw(at, { n, mode: "sample", temperature, key: "group" }));
  if (widen === 0 || best(first) > 0) return first;
  const wider = await steps(await io.draw(at, { n: widen, mode: "distinct", temperature, key: "wider" }));
  if (best(wider) <= best(first)) return first;
  return {
    draw: { ...first.draw, samples: [...first.draw.samples, ...wider.draw.samples] },
    edges: [...first.edges, ...wider.edges],
  };
}

/** One group of n whole episodes from the same root, each sampled step by step on its own. */
export async function* trajectories(io: Explorer, { n, temperature }: Sampling): AsyncGenerator<GroupBody> {
  const root = await io.root();
  if (root.end) return;
  const sampled = (at: Point, o: { n: number; key: string }) => io.draw(at, { ...o, mode: "sample", temperature });
  const first = await sampled(root, { n, key: "group" });
  yield trajectoryGroup(
    await Promise.all(first.samples.map((sample, i) =>
      play(io, {
        from: root,
        draw: (at) => at === root ? { ...first, samples: [sample] } : sampled(at, { n: 1, key: `episode ${i}` }),
      })
    )),
  );
}

/** Index of the branch to go on with; among equally good ones it is drawn. */
function choose(rewards: readonly number[], { follow, rng }: { follow: Follow; rng: Explorer["rng"] }): number {
  if (follow === "first") return 0;
  const best = rewards.reduce((a, b) => Math.max(a, b));
  const open = [...rewards.keys()].filter((i) => follow === "sample" || rewards[i] === best);
  return open[rng.int(open.length)]!;
}

type Follow = "best" | "sample" | "first";
