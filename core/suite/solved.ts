import assert from "node:assert/strict";
import type { Call } from "../domain/call.ts";
import type { RewardFold, Transition } from "../domain/reward.ts";
import type { Task } from "../domain/task.ts";
import type { SiteDefinition } from "../site/definition.ts";
import type { SiteTypes } from "../site/family.ts";
import { milestoneReward } from "../site/reward.ts";
import { siteTasks } from "../site/tasks.ts";
import { nearMisses } from "./near-misses.ts";
import { endState, type SitePages, withPages } from "./site-pages.ts";
import type { Suite } from "./suite.ts";

/** Plays the solution of every task; its pages pay, its end is achieved, and near misses of that end fail. */
export async function solved<T extends SiteTypes>({ definition, site, tasks }: Suite<T>, o: Call): Promise<void> {
  const source = siteTasks(definition, { templates: ["all"], max_optimum: Infinity, cap: 0 });
  await withPages(site, async (pages) => {
    for (const task of tasks) {
      const { way, end } = await played(pages, task, source.oracle!, o);
      assert.equal(way.length, task.optimum, `${task.key}: steps of the solution, and the optimum of its template`);
      paysOnce(definition, task, way);
      nearMisses({ definition, site, task, start: site.start(task), end: JSON.parse(end) });
    }
  });
}

type Oracle = NonNullable<ReturnType<typeof siteTasks>["oracle"]>;

async function played(
  pages: SitePages,
  task: Task,
  oracle: Oracle,
  o: Call,
): Promise<{ readonly way: readonly Transition[]; readonly end: string }> {
  const episode = await pages.open(task, o);
  const way: Transition[] = [];
  let from = await episode.observe({ need: {}, ...o });
  for (let isSolved = false; !isSolved && way.length < task.goal.maxSteps;) {
    const action = oracle({ goal: task.goal, observation: from, depth: way.length });
    const step = await episode.step(action, { need: {}, ...o });
    const what = `step ${way.length + 1} (${JSON.stringify(action)})`;
    assert.equal(step.error, undefined, `${task.key}: ${what} failed: ${step.error?.message}`);
    way.push({ from, to: step.observation, parsed: { ok: true, action, repairs: 0 } });
    [from, isSolved] = [step.observation, step.solved];
  }
  const { success, reason } = await episode.verdict(o);
  assert.ok(success, `${task.key}: "${task.goal.text}" was not achieved: ${reason}`);
  const last = oracle({ goal: task.goal, observation: from, depth: way.length });
  assert.equal(
    last.action,
    "done",
    `${task.key}: what the solution does on the last page; a milestone that it still goes for was not reached`,
  );
  const end = await endState(episode, o);
  await episode.close();
  return { way, end };
}

/** Every step earns, and the way pays the same however often its steps are repeated, taken back and done again. */
function paysOnce<T extends SiteTypes>(
  definition: SiteDefinition<T>,
  task: Task,
  way: readonly Transition[],
): void {
  const reward = milestoneReward(definition, { scale: 1, families: definition.families.map(({ name }) => name) });
  const first = (): RewardFold => reward.start(task.goal, way[0]!.from);
  const paid = (steps: readonly Transition[]): readonly (readonly { name: string; value: number }[])[] => {
    let fold = first();
    return steps.map((step) => {
      const turn = fold.next(step);
      fold = turn.fold;
      return turn.terms;
    });
  };
  const each = paid(way);
  const idle = each.findIndex((terms) => !terms.some(({ value }) => value > 0));
  assert.equal(idle, -1, `${task.key}: step ${idle + 1} of the solution earned no milestone`);
  const names = each.flat().map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, `${task.key}: a milestone was paid twice: ${names.join(", ")}`);
  const total = (steps: readonly Transition[]): string =>
    paid(steps).flat().reduce((sum, { value }) => sum + value, 0).toFixed(6);
  const back = way.map(({ from, to }): Transition => ({ from: to, to: from, parsed: waiting }));
  const [whole, round] = [total(way), [...back.toReversed(), ...way]];
  assert.equal(total([...way, ...round, ...round]), whole, `${task.key} pays for its way done again`);
  const stepwise = way.flatMap((step, i) => [step, back[i]!, step, back[i]!, step]);
  assert.equal(total(stepwise), whole, `${task.key} pays for its steps done again`);
  const still = first().next({ from: way[0]!.from, to: way[0]!.from, parsed: waiting });
  assert.deepEqual(still.terms, [], `${task.key} pays for waiting`);
}

const waiting: Transition["parsed"] = { ok: true, action: { action: "noop" }, repairs: 0 };
