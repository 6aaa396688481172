import { definePlugin, HaloError } from "halo-agent";
import type { Json, Task, TaskSource } from "halo-agent";
import { keyedRng } from "halo-agent/kit";
import { drawPicture, type Family, places } from "./picture.ts";

interface Split {
  readonly family: Family;
  readonly isBlank: boolean;
}

const splits: Readonly<Record<string, Split>> = {
  train: { family: "train", isBlank: false },
  eval: { family: "eval", isBlank: false },
  blank_train: { family: "train", isBlank: true },
  blank_eval: { family: "eval", isBlank: true },
};

const listed = 200;

/** One goal text for every task: which click is right stands in the picture alone. */
export default definePlugin({
  kind: "tasks",
  name: "places",
  summary: "one click on the place opposite the mark; train and eval share no offset, grey or shade",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      goal: { type: "string", default: "Click the right place.", description: "Text of the goal." },
    },
  },
  create: ({ goal }): TaskSource => {
    const draw: TaskSource["draw"] = ({ split, index, seed }) => taskOf({ split, index, seed, goal });
    return {
      splits: Object.keys(splits),
      draw,
      list: ({ split = "train" }) =>
        Promise.resolve(Array.from({ length: listed }, (_, index) => draw({ split, index, seed: 0 }))),
    };
  },
});

/** Marks come in turn, so that every four tasks hold each place once. */
function taskOf(
  { split, index, seed, goal }: {
    readonly split: string;
    readonly index: number;
    readonly seed: number;
    readonly goal: string;
  },
): Task {
  const drawn = splits[split];
  if (!drawn) throw new HaloError("HALO_TASK_SPLIT_UNKNOWN", `the task source "places" has no split "${split}"`);
  const id = `places/${split}/${seed}/${index}`;
  const mark = index % places.length;
  const picture = drawPicture(keyedRng("places", split, seed, index), { ...drawn, mark });
  return {
    id,
    key: id,
    goal: { id, text: goal, startUrl: "/", maxSteps: 1 },
    site: "places",
    template: places[mark]!.replace(" ", "-"),
    split,
    optimum: 1,
    params: { picture: picture as unknown as Json },
  };
}
