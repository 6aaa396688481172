import type { Ranking } from "../domain/critic.ts";
import type { Draw } from "../domain/sample.ts";
import { HaloError } from "../util/errors.ts";

/** The ranking as it came. Throws HALO_CRITIC_REPLY unless it has one score from 0 to 1 for each sample. */
export function soundRanking(ranking: Ranking, { samples }: Pick<Draw, "samples">): Ranking {
  const { scores } = ranking;
  if (!Array.isArray(scores) || scores.length !== samples.length) {
    throw wrong(`${samples.length} scores, one for each sample`, Array.isArray(scores) ? scores.length : typeof scores);
  }
  const off = scores.findIndex((score) => !isShare(score));
  if (off >= 0) throw wrong("scores from 0 to 1", String(scores[off]));
  return ranking;
}

/** The value as it came. Throws HALO_CRITIC_REPLY unless it is from 0 to 1. */
export function soundValue(value: number): number {
  if (isShare(value)) return value;
  throw wrong("a value from 0 to 1", String(value));
}

const isShare = (x: unknown): boolean => typeof x === "number" && x >= 0 && x <= 1;

function wrong(expected: string, got: string | number): HaloError {
  return new HaloError("HALO_CRITIC_REPLY", `the critic: expected ${expected}, got ${got}`, {
    hint: "check it with checkCritic of halo-agent/testing; docs/plugins.md has what a critic promises",
  });
}
