import type { Action } from "../../../../core/domain/action.ts";
import type { Environment } from "../../../../core/domain/environment.ts";
import type { Observation } from "../../../../core/domain/observation.ts";
import type { Task } from "../../../../core/domain/task.ts";
import site from "../../../../plugins/sites/gomail/site.ts";
import replica from "../../../../plugins/replica/environment.ts";
import { nextAction } from "./kit.ts";

/** One step of an episode as a reward sees it. */
export interface Seen {
  readonly action: Action;
  readonly from: Observation;
  readonly to: Observation;
  readonly error?: string;
  readonly solved: boolean;
}

/** The mail site in a real browser. */
export async function realMailSite(): Promise<Environment> {
  return replica.create({ site: await site.create({}, {}), stop: "solved", forking: "native", pages: 1 }, {});
}

/** Lets the oracle act on the real page until the task is solved or its step limit is reached. */
export async function solve(
  environment: Environment,
  task: Task,
  { signal }: { signal: AbortSignal },
): Promise<Seen[]> {
  const episode = await environment.open(task, { signal, seed: 0 });
  try {
    const steps: Seen[] = [];
    let from = await episode.observe({ signal, need: {} });
    while (steps.length < task.goal.maxSteps && steps.at(-1)?.solved !== true) {
      const action = nextAction({ goal: task.goal, observation: from, depth: steps.length });
      const { observation: to, error, solved } = await episode.step(action, { signal, need: {} });
      steps.push({ action, from, to, ...(error && { error: error.code }), solved });
      from = to;
    }
    return steps;
  } finally {
    await episode.close();
  }
}
