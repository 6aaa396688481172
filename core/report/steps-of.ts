import type { Parsed } from "../domain/action.ts";
import { episodesOf } from "../domain/chains.ts";
import type { Branch } from "../domain/group.ts";
import type { RewardTerm } from "../domain/reward.ts";
import type { EpisodeSummary } from "../record/episode.ts";
import type { RunFolder } from "../record/run-folder.ts";
import type { FindSlot } from "./find-group.ts";

/** A step as it was recorded. */
export interface Told {
  readonly stateKey: string;
  readonly text: string;
  readonly parsed: Parsed;
  readonly target?: { readonly role: string; readonly name: string };
  readonly reward: number;
  readonly terms: readonly RewardTerm[];
  readonly logprob?: number;
  readonly error?: string;
  readonly group?: string;
}

/** What was said in each step of an episode and what came of it. */
export async function stepsOf(
  summary: EpisodeSummary,
  { run, findSlot }: { readonly run: RunFolder; readonly findSlot: FindSlot },
): Promise<readonly Told[]> {
  return summary.label === "train" ? await trainedSteps(findSlot, summary) : await evaluatedSteps(run, summary);
}

async function evaluatedSteps(run: RunFolder, { id }: EpisodeSummary): Promise<readonly Told[]> {
  return (await run.readSteps(id)).map(({ error, ...step }) => ({
    ...told(step),
    ...(error && { error: `${error.code}: ${error.message}` }),
  }));
}

/** The steps of a training episode: the branches that it went along, each with its group. */
async function trainedSteps(findSlot: FindSlot, { id }: EpisodeSummary): Promise<readonly Told[]> {
  const [slotId = "", number = "0"] = id.split("#");
  const { slot } = await findSlot(slotId);
  const branches = episodesOf(slot.groups)[Number(number)] ?? [];
  const groups = new Map<Branch, { readonly group: string; readonly stateKey: string }>();
  for (const group of slot.groups) {
    for (const { branches, stateKey } of group.decisions) {
      for (const branch of branches) groups.set(branch, { group: group.id, stateKey });
    }
  }
  return branches.map((branch) => {
    const { sample, target, reward = 0, terms = [] } = branch;
    const { group, stateKey } = groups.get(branch)!;
    return { ...told({ ...sample, stateKey, target, reward, terms }), group };
  });
}

/** What is told of a step however it was recorded; what is not known is left out. */
function told(
  { stateKey, text, parsed, target, reward, terms, logprob }: Omit<Told, "target" | "logprob" | "error" | "group"> & {
    readonly target?: Told["target"] | undefined;
    readonly logprob?: number | undefined;
  },
): Told {
  return {
    stateKey,
    text,
    parsed,
    ...(target && { target }),
    reward,
    terms,
    ...(logprob !== undefined && { logprob }),
  };
}
