import type { RecordedEvent } from "../record/events.ts";
import { iterationReports } from "./run-summary.ts";

/** How training went, in a few figures. */
export interface LearningView {
  /** Mean rewards of up to five iterations, the first and the last among them. */
  readonly rewards: readonly { readonly iteration: number; readonly reward: number }[];
  /** Groups without gradient by cause, the most frequent cause first. */
  readonly dead: readonly { readonly cause: string; readonly groups: number }[];
  /** The lowest share of valid outputs in an iteration. */
  readonly leastValid: number;
}

/** How rewards went over the iterations, and why groups carried no gradient; undefined before the first iteration. */
export function learningView(events: readonly RecordedEvent[]): LearningView | undefined {
  const all = iterationReports(events);
  if (all.length === 0) return undefined;
  const shown = [0, 0.25, 0.5, 0.75, 1].map((part) => all[Math.round(part * (all.length - 1))]!);
  const causes: Record<string, number> = {};
  for (const [cause, count] of all.flatMap((r) => Object.entries(r.dead))) causes[cause] = (causes[cause] ?? 0) + count;
  return {
    rewards: [...new Set(shown)].map(({ iteration, metrics }) => ({ iteration, reward: metrics["mean_reward"] ?? 0 })),
    dead: Object.entries(causes).sort(([, a], [, b]) => b - a).map(([cause, groups]) => ({ cause, groups })),
    leastValid: Math.min(...all.map((r) => r.metrics["action_validity"] ?? 1)),
  };
}
