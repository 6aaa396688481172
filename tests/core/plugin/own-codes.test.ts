// A user's plugin with error codes of its own, run as any other.
import { asked } from "../../fixtures/plugins/lamp.ts";
import { assert, suite } from "../../harness.ts";
import { capture } from "../cli/capture.ts";
import { runsFolder } from "../run/board-run.ts";

const test = suite("plugin/own codes");

const run = (runsDir: string, rule: string) =>
  capture([
    ...["run", "tests/board/pipeline.yaml", "--runs-dir", runsDir, "--json", "--set", "limits.fault_retries=2"],
    ...["--set", `policy={use: ./tests/fixtures/plugins/lamp.ts, options: {rule: ${rule}}}`],
    ...["--set", "stages=[{evaluate: {label: only, sample_size: 1}}]"],
  ]);

test("a code of a plugin that is fatal is asked for once and ends the run with its own exit status", async (t) => {
  const { exit, out } = await run(t.use(runsFolder()).path, "fatal");
  const done = JSON.parse(out.split("\n").at(-1)!);
  assert.equal([exit, done.exit, done.error], [3, 3, {
    code: "HALO_LAMP_BROKEN",
    message: "the lamp stays dark",
  }]);
  assert.is(asked.fatal, 1);
});

test("a code of a plugin that may be retried is retried, and ends the run as a fault of the policy", async (t) => {
  const { exit, out } = await run(t.use(runsFolder()).path, "retry");
  const done = JSON.parse(out.split("\n").at(-1)!);
  assert.equal([exit, done.error.code], [7, "HALO_POLICY_FAULT"]);
  assert.match(done.error.message, "the lamp stays dark");
  assert.is(asked.retry, 3);
});

test("halo plugins show lists the codes of a plugin, each with its exit status, rule, cause and what to do", async () => {
  const { out } = await capture(["plugins", "show", "policy/./tests/fixtures/plugins/lamp.ts"]);
  assert.match(
    out,
    [
      "error codes:",
      "  HALO_LAMP_BROKEN  exit 3, fatal. the lamp is broken; buy another lamp",
      "  HALO_LAMP_BUSY    exit 7, retry. the lamp is blinking",
    ].join("\n"),
  );
});
