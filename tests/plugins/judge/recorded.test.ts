// The recorded steps that come with halo, played again: UPDATE_SNAPSHOTS=1 records them anew.
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { readTracks, writeTracks } from "../../../core/run/rescore/recorded-tracks.ts";
import type { Observation } from "../../../core/domain/observation.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { act, show } from "../sites/gomail/mailbox.ts";
import { boxOf } from "../sites/gomail/ways.ts";
import { families, recordTracks, stepsLeft, taskOf } from "./record.ts";

const test = suite("judge/recorded");
const file = new URL("../../../configs/recorded/mailbox.json", import.meta.url);
const about =
  "Steps of the mail site without a browser; `left` is what its scripted solution needs afterwards, 20 where " +
  "it does not get there any more. Names, addresses and texts are invented.";
const controls = ({ elements }: Observation) => elements;

test("every recorded step leads to its page, and so many steps are left from there", () => {
  if (process.env["UPDATE_SNAPSHOTS"]) writeFileSync(file, writeTracks(about, recordTracks()));
  const tracks = readTracks(readFileSync(file, "utf8"), "mailbox.json");
  assert.is(tracks.length, families.length);
  let steps = 0;
  for (const [i, { goal, first, points }] of tracks.entries()) {
    const task = taskOf(families[i]!);
    assert.equal(goal, task.goal);
    let box = boxOf(task);
    assert.equal(controls(first), controls(show(box)));
    for (const { candidates, taken } of points) {
      const after = candidates.map(({ action }) => act(box, action));
      assert.equal(candidates.map(({ to }) => controls(to)), after.map((next) => controls(show(next))));
      assert.equal(candidates.map(({ left }) => left), after.map((next) => stepsLeft(task, next)));
      assert.is(candidates[taken]!.left, Math.min(...candidates.map(({ left }) => left)));
      box = after[taken]!;
      steps += candidates.length;
    }
  }
  assert.ok(steps >= 100, `${steps} steps`);
});

test("a file of other content is refused with what was expected", async () => {
  const e = await thrownBy(() => readTracks("{}", "mine.json"));
  assert.match(String(e), /mine\.json holds no recorded steps/);
});
