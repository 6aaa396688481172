import { isLatest, openRun } from "../../../core/record/runs.ts";
import { assert, suite } from "../../harness.ts";
import { runBoard, runsFolder } from "../run/board-run.ts";
import { board, small } from "./board.ts";
import { capture } from "./capture.ts";

const test = suite("cli/latest");
const evaluateOnly = "stages=[{evaluate: {label: only, sample_size: 2}}]";

test("latest is the newest run that the command can do something with", async (t) => {
  const { path } = t.use(runsFolder());
  const run = (...argv: readonly string[]) => capture(["run", board, "--runs-dir", path, "--quiet", ...argv]);
  assert.is((await run(...small)).exit, 0);
  const trained = await openRun("latest", path);
  assert.is((await run(...small, "--set=limits.env_steps=1", "--set=stages.1.train.iterations=2")).exit, 6);
  const stopped = await openRun("latest", path);
  assert.is((await run(`--set=${evaluateOnly}`)).exit, 0);
  const evaluated = await openRun("latest", path);
  const ids = async (...which: readonly string[]) =>
    await Promise.all(which.map(async (w) => (await openRun(w, path)).id));
  assert.equal(await ids("latest", "latest:train", "latest:evaluate"), [evaluated.id, stopped.id, evaluated.id]);

  const cli = (...argv: readonly string[]) => capture([...argv, "--runs-dir", path]);
  const shown = await cli("runs", "show", "latest");
  assert.ok(shown.out.startsWith(evaluated.id));
  const group = await cli("runs", "show", "latest", "--group", "i1.s0.0");
  assert.equal([group.exit, group.out.split("\n")[1]!.startsWith("group i1.s0.0")], [0, true]);
  const episode = await cli("runs", "show", "latest", "--episode", "after/");
  assert.equal([episode.exit, episode.out.startsWith("after/")], [0, true]);
  const compared = JSON.parse((await cli("compare", "latest:before", "latest:after", "--json")).out);
  assert.equal([compared.label_a, compared.label_b], [`${stopped.id}:before`, `${trained.id}:after`]);
  const last = JSON.parse((await cli("compare", "latest:train:before", "latest:evaluate:only", "--json")).out);
  assert.equal([last.label_a, last.label_b], [`${stopped.id}:before`, `${evaluated.id}:only`]);
  const played = await cli("temperature", "--from", "latest", "--n", "1", "--temperature", "0", "--json");
  assert.is(played.exit, 0, played.err);
  const resumed = await cli("run", "--resume", "latest", "--set=limits.env_steps=0", "--json");
  assert.equal([resumed.exit, JSON.parse(resumed.out.split("\n").at(-1)!).run], [0, stopped.path]);
  const again = await cli("run", "--resume", "latest", "--json");
  assert.equal([again.exit, JSON.parse(again.out.split("\n").at(-1)!).run], [0, evaluated.path], "nothing stopped");
});

test("openRun says that no run is of the kind asked for", async (t) => {
  const { path } = t.use(runsFolder());
  await runBoard(path, { sets: [evaluateOnly] });
  const message = await openRun("latest:train", path).catch((e) => e.message);
  assert.is(message, `no run "latest:train" in ${path}`);
  assert.equal(["latest", "latest:train", "latest:evaluate", "latest:x", "late"].map(isLatest), [
    true,
    true,
    true,
    false,
    false,
  ]);
});
