import type { PlayedStep } from "../../algorithm/play.ts";
import type { StepRecord } from "../../record/episode.ts";

/** One step as it is kept: what was seen, said, done and paid. */
export function stepRecord({ at, draw, edge }: PlayedStep): StepRecord {
  const { sample } = edge;
  const past = edge.ok ? edge.to.history.at(-1) : undefined;
  return {
    index: at.depth,
    url: at.observation.url,
    stateKey: at.observation.stateKey,
    text: sample.text,
    parsed: sample.parsed,
    ...(past?.target && { target: past.target }),
    ...(past?.error && { error: past.error }),
    reward: edge.ok ? edge.reward : 0,
    terms: edge.ok ? edge.terms : [],
    ...(sample.logprob !== undefined && { logprob: sample.logprob }),
    policyVersion: draw.policyVersion,
    ...(at.observation.screenshot && { shot: at.observation.screenshot.sha256 }),
  };
}
