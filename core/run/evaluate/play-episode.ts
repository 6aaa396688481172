import { play, type PlayedStep } from "../../algorithm/play.ts";
import type { Explorer } from "../../domain/algorithm.ts";
import type { End } from "../../domain/point.ts";
import { HaloError } from "../../util/errors.ts";
import { faultText } from "../../world/fault.ts";

export interface EpisodeStyle {
  /** Names the episode in errors. */
  readonly name: string;
  /** 0 is greedy. */
  readonly temperature: number;
}

/** An episode that came to its end. */
export interface PlayedEpisode {
  /** At least one. */
  readonly steps: readonly PlayedStep[];
  readonly end: End;
}

/** Plays one episode from the first page to its end, one sample a step. Throws HALO_ENVIRONMENT_FAULT for a failed step. */
export async function playEpisode(io: Explorer, { name, temperature }: EpisodeStyle): Promise<PlayedEpisode> {
  const mode = temperature === 0 ? "greedy" : "sample";
  const steps = await play(io, {
    from: await io.root(),
    draw: (at) => io.draw(at, { n: 1, mode, temperature: temperature || 1, key: String(at.depth) }),
  });
  const edge = steps.at(-1)?.edge;
  if (edge?.ok && edge.to.end) return { steps, end: edge.to.end };
  if (!edge || edge.ok) throw new HaloError("HALO_POLICY_FAULT", `${name}: the policy drew no sample`);
  throw new HaloError("HALO_ENVIRONMENT_FAULT", `${name}: ${faultText(edge.fault)}`, {
    hint: "a run can be resumed; finished episodes are kept",
    cause: edge.fault,
  });
}
