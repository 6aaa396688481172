import type { Decision, GroupBody } from "../domain/group.ts";
import type { Edge, Point } from "../domain/point.ts";
import type { Draw, Prompt } from "../domain/sample.ts";
import { branchOf } from "./branch-of.ts";
import type { PlayedStep } from "./play.ts";
import { whole } from "./whole.ts";

/** A step group: samples of one draw, each executed from `at`; `chosen` is the branch that the episode goes on with. */
export function stepGroup(
  at: Point,
  { draw, edges, chosen }: { readonly draw: Draw; readonly edges: readonly Edge[]; readonly chosen?: number },
): GroupBody {
  const branches = whole(edges).map(branchOf);
  const { stateKey } = at.observation;
  return {
    shape: "step",
    decisions: [{ id: 0, stateKey, prompt: draw.prompt, ...(chosen !== undefined && { chosen }), branches }],
  };
}

/**
 * A trajectory group: whole episodes from one point. Decision 0 is that point with a branch for each episode; every later
 * step is a decision with one branch, episode after episode. Equal points share one prompt.
 */
export function trajectoryGroup(episodes: readonly (readonly PlayedStep[])[]): GroupBody {
  const prompts = new Map<string, Prompt>();
  const promptAt = ({ at, draw }: PlayedStep): Prompt => {
    const prompt = prompts.get(at.id) ?? draw.prompt;
    prompts.set(at.id, prompt);
    return prompt;
  };
  const [first] = episodes[0] ?? [];
  if (!first) throw new TypeError("a trajectory group has at least one episode with at least one step");
  const branches = episodes.map((steps) => whole(steps.map(({ edge }) => edge)).map(branchOf));
  const decisions: Decision[] = [{
    id: 0,
    stateKey: first.at.observation.stateKey,
    prompt: promptAt(first),
    branches: branches.map(([branch]) => branch!),
  }];
  for (const [i, steps] of episodes.entries()) {
    let parent = { decision: 0, branch: i };
    for (const [t, step] of steps.entries()) {
      if (t === 0) continue;
      const id = decisions.length;
      const { stateKey } = step.at.observation;
      decisions.push({ id, parent, stateKey, prompt: promptAt(step), branches: [branches[i]![t]!] });
      parent = { decision: id, branch: 0 };
    }
  }
  return { shape: "trajectory", decisions };
}
