import { definePlugin, type Task } from "halo-agent";
import { keyedRng, shuffle } from "halo-agent/kit";

const words: Readonly<Record<string, readonly string[]>> = {
  train: [
    "kiwi",
    "plum",
    "fig",
    "lime",
    "pear",
    "date",
    "quince",
    "guava",
    "melon",
    "papaya",
    "mango",
    "olive",
    "peach",
    "cherry",
    "apple",
    "lemon",
  ],
  eval: [
    "oak",
    "elm",
    "ash",
    "fir",
    "yew",
    "larch",
    "birch",
    "cedar",
    "maple",
    "alder",
    "aspen",
    "rowan",
    "hazel",
    "holly",
    "beech",
    "poplar",
  ],
};

/** Press one or two named tiles. */
export default definePlugin({
  kind: "tasks",
  name: "board",
  summary: "Press named tiles, for tests of the run loop.",
  options: { type: "object", additionalProperties: false, properties: {} },
  create() {
    const draw = (o: { readonly split: string; readonly index: number; readonly seed: number }): Task => {
      const rng = keyedRng("board", o.split, o.index, o.seed);
      const tiles = shuffle(rng, words[o.split] ?? []).slice(0, 12);
      const wanted = tiles.slice(0, 1 + o.index % 2);
      const at = shuffle(rng, tiles);
      const id = `board/${o.split}/${o.index}@${o.seed}`;
      const text = wanted.length === 1
        ? `Press the tile "${wanted[0]}".`
        : `Press the tile "${wanted[0]}", then the tile "${wanted[1]}".`;
      const goal = { id, text, startUrl: "board:/", maxSteps: 2 * wanted.length + 2 };
      const template = wanted.length === 1 ? "one" : "two";
      return {
        id,
        key: id,
        goal,
        site: "board",
        template,
        split: o.split,
        optimum: wanted.length,
        params: { tiles: at, wanted },
      };
    };
    return {
      splits: Object.keys(words),
      draw,
      list: ({ split = "train" }) =>
        Promise.resolve(Array.from({ length: 16 }, (_, index) => draw({ split, index, seed: 0 }))),
    };
  },
});
