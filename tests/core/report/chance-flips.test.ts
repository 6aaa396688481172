import type { EpisodeSummary } from "../../../core/record/episode.ts";
import { chanceFlips } from "../../../core/report/compared-side.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("report/chance-flips");

/** Trials of a task, "1" a solved one. */
const trials = (taskKey: string, outcomes: string): readonly EpisodeSummary[] =>
  [...outcomes].map((outcome, i) =>
    ({ id: `base/${taskKey}#${i}`, label: "base", taskKey, success: outcome === "1" }) as EpisodeSummary
  );

test("chanceFlips compares the odd trials of each task with the even ones", () => {
  const episodes = [trials("a", "11"), trials("b", "10"), trials("c", "1001"), trials("d", "1010"), trials("e", "1")];
  // a: 1 against 1; b: 1 against 0; c: 1/2 against 1/2; d: 1 against 0; e was tried once.
  assert.equal(chanceFlips({ label: "base", run: "/runs/r", episodes: episodes.flat() }), { n: 4, flipped: 2 });
});

test("chanceFlips is silent where no task was tried twice", () => {
  assert.is(chanceFlips({ label: "base", run: "/runs/r", episodes: trials("a", "1") }), undefined);
});
