import { assert, suite } from "../../harness.ts";
import { board } from "./board.ts";
import { capture } from "./capture.ts";

const test = suite("cli/tasks audit");
const shelf = "tests/fixtures/audit/shelf.yaml";

test("halo tasks audit names the graders that pass what they should not, and exits with 5", async () => {
  const { exit, out, err } = await capture(["tasks", "audit", shelf]);
  assert.equal(out.split("\n"), [
    "task    untouched  empty    solution  wrong work  others' solutions  both",
    "tea     refuses    refuses  passes    refuses     passes 0 of 5      passes 4 of 5",
    "rice    refuses    refuses  passes    passes      passes 4 of 5      -",
    "empty   refuses    passes   passes    -           passes 0 of 5      -",
    "always  passes     passes   -         -           passes 6 of 6      -",
    "never   refuses    refuses  refuses   -           passes 0 of 5      -",
    "exact   refuses    refuses  passes    -           passes 0 of 5      -",
    "broken  refuses    refuses  -         -           passes 0 of 5      -",
    "",
    "tea passes its solution with more on top: that of rice, never, exact, broken",
    "rice passes wrong work: any other thing",
    "rice passes the solution of tea, never, exact, broken",
    'empty passes an empty report: the shelf holds "nothing"',
    'always passes the untouched state: the shelf holds ["milk"]',
    'always passes an empty report: the shelf holds "nothing"',
    "always passes the solution of tea, rice, empty, never and 2 more",
    'never refuses its solution: the shelf holds ["milk","salt"]',
    "broken could not be asked (solution): HALO_CALL_FAILED, the rule cannot read a shelf with bread",
  ]);
  assert.equal(err.split("\n"), [
    "7 tasks of shelf audited",
    "7 tasks, 5 with findings, 1 with faults; passed: untouched 1 of 7, empty 2 of 7, solution 4 of 5, wrong 1 of 2, " +
    "other 10 of 36, both 4 of 5",
  ]);
  assert.is(exit, 5);
});

test("the exit status is 0 for strict graders, 4 for one that cannot be asked; --others takes fewer solutions", async () => {
  const names = (...list: string[]) => `tasks.options.names=[${list.join(",")}]`;
  const strict = await capture(["tasks", "audit", shelf, "--set", names("exact"), "--json"]);
  assert.is(strict.exit, 0);
  assert.equal(JSON.parse(strict.out.split("\n").at(-1)!), { type: "done", ok: true, exit: 0, tasks: 1 });
  const broken = await capture(["tasks", "audit", shelf, "--set", names("broken", "exact")]);
  assert.is(broken.exit, 4);
  const few = await capture(["tasks", "audit", shelf, "--others", "2", "--json"]);
  assert.equal(
    few.out.split("\n").slice(0, -1).map((line) => JSON.parse(line)).map(({ key, counts }) => [key, counts.other.of]),
    ["tea", "rice", "empty", "always", "never", "exact", "broken"].map((key) => [key, 2]),
  );
});

test("without scripted states the tasks are played on pages, each task once", async () => {
  const { exit, out } = await capture(["tasks", "audit", board, "--split", "eval", "--limit", "2"]);
  assert.is(exit, 0);
  assert.match(out, /^task +untouched.*\nboard\/eval\/0@0 +refuses +- +- +- +- +-\nboard\/eval\/1@0 +refuses/);
});

test("halo tasks audit refuses what it has no use for", async () => {
  const says = async (...words: string[]) => (await capture(["tasks", "audit", ...words])).err;
  assert.match(await says(), /expected a pipeline to audit/);
  assert.match(await says(shelf, "--from", "x"), /halo tasks audit takes no --from/);
  assert.match(await says(shelf, "--others", "1.5"), /--others must be a whole number, got "1.5"/);
  assert.match(await says(shelf, "--match", "nothing", "--limit", "0"), /no task fits/);
});
