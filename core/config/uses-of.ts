import { nestedUses, type Use } from "../plugin/use.ts";
import type { Pipeline } from "./pipeline.ts";

/** Every use of one pipeline, nested ones included: the policy's first, so that the longest start begins first. */
export function usesOf(p: Pipeline): readonly Use[] {
  const parts = [
    p.policy,
    p.critic,
    p.algorithm,
    p.trainer,
    p.environment,
    p.tasks,
    ...p.rewards,
    p.curriculum,
    ...p.trackers ?? [],
  ];
  const withNested = (use: Use): readonly Use[] => [use, ...nestedUses(use).flatMap(withNested)];
  return parts.filter((use) => use !== undefined).flatMap(withNested);
}
