import { keptPagesCost } from "../../bench/overhead/kept-pages.ts";
import { median, medianInterval } from "../../bench/overhead/paired.ts";
import { listRuns, openRun } from "../../core/record/runs.ts";
import { keyedRng } from "../../core/stats/rng.ts";
import { runsFolder } from "../core/run/board-run.ts";
import { assert, suite } from "../harness.ts";

const test = suite("bench/overhead");

test("median is the middle value, or the mean of the two in the middle", () => {
  assert.equal([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])], [2, 2.5, 7]);
});

test("medianInterval lies around the median, narrower for more pairs, and is the value where all are equal", () => {
  assert.equal(medianInterval([2, 2, 2]), { median: 2, ci95: [2, 2] });
  const rng = keyedRng("pairs");
  const around = (count: number) => medianInterval(Array.from({ length: count }, () => 5 + rng.next() - 0.5));
  const [few, many] = [around(7), around(300)];
  for (const { median, ci95: [low, high] } of [few, many]) assert.ok(low <= median && median <= high && high - low > 0);
  const width = ({ ci95: [low, high] }: typeof few) => high - low;
  assert.ok(width(many) < width(few) / 2, `${width(many)} of ${width(few)}`);
  assert.ok(Math.abs(many.median - 5) < 0.1);
});

test(
  "keptPagesCost plays equal episodes with and without pages, and weighs the files of slots and episodes",
  async (t) => {
    const { path } = t.use(runsFolder());
    const cost = await keptPagesCost(path, { pipeline: "tests/board/pipeline.yaml", pairs: 2, iterations: 1 });
    for (const { median, ci95 } of [cost.cpuMs, cost.clockMs]) {
      assert.ok(ci95[0] <= median && median <= ci95[1], `${median} in ${ci95}`);
    }
    assert.ok(cost.stepMs > 0);
    assert.ok(cost.bytesOf.slot > cost.bytesOf.episode && cost.bytesOf.episode > 100, JSON.stringify(cost.bytesOf));
    const runs = await Promise.all((await listRuns(path)).map((run) => openRun(run.path, path)));
    assert.is(runs.length, 5, "one to begin with and two pairs");
    const played = async (run: (typeof runs)[number]) =>
      new Map((await run.episodes()).map(({ id, steps, reward, stop }) => [id, { steps, reward, stop }]));
    for (const seed of [1, 2]) {
      const [one, other] = runs.filter(({ info }) => info.seed === seed);
      const [withPages, without] = [await played(one!), await played(other!)];
      assert.equal([...withPages.keys()].sort(), [...without.keys()].sort());
      for (const [id, episode] of withPages) assert.equal(episode, without.get(id), id);
    }
  },
  { timeoutMs: 120_000 },
);
