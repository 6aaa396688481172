import { formatAction } from "../../action/format.ts";
import type { RunFolder } from "../../record/run-folder.ts";
import { findEpisode } from "../../report/episode-page.ts";
import { plainLine } from "../../util/plain-text.ts";
import { exitCodes } from "../exit.ts";
import type { Io } from "../io.ts";
import { showSlot } from "./show-group.ts";

/** Prints an episode's steps: action, target, reward terms with their evidence, error, and how it ended. */
export async function showEpisode(
  run: RunFolder,
  id: string,
  { isJson, io }: { readonly isJson: boolean; readonly io: Io },
): Promise<number> {
  const episode = await findEpisode(run, id);
  if (episode.label === "train") return await showSlot(run, episode.id.split("#")[0]!, { isJson, io });
  const steps = await run.readSteps(episode.id);
  if (isJson) {
    io.out(JSON.stringify({ type: "episode", ...episode, trace: steps }));
    return exitCodes.done;
  }
  io.out(plainLine(`${episode.id}  "${episode.goal}"`));
  for (const step of steps) {
    const said = step.parsed.ok
      ? formatAction(step.parsed.action)
      : `invalid (${step.parsed.code}): ${step.text.slice(0, 80)}`;
    const target = step.target ? `  on ${step.target.role} "${step.target.name}"` : "";
    const p = step.logprob === undefined ? "" : `  logprob ${step.logprob.toFixed(3)}`;
    io.out(plainLine(`${String(step.index).padStart(3)}  ${said}${target}  reward ${step.reward.toFixed(2)}${p}`));
    for (const term of step.terms) {
      io.out(plainLine(`       ${term.value >= 0 ? "+" : ""}${term.value.toFixed(2)} ${term.name}: ${term.evidence}`));
    }
    if (step.error) io.out(plainLine(`       ${step.error.code}: ${step.error.message}`));
  }
  io.out(
    plainLine(
      `${episode.success ? "solved" : "not solved"} (${episode.stop}): ${episode.verdict.reason}; reward ${
        episode.reward.toFixed(2)
      }`,
    ),
  );
  return exitCodes.done;
}
