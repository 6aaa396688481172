import { canonicalJson } from "../util/canonical-json.ts";
import type { RunFolder } from "./run-folder.ts";
import { sha256 } from "../util/sha256.ts";

/**
 * All episodes of a run with their steps as text that depends on what happened only: sorted by id, one JSON line each, without
 * screenshots (pixels may differ where pages do not). Equal runs give equal text.
 */
export async function canonicalEpisodes(run: RunFolder): Promise<string> {
  const episodes = [...await run.episodes()].sort((a, b) => a.id < b.id ? -1 : 1);
  const lines: string[] = [];
  for (const summary of episodes) {
    const steps = (await run.readSteps(summary.id)).map((step) => ({ ...step, shot: undefined }));
    lines.push(canonicalJson({ summary, steps }));
  }
  return lines.map((line) => line + "\n").join("");
}

/** sha256 of `canonicalEpisodes`. */
export async function hashEpisodes(run: RunFolder): Promise<string> {
  return sha256(await canonicalEpisodes(run));
}
