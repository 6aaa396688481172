import { assert, suite } from "../../../harness.ts";
import { realMailSite, solve } from "./solve.ts";
import type { Seen } from "./solve.ts";
import { gomailReward, gomailTasks, kinds, templates } from "./kit.ts";

const test = suite("gomail oracle on the real page");

/** What each step earns, summed. */
function earned(text: string, steps: readonly Seen[]): number[] {
  const goal = { id: "t", text, startUrl: "", maxSteps: 12 };
  let fold = gomailReward({ scale: 1, families: kinds }).start(goal, steps[0]!.from);
  return steps.map(({ action, from, to }) => {
    const next = fold.next({ from, to, parsed: { ok: true, action, repairs: 0 } });
    fold = next.fold;
    return next.terms.reduce((sum, term) => sum + term.value, 0);
  });
}

test(
  "nextAction solves a task of every template in the optimum, every step earning a milestone",
  async (t) => {
    const environment = t.use(await realMailSite());
    for (const { name, optimum } of templates) {
      const source = gomailTasks({ templates: [name], max_optimum: 8, cap: 0 });
      const task = source.draw({ split: "paraphrase", index: 3, seed: 123 });
      const steps = await solve(environment, task, t);
      assert.equal(steps.flatMap((s) => s.error ?? []), [], task.id);
      assert.equal({ id: task.id, steps: steps.length, solved: steps.at(-1)!.solved }, {
        id: task.id,
        steps: optimum,
        solved: true,
      });
      assert.ok(earned(task.goal.text, steps).every((value) => value >= 0.2), task.id);
    }
  },
  { timeoutMs: 60_000 },
);
