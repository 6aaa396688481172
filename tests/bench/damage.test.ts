// runtime: node
import { join } from "node:path";
import { damageCase } from "../../bench/damage/damage-case.ts";
import { filesOf, leftRuns } from "../../bench/damage/left.ts";
import { waysToDamage } from "../../bench/damage/ways.ts";
import { assert, suite } from "../harness.ts";
import { runsFolder } from "../core/run/board-run.ts";

const test = suite("bench/damage");

test(
  "a damaged file of a run is named, with a way on that leads to the same end, or changes nothing",
  async (t) => {
    const folder = t.use(runsFolder()).path;
    const left = (await leftRuns(folder, { seed: 7, withTrees: false })).at(-1)!;
    // One of each kind, of the last iteration.
    const kinds = new Map(
      filesOf(left.path).filter((file) => !file.startsWith("iter/1/")).map((file) =>
        [file.replace(/^(ep|pages|.*\/slots)\/.*/, "$1"), file] as const
      ),
    );
    assert.ok(kinds.size >= 14, [...kinds.keys()].join());
    const ways = Object.keys(waysToDamage);
    const ends: string[] = [];
    for (const [i, file] of [...kinds.values()].entries()) {
      const way = ways[i % ways.length]!;
      const { end, text } = await damageCase(join(folder, "case"), { left, file, way, seed: 7 });
      assert.is.not(end, "WRONG", `${file} ${way}: ${text}`);
      ends.push(end);
    }
    assert.ok(ends.filter((end) => end === "refused").length >= 3, ends.join());
    assert.ok(ends.includes("told") && ends.includes("harmless"), ends.join());
  },
  { timeoutMs: 120_000 },
);
