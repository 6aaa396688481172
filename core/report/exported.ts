import type { Json } from "../domain/json.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { type EpisodePage, episodePage, type EpisodeStep } from "./episode-page.ts";
import { type DecisionView, groupPage } from "./group-page.ts";
import { type Message, promptMessages } from "./prompt-text.ts";

/** A step to imitate: conversational prompt and completion, as TRL's SFT trainer reads them. */
export interface SftLine {
  readonly prompt: readonly Message[];
  readonly completion: readonly Message[];
}

/** Two answers to one prompt, as TRL's DPO trainer reads them. */
export interface PairLine {
  readonly prompt: readonly Message[];
  readonly chosen: readonly Message[];
  readonly rejected: readonly Message[];
}

/** Lines of a data set; `skipped` counts what a run recorded no page of. */
export interface Exported<T> {
  readonly lines: readonly T[];
  readonly skipped: number;
}

const said = (text: string): readonly Message[] => [{ role: "assistant", content: text }];

/** Every step of every episode that was solved, those of training included. */
export async function sftLines(run: RunFolder): Promise<Exported<SftLine>> {
  const lines: SftLine[] = [];
  let skipped = 0;
  for (const { id } of (await run.episodes()).filter((e) => e.success)) {
    const { goal, trace } = await episodePage(run, id);
    for (const [i, { page, text }] of trace.entries()) {
      if (!page) skipped++;
      else lines.push({ prompt: promptMessages({ goal, page, done: saidBefore(trace, i) }), completion: said(text) });
    }
  }
  return { lines, skipped };
}

const saidBefore = (trace: readonly EpisodeStep[], i: number): readonly string[] =>
  trace.slice(0, i).map((s) => s.said);

/**
 * Of each training decision whose samples were paid differently, the best one against the worst. In a tree the values of the
 * search decide, where both were visited.
 */
export async function pairLines(run: RunFolder): Promise<Exported<PairLine>> {
  const lines: PairLine[] = [];
  let skipped = 0;
  for (const n of await run.iterations()) {
    for (const slot of await run.iteration(n).readSlots()) {
      const done: string[] = [];
      for (const group of slot.groups) {
        const { goal, decisions, shape } = await groupPage(run, group.id);
        for (const [i, decision] of decisions.entries()) {
          const values = group.decisions[i]!.branches.map(({ q, reward }) =>
            q ? q.visits > 0 ? q.mcts : undefined : reward
          );
          const pair = bestAndWorst(values);
          if (!pair) continue;
          if (!decision.page) skipped++;
          else {
            const [chosen, rejected] = pair.map((k) => said(group.decisions[i]!.branches[k]!.sample.text));
            const before = shape === "step" ? done : [];
            lines.push({
              prompt: promptMessages({ goal, page: decision.page, done: before }),
              chosen: chosen!,
              rejected: rejected!,
            });
          }
        }
        if (shape === "step") done.push(...followed(decisions));
      }
    }
  }
  return { lines, skipped };
}

const followed = (decisions: readonly DecisionView[]): readonly string[] =>
  decisions.flatMap(({ siblings }) => siblings.filter((s) => s.isChosen).map((s) => s.said));

function bestAndWorst(values: readonly (number | undefined)[]): readonly [number, number] | undefined {
  const known = values.flatMap((value, i) => value === undefined ? [] : [{ value, i }]);
  const sorted = known.sort((a, b) => b.value - a.value || a.i - b.i);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  return best && worst && best.value > worst.value ? [best.i, worst.i] : undefined;
}

/** An episode as JSON Lines: `episode_start` with task seed and temperature, a line for each step, `episode_end`. */
export async function trajectoryLines(run: RunFolder, id: string): Promise<readonly Json[]> {
  const e = await episodePage(run, id);
  const { task_seed, temperature } = await settingsOf(run, e);
  return [
    {
      type: "episode_start",
      episode: e.id,
      run: run.id,
      mode: e.label,
      ...(e.iteration !== undefined && { iteration: e.iteration }),
      task: e.taskKey,
      template: e.template,
      split: e.split,
      goal: e.goal,
      task_seed,
      temperature,
      seed: run.info.seed,
      policy_version: e.policyVersion,
    },
    ...e.trace.map((s): Json => ({
      type: "step",
      step: s.index,
      url: s.page?.url ?? null,
      state_key: s.stateKey,
      output: s.text,
      action: s.said,
      reward: s.reward,
      terms: s.terms.map(({ name, value, evidence }) => ({ name, value, evidence })),
      logprob: s.logprob ?? null,
      error: s.error ?? s.unread ?? null,
      controls: s.page?.controls.map(({ id, role, name, value, centre }) => (
        { id, role, name, value: value ?? null, centre: [...centre] }
      )) ?? null,
    })),
    {
      type: "episode_end",
      success: e.success,
      stop: e.stop,
      steps: e.steps,
      reward: e.reward,
      verdict: { success: e.verdict.success, by: e.verdict.by, reason: e.verdict.reason },
    },
  ];
}

interface StageSettings {
  readonly label?: string;
  readonly decoding?: string;
  readonly task_seed?: number;
}

/** What the recorded pipeline says of the stage that an episode was played in. */
async function settingsOf(
  run: RunFolder,
  e: EpisodePage,
): Promise<{ readonly task_seed: number | null; readonly temperature: number }> {
  const { stages = [] } = run.info.document as { readonly stages?: readonly Readonly<Record<string, StageSettings>>[] };
  const entries = stages.flatMap((stage) => Object.entries(stage));
  if (e.label === "train") {
    const slots = await run.iteration(e.iteration ?? 0).readSlots();
    const temperature = slots.find((slot) => slot.id === e.of)?.groups[0]?.temperature ?? 1;
    return { task_seed: entries.find(([kind]) => kind === "train")?.[1].task_seed ?? null, temperature };
  }
  const [kind, stage] = entries.find(([, s]) => s.label === e.label) ?? [];
  return {
    task_seed: stage?.task_seed ?? null,
    temperature: kind === "evaluate" && stage?.decoding !== "sample" ? 0 : 1,
  };
}
