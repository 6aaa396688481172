import { gomailReward } from "../../../plugins/gomail/reward.ts";
import { milestones } from "../../../plugins/gomail/reward/milestones.ts";
import { gomailTasks } from "../../../plugins/gomail/tasks.ts";
import { templates } from "../../../plugins/gomail/tasks/template.ts";
import { assert, suite } from "../../harness.ts";
import { realMailSite, solve } from "./solve.ts";
import type { Seen } from "./solve.ts";

const test = suite("gomail oracle on the real page");

/** Names of the milestones each step earns. */
function earned(text: string, steps: readonly Seen[]): string[] {
  const goal = { id: "t", text, startUrl: "", maxSteps: 12 };
  let fold = gomailReward({ scale: 1, families: Object.keys(milestones) }).start(goal, steps[0]!.from);
  return steps.map(({ action, from, to }) => {
    const next = fold.next({ from, to, parsed: { ok: true, action, repairs: 0 } });
    fold = next.fold;
    return next.terms.map((term) => term.name).join(" ");
  });
}

const way: Readonly<Record<string, readonly string[]>> = {
  star: ["starred"],
  archive: ["mail", "archived"],
  label: ["mail", "labels_menu", "labelled"],
  search_delete: ["found", "mail", "deleted"],
  reply: ["mail", "reply_box", "text", "sent"],
  compose: ["compose", "recipient", "subject", "message ready", "sent"],
};

test(
  "nextAction solves four eval tasks of every template in the optimum, every step earning its milestone",
  async (t) => {
    const environment = t.use(await realMailSite());
    for (const { name } of templates) {
      const source = gomailTasks({ templates: [name], max_optimum: 8, cap: 0 });
      for (let index = 0; index < 4; index++) {
        const task = source.draw({ split: "eval", index, seed: 123 });
        const steps = await solve(environment, task, t);
        assert.equal(steps.flatMap((s) => s.error ?? []), [], task.id);
        assert.is(steps.at(-1)!.solved, true, task.id);
        assert.equal(earned(task.goal.text, steps), way[name], task.id);
      }
    }
  },
  { timeoutMs: 60_000 },
);
