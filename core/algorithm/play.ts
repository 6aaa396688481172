import type { Explorer } from "../domain/algorithm.ts";
import type { Edge, Point } from "../domain/point.ts";
import type { Draw } from "../domain/sample.ts";

/** One step of an episode: where it was taken, the draw it is from, what came of it. `edge.sample` is what was done. */
export interface PlayedStep {
  readonly at: Point;
  readonly draw: Draw;
  readonly edge: Edge;
}

export interface PlayOptions {
  /** Where to begin, for example `await io.root()`. */
  readonly from: Point;
  /** Draws at a point. The first sample is executed; a draw without samples gives the episode up. */
  readonly draw: (at: Point) => Promise<Draw> | Draw;
  /** Steps after which the episode is given up; without it, it is played to its end. */
  readonly maxSteps?: number;
}

/**
 * Plays an episode, one sample a step, until it ends, is given up, or a step fails. A failed step is the last one, with
 * `edge.ok` false; none of the other steps failed. No steps when the episode had ended before.
 */
export async function play(
  io: Pick<Explorer, "step">,
  { from, draw: drawAt, maxSteps = Infinity }: PlayOptions,
): Promise<readonly PlayedStep[]> {
  const steps: PlayedStep[] = [];
  let at = from;
  while (!at.end && steps.length < maxSteps) {
    const draw = await drawAt(at);
    const [sample] = draw.samples;
    if (!sample) break;
    const edge = await io.step(at, sample);
    steps.push({ at, draw, edge });
    if (!edge.ok) break;
    at = edge.to;
  }
  return steps;
}
