import { type Curriculum, definePlugin, type Task, type TrainedTask, type WaveRequest } from "halo-agent";

/**
 * Every other training task is of a family that fails often; the rest come in order, so that no family is forgotten. What
 * is solved already gives groups without gradient, and a long family would need many rounds of all to be seen often enough.
 */
export default definePlugin({
  kind: "curriculum",
  name: "weak",
  summary: "Every other task is of a family whose last tasks failed, the others come in order.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      last: { type: "integer", minimum: 1, default: 4, description: "How many of a family's last tasks count." },
    },
  },
  create: ({ last }): Curriculum => ({
    next(o) {
      const failing = failingIn(o.trained, last);
      return Array.from({ length: o.n }, (_, slot) => {
        const place = o.drawn + slot;
        return place % 2 === 0 || failing.length === 0
          ? o.tasks.draw({ split: o.split, index: place, seed: o.seed })
          : practice(o, { place, family: pick(failing, o.rng.derive(slot).next()) });
      });
    },
  }),
});

/** A family with the part of its last tasks that failed. */
interface Failing {
  readonly family: string;
  readonly weight: number;
}

/** Tasks for practice are drawn beyond all that come in order. */
const practiceStart = 2 ** 24;
/** Tasks that are looked at to find one of a family. */
const looked = 256;

const familyOf = ({ key, template }: { readonly key: string; readonly template: string }): string =>
  `${key.split("/")[0]} ${template}`;

function failingIn(trained: readonly TrainedTask[], last: number): readonly Failing[] {
  const families = Map.groupBy(trained, ({ taskKey, template }) => familyOf({ key: taskKey, template }));
  return [...families].map(([family, tasks]) => {
    const recent = tasks.slice(-last);
    const failed = recent.reduce((sum, { episodes, successes }) => sum + 1 - successes / episodes, 0);
    return { family, weight: failed / recent.length };
  }).filter(({ weight }) => weight > 0);
}

/** The family at `at`, from 0 to 1, of all weights side by side. */
function pick(failing: readonly Failing[], at: number): string {
  let left = at * failing.reduce((sum, { weight }) => sum + weight, 0);
  return (failing.find(({ weight }) => (left -= weight) < 0) ?? failing.at(-1)!).family;
}

/** A task of the family that no other place draws; another one where the source has grown too wide to meet the family. */
function practice(
  { tasks, split, seed }: Pick<WaveRequest, "tasks" | "split" | "seed">,
  { place, family }: { readonly place: number; readonly family: string },
): Task {
  let task: Task | undefined;
  for (let i = 0; i < looked; i++) {
    task = tasks.draw({ split, index: practiceStart + place * looked + i, seed });
    if (familyOf(task) === family) break;
  }
  return task!;
}
