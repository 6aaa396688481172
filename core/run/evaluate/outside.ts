import { canonicalAction } from "../../action/canonical.ts";
import { nextPointId, rootPointId } from "../../action/point-id.ts";
import type { Pipeline } from "../../config/pipeline.ts";
import type { InsideEpisode, OutsideEpisode } from "../../domain/brought-command.ts";
import type { Json } from "../../domain/json.ts";
import type { Need } from "../../domain/observation.ts";
import type { Point } from "../../domain/point.ts";
import type { Sample } from "../../domain/sample.ts";
import type { Task } from "../../domain/task.ts";
import type { Built } from "../../plugin/container.ts";
import { keyedRng } from "../../stats/rng.ts";
import { boundCall } from "../../util/bound-call.ts";
import { calleeOf } from "../../util/callee.ts";
import { HaloError } from "../../util/errors.ts";
import { limiter } from "../../util/limit.ts";
import { soundDraw } from "../../world/answers.ts";
import { Pages } from "../../world/pages.ts";
import { pastStep } from "../../world/past-step.ts";
import { CostMeter, needOf } from "../context/run-context.ts";
import { inWorld } from "../context/open-explorer.ts";
import { playEpisode } from "./play-episode.ts";

export interface OutsideOptions {
  readonly pipeline: Pipeline;
  readonly built: Built;
  readonly signal: AbortSignal;
}

/** Seed of the draws that evaluations have when none is named. */
const taskSeed = 123;
/** Points and draws are keyed as in an evaluation, so that equal pages get equal draws in both loops. */
const idOf = ({ key }: Task): string => `evaluate/${key}#0`;
const rngOf = ({ key }: Task) => keyedRng("evaluate", taskSeed, key, 0);

/** What the policy and the rewards have to see. */
export const outsideNeed = (built: Built): Need => needOf(built, { screens: "none" });

/** What a sample does: its canonical action, or the code of an output that is none. */
export const toldOf = ({ parsed }: Pick<Sample, "parsed">): string =>
  parsed.ok ? canonicalAction(parsed.action) : parsed.code;

/** An episode whose pages are shown somewhere else: the policy draws greedily, with the history that halo's own loop keeps. */
export function outsideEpisode({ pipeline, built: { policy }, signal }: OutsideOptions, task: Task): OutsideEpisode {
  const rng = rngOf(task);
  const callee = calleeOf(policy, "policy");
  const limitMs = pipeline.limits.policy_timeout_s * 1000;
  let last: { readonly at: Point; readonly sample: Sample } | undefined;
  return {
    async next(observation, before = {}) {
      const at = last === undefined
        ? { id: rootPointId(idOf(task)), task: task.goal, depth: 0, observation, history: [] }
        : pointAfter(last, observation, before);
      const draws = rng.derive(at.id, "draw", String(at.depth));
      const request = { at, n: 1, mode: "greedy", temperature: 1, rng: draws } as const;
      const limit = { callee, call: "sample", limitMs, limit: "limits.policy_timeout_s", signal };
      const drawn = soundDraw(await boundCall((call) => policy.sample(request, call), limit), {
        callee,
        call: "sample",
        n: 1,
      });
      const sample = drawn.samples[0];
      if (sample === undefined) throw new HaloError("HALO_POLICY_FAULT", `${task.key}: the policy drew no sample`);
      last = { at, sample };
      return sample;
    },
  };
}

function pointAfter(
  { at, sample: { parsed } }: { readonly at: Point; readonly sample: Sample },
  observation: Point["observation"],
  { target, error }: NonNullable<Parameters<OutsideEpisode["next"]>[1]>,
): Point {
  return {
    id: nextPointId(at.id, parsed),
    task: at.task,
    depth: at.depth + 1,
    observation,
    history: [...at.history, pastStep(at.observation, { parsed, target, error })],
  };
}

/** An episode in halo's own loop, on the pipeline's environment. */
export async function insideEpisode(o: OutsideOptions, task: Task): Promise<InsideEpisode> {
  const { pipeline, built, signal } = o;
  let report: Json | undefined;
  const { grade } = built.tasks;
  const pages = new Pages(built.environment, {
    grade: grade && ((question, call) => {
      ({ report } = question);
      return grade(question, call);
    }),
    limitMs: pipeline.limits.step_timeout_s * 1000,
  });
  const need = outsideNeed(built);
  const ctx = { pipeline, built, pages, need, signal, gate: limiter(1), meter: new CostMeter() };
  try {
    const rng = rngOf(task);
    const seed = rng.derive("page").int(2 ** 31);
    const episode = { task, id: idOf(task), seed, rng, policyVersion: 0 };
    const { steps, end } = await inWorld(ctx, episode, ({ io }) => playEpisode(io, { name: task.key, temperature: 0 }));
    return {
      steps: steps.map(({ at, edge: { sample } }) => ({ stateKey: at.observation.stateKey, action: toldOf(sample) })),
      ...end,
      ...(report !== undefined && { report }),
    };
  } finally {
    await pages.close();
  }
}
