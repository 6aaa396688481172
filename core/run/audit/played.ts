import type { Call } from "../../domain/call.ts";
import type { Environment, Episode } from "../../domain/environment.ts";
import type { GraderAnswer, Task, TaskSource } from "../../domain/task.ts";
import type { Verdict } from "../../domain/verdict.ts";
import type { Audited } from "../../report/audit-row.ts";
import { boundCall } from "../../util/bound-call.ts";
import { calleeOf } from "../../util/callee.ts";
import { factsOf } from "../../util/error-facts.ts";
import { isHaloError } from "../../util/errors.ts";
import { mapLimited } from "../../util/limit.ts";
import { retry } from "../../util/retry.ts";
import { Pages } from "../../world/pages.ts";
import type { Others } from "./others.ts";

export interface PlayedOptions extends Call {
  readonly source: TaskSource;
  readonly environment: Environment;
  readonly tasks: readonly Task[];
  readonly others: Others;
  readonly limitMs: number;
  readonly retries: number;
  /** Episodes at once. */
  readonly concurrency: number;
}

/**
 * Asks the graders of tasks on pages: the first page, an empty report where the source has a rule of its own, the scripted
 * solution, and the solutions of other tasks played on this task's page.
 */
export async function played(o: PlayedOptions): Promise<ReadonlyMap<Task, readonly Audited[]>> {
  const { source, environment, tasks } = o;
  const { grade, oracle } = source;
  const pages = new Pages(environment, { grade, limitMs: o.limitMs });
  try {
    const rows = await mapLimited(tasks, Math.min(o.concurrency, environment.capacity), async (task) => {
      const asked: Audited[] = [{ kind: "untouched", answer: await answerOf(o, pages, task) }];
      if (grade) {
        const strict = { success: false, by: "audit", reason: "nothing was done" };
        const answer = await answered(o, () => bound(o, "grade", (call) => grade({ task, report: {}, strict }, call)));
        asked.push({ kind: "empty", answer });
      }
      if (oracle) {
        asked.push({ kind: "solution", answer: await answerOf(o, pages, task, task) });
        for (const other of o.others(task, tasks)) {
          asked.push({ kind: "other", name: other.key, answer: await answerOf(o, pages, task, other) });
        }
      }
      return [task, asked] as const;
    });
    return new Map(rows);
  } finally {
    await pages.close();
  }
}

/** What the graders say of a task's page after the solution of `solved` was played there; of its first page without one. */
function answerOf(o: PlayedOptions, pages: Pages, task: Task, solved?: Task): Promise<GraderAnswer> {
  return answered(o, () =>
    retry(async () => {
      const episode = await pages.open(task, { signal: o.signal, seed: 0 });
      try {
        if (solved) await solve(o, episode, solved);
        return await bound(o, "verdict", (call) => episode.verdict(call));
      } finally {
        await pages.discard(episode);
      }
    }, {
      retries: o.retries,
      signal: o.signal,
      isRetryable: (e) => isHaloError(e) && factsOf(e.code)?.rule === "retry",
    }));
}

async function solve(o: PlayedOptions, episode: Episode, { goal }: Task): Promise<void> {
  const need = {};
  let observation = await bound(o, "observe", (call) => episode.observe({ ...call, need }));
  for (let depth = 0; depth < goal.maxSteps; depth++) {
    const action = o.source.oracle!({ goal, observation, depth });
    if (action.action === "done" || action.action === "infeasible") return;
    const step = await bound(o, "step", (call) => episode.step(action, { ...call, need }));
    if (step.solved || step.over) return;
    observation = step.observation;
  }
}

/** A call that ends by the limit of a step. */
function bound<T>(o: PlayedOptions, call: string, run: (call: Call) => Promise<T>): Promise<T> {
  const callee = call === "grade" ? calleeOf(o.source, "task source") : calleeOf(o.environment, "environment");
  return boundCall(run, { callee, call, limitMs: o.limitMs, limit: "limits.step_timeout_s", signal: o.signal });
}

/** What `ask` says, or the code of what kept it from saying it. */
async function answered({ signal }: Call, ask: () => Promise<Verdict>): Promise<GraderAnswer> {
  try {
    return { ok: true, verdict: await ask() };
  } catch (e) {
    signal.throwIfAborted();
    // What the machine lacks keeps every task from being played.
    if (!isHaloError(e) || factsOf(e.code)?.exit === 3) throw e;
    return { ok: false, code: e.code, message: e.message };
  }
}
