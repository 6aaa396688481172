// runtime: node
/** What docs/rewards.md and docs/pipelines.md tell a reader to write, written. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RewardShaper } from "halo-agent";
import { parse } from "yaml";
import { loadPlugin } from "../../core/plugin/load.ts";
import { checkReward, readPath, termsOf } from "../../core/testing.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { capture } from "../core/cli/capture.ts";
import { assert, suite } from "../harness.ts";

const test = suite("docs/rewards");
const root = packageRoot();
const doc = (name: string) => readFileSync(join(root, "docs", name), "utf8");
const block = (text: string, language: string) =>
  new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(text)![1]!;

test("the reward of rewards.md, step by step: new, edit, name, check", async (t) => {
  const text = doc("rewards.md");
  const dir = mkdtempSync(join(tmpdir(), "halo-docs-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  assert.is((await capture(["new", "reward", "opened"], { cwd: dir })).exit, 0);
  const code = block(text, "ts");
  assert.ok(code.split("\n").filter((line) => line.trim() !== "").length <= 16, "about 15 lines");
  writeFileSync(join(dir, "opened/reward.ts"), code);
  const plugin = await loadPlugin({ kind: "reward", use: "./opened/reward.ts", from: dir });
  const reward = await plugin.create({}, {}) as RewardShaper;
  const path = readPath(join(dir, "opened/pages.json"));
  checkReward(reward, path);
  const evidence = 'the page offers "Add star to email from Ada Byron, Tide tables"';
  assert.equal(termsOf(reward, path), [[], [{ name: "opened", value: 0.2, evidence }], [], []]);

  writeFileSync(join(dir, "mine.yaml"), block(text, "yaml"));
  const checked = await capture(["check", "mine.yaml"], { cwd: dir });
  assert.is(checked.exit, 0, checked.err);
});

test("every command of rewards.md and troubleshooting.md is one that halo takes", async () => {
  const commands = [doc("rewards.md"), doc("troubleshooting.md"), doc("pipelines.md")]
    .flatMap((text) => [...text.matchAll(/`halo ([^`]+)`/g)].map(([, command]) => command!.replaceAll("\n", " ")));
  assert.ok(commands.length > 20, `${commands.length} commands`);
  for (const command of commands) {
    const [name = "", ...args] = command.split(/\s+/);
    const help = await capture([name, "--help"]);
    assert.is(help.exit, 0, `halo ${command}`);
    for (const flag of args.filter((arg) => arg.startsWith("--"))) {
      assert.ok(help.out.includes(`${flag.replace(/=.*/, "")} `), `halo ${command}: ${flag}`);
    }
  }
});

test("the A/B pipeline shown is the pipeline shipped", () => {
  const shown = [...doc("pipelines.md").matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text!)
    .find((text) => text.includes("arms:"))!;
  assert.equal(parse(shown), parse(readFileSync(join(root, "pipelines/ab-loss.yaml"), "utf8")));
});
