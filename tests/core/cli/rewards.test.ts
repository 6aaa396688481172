import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, suite } from "../../harness.ts";
import { capture } from "./capture.ts";

const test = suite("cli/rewards");
const outOf = async (...argv: string[]) => {
  const { exit, out, err } = await capture(["rewards", ...argv]);
  return { exit, out: out.split("\n").filter((line) => line !== ""), err };
};

test("halo rewards explain prints what decided, the errands and what pays", async () => {
  const { exit, out } = await outOf(
    "explain",
    "bin all mails from Tom Becker, then star the newest one from Jane",
    "--site",
    "gomail",
  );
  assert.equal([exit, out], [0, [
    "understood by its words",
    '1. delete: senders ["Tom Becker"], quantity "all"  (decided by "trash")',
    '2. star: senders ["Jane"], order "newest", quantity "one"  (decided by "star")',
    "pays mail 0.3, deleted 0.5, starred 0.5; 1.3 in all",
  ]]);
  const known = await outOf("explain", "--task", "v2.gomail-16");
  assert.equal(known.out.slice(0, 2), ["understood by the task's id", '1. create_label: labels ["Support Emails"]']);
  const none = await outOf("explain", "print the mail", "--site", "gomail");
  assert.is(
    none.out[0],
    'understood by nothing: the site\'s general way is paid ("print" is nothing this site can do)',
  );
});

test("halo rewards coverage counts over a list, with and without labels", async () => {
  const folder = await mkdtemp(join(tmpdir(), "goals-"));
  try {
    const file = join(folder, "goals.json");
    await writeFile(file, JSON.stringify(["star the mail from Jo", "juggle"]));
    assert.is((await outOf("coverage", file, "--site", "gomail")).err, "2 goals: 1 (50 %) understood, 1 (50 %) not");
    await writeFile(
      file,
      JSON.stringify([
        { goal: "bin the mail from Jo", kind: "trash" },
        { goal: "archive the mail from Jo", kind: "star" },
        { goal: "print it", kind: "none" },
        { goal: "take care of the mail from Jo", kind: null, oneOf: ["reply", "archive"] },
        { goal: "star the mail from Jo", kind: "several", kinds: ["star", "reply"] },
      ]),
    );
    const { exit, out, err } = await outOf("coverage", file, "--site", "gomail");
    assert.equal([exit, out], [0, ["wrong           archive the mail from Jo  [star; archive]"]]);
    assert.is(
      err,
      "5 goals: kind right 3 (60 %), not understood 0 (0 %), part of it 1 (20 %), paid as another kind 1 (20 %)",
    );
    await writeFile(file, '{ "goal": "x" }');
    const wrong = await outOf("coverage", file, "--site", "gomail");
    assert.is(wrong.exit, 2);
    assert.match(wrong.err, "is no list of goals");
    await writeFile(file, '[{ "goal": "x", "kinds": "star" }]');
    assert.match((await outOf("coverage", file, "--site", "gomail")).err, 'has kinds: "star" at place 1');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a goal without a site is refused with the rewards that read goals", async () => {
  const { exit, err } = await outOf("explain", "star the mail");
  assert.is(exit, 2);
  assert.match(err, "rewards that do: gocalendar, gomail, omnizon, zilloft");
});

test("halo rewards says what it expects", async () => {
  for (
    const argv of [["explain"], ["coverage"], ["guess", "x"], ["coverage", "nowhere.json"], [
      "explain",
      "x",
      "--site",
      "shaping",
    ]]
  ) {
    const { exit, err } = await outOf(...argv);
    assert.is(exit, 2, argv.join(" "));
    assert.match(err, "HALO_CLI_USAGE");
  }
});
