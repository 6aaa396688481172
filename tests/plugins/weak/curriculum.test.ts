import type { Curriculum, Task, TaskSource, TrainedTask } from "halo-agent";
import { keyedRng } from "halo-agent/kit";
import { createPlugin } from "../../../core/testing.ts";
import plugin from "../../../plugins/weak/curriculum.ts";
import { assert, suite } from "../../harness.ts";

const curriculum: Curriculum = await createPlugin<"curriculum">(plugin);
const test = suite("weak/curriculum");

const families = ["open", "rename", "search"];
const tasks: Pick<TaskSource, "splits" | "draw"> = {
  splits: ["train"],
  draw: ({ split, index, seed }) =>
    ({ key: `site/${families[index % 3]}/${index}@${seed}`, template: families[index % 3], split }) as Task,
};

const result = (template: string, successes: number): TrainedTask => ({
  taskKey: `site/${template}/0`,
  template,
  iteration: 1,
  episodes: 1,
  successes,
  meanReward: 0,
});

const wave = (trained: readonly TrainedTask[], drawn: number) =>
  curriculum.next({ n: 6, split: "train", seed: 7, drawn, trained, tasks, rng: keyedRng("wave", drawn) });

test("weak draws in order while nothing is known to fail", () => {
  assert.equal(wave([], 0).map(({ key }) => key), [
    "site/open/0@7",
    "site/rename/1@7",
    "site/search/2@7",
    "site/open/3@7",
    "site/rename/4@7",
    "site/search/5@7",
  ]);
  assert.equal(wave([result("open", 1)], 6).map(({ template }) => template), [...families, ...families]);
});

test("weak draws every other task from families that failed lately, each task once", () => {
  const trained = [result("open", 0), ...[1, 1, 1, 1].map((one) => result("open", one)), result("rename", 0)];
  const drawn = [0, 6, 12].flatMap((first) => wave(trained, first));
  assert.equal(drawn.filter((_, i) => i % 2 === 1).map(({ template }) => template), Array(9).fill("rename"));
  assert.equal(drawn.filter((_, i) => i % 2 === 0).map(({ key }) => key).slice(0, 3), [
    "site/open/0@7",
    "site/search/2@7",
    "site/rename/4@7",
  ]);
  assert.is(new Set(drawn.map(({ key }) => key)).size, 18);
  assert.equal(wave(trained, 6), drawn.slice(6, 12));
});

test("weak draws families in proportion to how often they failed", () => {
  const trained = [
    ...[0, 0, 0, 0].map((one) => result("open", one)),
    ...[0, 1, 1, 1].map((one) => result("search", one)),
  ];
  const practised = Array.from({ length: 60 }, (_, i) => wave(trained, i * 6)).flat().filter((_, i) => i % 2 === 1);
  const open = practised.filter(({ template }) => template === "open").length;
  assert.ok(open > 120 && open < 168, `${open} of 180, 144 expected`);
});
