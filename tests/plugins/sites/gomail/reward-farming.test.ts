import type { Task } from "../../../../core/domain/task.ts";
import { keyedRng, pick } from "../../../../core/kit.ts";
import { assert, suite } from "../../../harness.ts";
import { act, show } from "./mailbox.ts";
import { step } from "./pages.ts";
import { boxOf, walk } from "./ways.ts";
import type { Walked } from "./ways.ts";
import { gomailReward, gomailTasks, kinds, templates } from "./kit.ts";

const test = suite("gomail reward under farming");
const shaper = gomailReward({ scale: 1, families: kinds });

type Step = Pick<Walked, "from" | "to"> & Partial<Pick<Walked, "action">>;

/** Return of these steps, rounded to hundredths. */
function paid(task: Task, steps: readonly Step[]): number {
  let fold = shaper.start(task.goal, steps[0]!.from);
  let total = 0;
  for (const { from, to, action } of steps) {
    const next = fold.next(step(from, to, action));
    fold = next.fold;
    total += next.terms.reduce((sum, term) => sum + term.value, 0);
  }
  return Math.round(total * 100) / 100;
}

for (const { name } of templates) {
  const source = gomailTasks({ templates: [name], max_optimum: 8, cap: 0 });
  const task = source.draw({ split: "paraphrase", index: 1, seed: 9 });
  const way = walk(task);
  const whole = paid(task, way);

  test(`${name} pays nothing more after the page's own Undo`, () => {
    const steps: Step[] = [...way];
    let box = way.at(-1)!.box;
    for (let round = 0; round < 3; round++) {
      const from = show(box);
      const undo = from.elements.find((e) => e.name === "Undo" || /^(Add|Remove) star /.test(e.name));
      if (undo === undefined) break;
      const action = { action: "click", el: undo.id } as const;
      box = act(box, action);
      steps.push({ from, to: show(box), action });
      const again = walk(task, { from: box });
      steps.push(...again);
      box = again.at(-1)?.box ?? box;
    }
    assert.is(paid(task, steps), whole);
  });

  test(`${name} pays no end for looking at the pages of its way without acting`, () => {
    const idle = paid(task, way.map(({ from, to }) => ({ from, to })));
    assert.ok(idle <= whole - (/star/.test(name) ? 0 : 0.49), `${idle} of ${whole}`);
  });

  test(`${name} pays no wandering more than its way`, () => {
    for (let seed = 0; seed < 3; seed++) {
      const rng = keyedRng("farming", name, seed);
      const steps: Step[] = [];
      for (let box = boxOf(task); steps.length < 60;) {
        const from = show(box);
        const element = pick(rng, from.elements);
        const action = element.states.includes("editable")
          ? { action: "type", el: element.id, text: "budget", clear: true } as const
          : { action: "click", el: element.id } as const;
        box = act(box, action);
        steps.push({ from, to: show(box), action });
      }
      assert.ok(paid(task, steps) <= whole, `seed ${seed}`);
    }
  });
}
