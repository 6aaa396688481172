import { checkTasks } from "../../../core/testing.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { unserved } from "../../../plugins/miniwob/suites.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { sourceOn, standIn } from "./stand-in.ts";

const test = suite("miniwob/tasks");

test("evaluation takes the published seeds in order in test mode, training other seeds in train mode", async () => {
  const source = await sourceOn(standIn, { tasks: ["pick-name", "write-word"] });
  const params = (split: string, index: number, seed: number) => source.draw({ split, index, seed }).params;
  assert.equal([0, 1, 2, 199].map((index) => params("eval", index, 0)), [
    { name: "pick-name", seed: 200_000, mode: "test" },
    { name: "write-word", seed: 200_000, mode: "test" },
    { name: "pick-name", seed: 200_001, mode: "test" },
    { name: "write-word", seed: 200_099, mode: "test" },
  ]);
  const trained = Array.from({ length: 40 }, (_, index) => params("train", index, 7) as { seed: number; mode: string });
  assert.ok(trained.every(({ seed, mode }) => seed >= 0 && seed < 200_000 && mode === "train"));
  assert.ok(new Set(trained.map(({ seed }) => seed)).size > 30);
  await checkTasks(await sourceOn(standIn));
});

test("what cannot be played is listed with its reason, and refused", async () => {
  const source = await sourceOn(standIn);
  const listed = await source.list({ split: "unserved" });
  assert.equal(listed.map(({ template }) => template), Object.keys(unserved));
  assert.ok(listed.every(({ template, goal }) => goal.text === `Not playable: ${unserved[template]}.`));
  assert.equal((await source.list({ split: "eval", match: "*pick-name*" })).length, 100);
  const codes = [];
  for (const name of ["hover-shape", "pick-nam"]) {
    const e = await thrownBy(() => sourceOn(standIn, { tasks: [name] }));
    assert.ok(isHaloError(e, "HALO_MINIWOB_TASK"), String(e));
    codes.push(e.message.slice(0, 40));
  }
  assert.equal(codes, ['"hover-shape" cannot be played: the page', 'there is no task "pick-nam"']);
});

test("a folder without pages says how they are fetched", async () => {
  const e = await thrownBy(() => sourceOn("/nowhere"));
  assert.ok(isHaloError(e, "HALO_MINIWOB_MISSING"), String(e));
  assert.equal([e.message, e.hint?.slice(0, 24)], [
    "there are no MiniWoB++ pages in /nowhere",
    "halo tasks fetch miniwob",
  ]);
});
