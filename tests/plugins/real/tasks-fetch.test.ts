import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultFolder } from "../../../plugins/real/agisdk.ts";
import { capture } from "../../core/cli/capture.ts";
import { assert, suite } from "../../harness.ts";
import { installed } from "./installed.ts";

const test = suite("halo tasks fetch");

test("halo tasks fetch refuses sources it does not know and flags that are not its own", async () => {
  const refused: readonly (readonly [readonly string[], string])[] = [
    [["fetch", "reel"], 'there is nothing to fetch for "reel"; did you mean "real"?'],
    [["fetch", "gomail"], 'there is nothing to fetch for "gomail"; sources: miniwob, real, webarena-infinity'],
    [["fetch"], "expected a task source to fetch: miniwob, real, webarena-infinity"],
    [["fetch", "real", "gomail"], "expected one task source, got real gomail"],
    [["fetch", "--split", "eval"], "halo tasks fetch takes no --split"],
    [["fetch", "real", "--set", "pyton=python3.12"], 'tasks "real" has no option "pyton"; did you mean "python"?'],
    [["fetch", "real", "--set", "python=3"], 'the option "python" of tasks "real" must be string'],
    [["fetch", "real", "--set", "python"], '--set expects OPTION=VALUE, got "python"'],
    [["--source", "gomail", "--from", "a.whl"], "--from is for halo tasks fetch"],
    [["a.yaml", "b.yaml"], "expected one pipeline, got a.yaml b.yaml"],
  ];
  for (const [argv, message] of refused) {
    const { exit, err } = await capture(["tasks", ...argv]);
    assert.equal([exit, err], [2, `error HALO_CLI_USAGE\n  ${message}\n  see: halo tasks --help`]);
  }
});

test("halo tasks fetch --from takes a relative path and prints the folder it filled", async (t) => {
  if ("missing" in await installed()) return console.log("skipped: the REAL tasks are not here; halo tasks fetch real");
  const folder = await mkdtemp(join(tmpdir(), "halo-test-"));
  t.defer(() => rm(folder, { recursive: true }));
  const from = ["--from", "agisdk-0.3.5"];
  const { exit, out } = await capture(["tasks", "fetch", "real", ...from, "--to", join(folder, "to"), "--json"], {
    cwd: join(defaultFolder(), ".."),
  });
  const done = { type: "done", ok: true, exit: 0, source: "real", folder: join(folder, "to"), is_new: true };
  assert.equal([exit, JSON.parse(out)], [0, done]);
  const again = await capture(["tasks", "fetch", "real", "--to", join(folder, "to")]);
  assert.equal([again.exit, again.out], [0, join(folder, "to")]);
  assert.match(again.err, /already there, every file verified$/);
});

test("halo tasks fetch asks a source of a user's own, with its options", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "halo-test-"));
  t.defer(() => rm(folder, { recursive: true }));
  const source = `import { definePlugin } from "halo-agent";
    export default definePlugin({
      kind: "tasks", name: "mine", summary: "fetched",
      options: { type: "object", additionalProperties: false, properties: { year: { type: "integer" } } },
      fetch: async ({ year }, { to }) => ({ folder: to + "/" + year, isNew: true }),
      create() {},
    });`;
  await writeFile(join(folder, "mine.js"), source);
  const argv = ["tasks", "fetch", "./mine.js", "--set", "year=2026", "--to", "there"];
  const { exit, out, err } = await capture(argv, { cwd: folder });
  assert.equal([exit, out], [0, join(folder, "there/2026")], err);
});
