// pipelines/eval-modes.yaml and eval-real-modes.yaml as they ship, in a real browser, against servers that speak the wire
// forms of both policies.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capture } from "../core/cli/capture.ts";
import { runsFolder } from "../core/run/board-run.ts";
import { assert, suite, type TestContext } from "../harness.ts";
import { completion, startServer } from "../plugins/openai/test-server.ts";
import { installed } from "../plugins/real/installed.ts";
import { FaultServer, scored } from "../plugins/vllm/fault-server.ts";

const missing = (await Promise.all(["gomail", "gocalendar", "omnizon", "zilloft"].map((site) => installed(site))))
  .flatMap((one) => "missing" in one ? [one.missing] : [])[0];
const test = suite("pipelines/eval-modes");
const arms = ["gpt4o_baseline", "qwen3vl_base", "qwen3vl_grpo", "qwen3vl_mcts"];

/** An adapter's folder as a trainer leaves it. */
function adapter(dir: string): string {
  const ids = [5, 6, 7, 8];
  mkdirSync(dir, { recursive: true });
  const manifest = {
    schema: "halo.adapter/1",
    version: 1,
    base: "tiny",
    location: dir,
    sha256: dir.endsWith("grpo") ? "a".repeat(64) : "b".repeat(64),
    dtype: "float32",
    canary: { ids, logprobs: scored(dir, ids), base_logprobs: scored("tiny", ids) },
  };
  writeFileSync(join(dir, "halo.json"), JSON.stringify(manifest));
  return dir;
}

/** Runs a pipeline of the four modes, each against a stand-in that gives up at once; `sets` are its further settings. */
async function ran(file: string, sets: readonly string[], t: TestContext) {
  const runs = t.use(runsFolder());
  const done = JSON.stringify({ thought: "nothing to do", action: { action: "done", text: null } });
  const gpt = t.use(await startServer(() => completion([done]), { model: "gpt-4o-2024-11-20", key: "sk-test" }));
  const vllm = t.use(new FaultServer());
  const env = {
    OPENAI_API_KEY: "sk-test",
    HALO_OPENAI_URL: gpt.url,
    HALO_VLLM_URL: await vllm.listen(),
    HALO_MODEL: "tiny",
  };
  const all = [
    ...sets,
    "limits.loop=2",
    ...["grpo", "mcts"].map((name) =>
      `arms.qwen3vl_${name}.policy.options.adapter=${JSON.stringify(adapter(join(runs.path, "adapters", name)))}`
    ),
  ];
  const argv = ["run", `pipelines/${file}`, "--runs-dir", runs.path, ...all.flatMap((set) => ["--set", set])];
  const { exit, out, err } = await capture(argv, { env });
  assert.is(exit, 0, err);
  const lines = out.split("\n");
  assert.match(
    lines[0]!,
    /^arm\/evaluation +solved +% \[95 %\] +points against gpt4o_baseline +p \(Holm\) +steps +spent$/,
  );
  return { lines, chats: gpt.chats.length };
}

const rowsOf = (lines: readonly string[]) => lines.map((line) => line.split(/\s+/).slice(0, 2));

test("one command runs all four modes, keeps each in a run of its own and prints one table", async (t) => {
  const { lines, chats } = await ran("eval-modes.yaml", ["stages.0.evaluate.sample_size=2"], t);
  assert.equal(rowsOf(lines.slice(1, 5)), arms.map((arm) => [`${arm}/eval`, "0/2"]));
  assert.match(lines[1]!, /\$0\.0007, 220 tokens$/);
  assert.equal(
    lines.slice(5, 8).map((line) => line.split(",")[0]),
    arms.slice(1).map((arm) => `gpt4o_baseline/eval → ${arm}/eval`),
  );
  assert.is(chats, 2);
}, { timeoutMs: 120_000 });

if (missing !== undefined) {
  console.log(`skipped: ${missing}`);
  test("the four modes on REAL tasks are skipped because those are not here", () => {});
} else {
  test(
    "one command runs all four modes on each site's REAL tasks and prints a row for each mode and site",
    async (t) => {
      const few = [0, 1, 2, 3].map((i) => `stages.${i}.evaluate.sample_size=1`).concat("limits.invalid=2");
      const { lines, chats } = await ran("eval-real-modes.yaml", few, t);
      const rows = arms.flatMap((arm) =>
        ["mail", "calendar", "shop", "homes"].map((site) => [`${arm}/${site}`, "0/1"])
      );
      assert.equal(rowsOf(lines.slice(1, 17)), rows);
      assert.is(chats, 4);
    },
    { timeoutMs: 240_000 },
  );
}
