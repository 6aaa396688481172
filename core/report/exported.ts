import type { Group } from "../domain/group.ts";
import type { Json } from "../domain/json.ts";
import type { RunFolder } from "../record/run-folder.ts";
import { type EpisodePage, type EpisodeStep, pageOfEpisode } from "./episode-page.ts";
import { type FindSlot, slotFinder } from "./find-group.ts";
import { saidBy } from "./group-view.ts";
import { pagesById, pageView, pointAt } from "./page-view.ts";
import { pointsOf } from "./points-of.ts";
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
  const findSlot = slotFinder(run);
  for (const episode of (await run.episodes()).filter((e) => e.success)) {
    const { goal, trace } = await pageOfEpisode(episode, { run, findSlot });
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
    for (const { id, task, groups } of await run.iteration(n).readSlots()) {
      const pages = pagesById(await run.readPages(id));
      const points = pointsOf({ id, groups });
      const done: string[] = [];
      for (const group of groups) {
        for (const { id: decision, stateKey, branches } of group.decisions) {
          const pair = bestAndWorst(
            branches.map(({ q, reward }) => q ? q.visits > 0 ? q.mcts : undefined : reward),
          );
          if (!pair) continue;
          const point = pointAt(pages, points.get(group.id)?.get(decision), stateKey);
          if (!point) skipped++;
          else {
            const [chosen, rejected] = pair.map((k) => said(branches[k]!.sample.text));
            lines.push({
              prompt: promptMessages({ goal: task.goal.text, page: pageView(point), done }),
              chosen: chosen!,
              rejected: rejected!,
            });
          }
        }
        if (group.shape === "step") done.push(...followed(group));
      }
    }
  }
  return { lines, skipped };
}

const followed = ({ decisions }: Group): readonly string[] =>
  decisions.flatMap(({ branches, chosen }) => chosen === undefined ? [] : saidBy(branches[chosen]!));

function bestAndWorst(values: readonly (number | undefined)[]): readonly [number, number] | undefined {
  const known = values.flatMap((value, i) => value === undefined ? [] : [{ value, i }]);
  const sorted = known.sort((a, b) => b.value - a.value || a.i - b.i);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  return best && worst && best.value > worst.value ? [best.i, worst.i] : undefined;
}

/** An episode of a run as JSON Lines. */
export interface Trajectory {
  readonly id: string;
  readonly lines: readonly Json[];
}

/** Every episode: `episode_start` with task seed and temperature, a line for each step, `episode_end`. */
export async function* trajectories(run: RunFolder): AsyncGenerator<Trajectory> {
  const findSlot = slotFinder(run);
  for (const episode of await run.episodes()) {
    const page = await pageOfEpisode(episode, { run, findSlot });
    yield {
      id: episode.id,
      lines: trajectoryLines(page, { run, settings: await settingsOf(page, { run, findSlot }) }),
    };
  }
}

function trajectoryLines(
  e: EpisodePage,
  { run, settings }: { readonly run: RunFolder; readonly settings: PlayedWith },
): readonly Json[] {
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
      task_seed: settings.task_seed,
      temperature: settings.temperature,
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
  readonly temperature?: number;
  readonly task_seed?: number;
}

interface PlayedWith {
  readonly task_seed: number | null;
  readonly temperature: number;
}

/** What the recorded pipeline says of the stage that an episode was played in. */
async function settingsOf(
  e: EpisodePage,
  { run, findSlot }: { readonly run: RunFolder; readonly findSlot: FindSlot },
): Promise<PlayedWith> {
  const { stages = [] } = run.info.document as { readonly stages?: readonly Readonly<Record<string, StageSettings>>[] };
  const entries = stages.flatMap((stage) => Object.entries(stage));
  if (e.label === "train") {
    const temperature = (await findSlot(e.of)).slot.groups[0]?.temperature ?? 1;
    return { task_seed: entries.find(([kind]) => kind === "train")?.[1].task_seed ?? null, temperature };
  }
  const [kind, stage] = entries.find(([, s]) => s.label === e.label) ?? [];
  return {
    task_seed: stage?.task_seed ?? null,
    temperature: kind === "evaluate" && stage?.decoding !== "sample" ? 0 : stage?.temperature ?? 1,
  };
}
