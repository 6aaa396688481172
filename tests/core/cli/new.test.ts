// runtime: node
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { capture } from "./capture.ts";

const test = suite("cli/new");
const root = packageRoot();
const kinds = ["reward", "tasks", "policy", "critic", "tracker"] as const;

function folder(t: TestContext, inside: string): string {
  const dir = mkdtempSync(join(inside, "halo-new-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Types a command as a person would. */
async function typed(command: string, o: { readonly cwd: string; readonly signal: AbortSignal }) {
  const env = { ...process.env, NO_COLOR: "1" } as Record<string, string | undefined>;
  delete env["NODE_TEST_CONTEXT"];
  const child = spawn("bash", ["-c", command], { ...o, env });
  let out = "";
  child.stdout.on("data", (chunk) => out += chunk);
  child.stderr.on("data", (chunk) => out += chunk);
  const exit = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  return { exit, out };
}

for (const kind of kinds) {
  test(`halo new ${kind} writes a test that passes as printed, in a folder outside of the checkout`, async (t) => {
    const dir = folder(t, tmpdir());
    const { exit, out, err } = await capture(["new", kind, `own-${kind}`], { cwd: dir });
    assert.equal([exit, err], [0, ""]);
    const command = /test it:\n {2}(.+)\n/.exec(out)![1]!;
    const ran = await typed(command, { cwd: dir, signal: t.signal });
    assert.is(ran.exit, 0, `${command}\n${ran.out}`);
    assert.match(ran.out, `own-${kind} keeps what every`);
    assert.not.match(ran.out, `my-${kind}`);

    const lines = out.split("use it")[1]!.split("\n").slice(1).map((line) => line.slice(2)).join("\n");
    writeFileSync(join(dir, "p.yaml"), `extends: halo:pipelines/grpo-gomail.yaml\n${lines}\n`);
    const checked = await capture(["check", join(dir, "p.yaml"), ...kind === "policy" ? ["--mode", "eval-only"] : []], {
      cwd: kind === "policy" ? evalOnly(dir) : dir,
    });
    assert.is(checked.exit, 0, checked.err);
  }, { timeoutMs: 60_000 });
}

test(
  "halo new site writes a site that passes every site's tests, and a pipeline for it, outside of the checkout",
  async (t) => {
    const dir = folder(t, tmpdir());
    const { exit, out, err } = await capture(["new", "site", "own-list"], { cwd: dir });
    assert.equal([exit, err], [0, ""]);
    const command = /test it:\n {2}(.+)\n/.exec(out)![1]!;
    const ran = await typed(command, { cwd: dir, signal: t.signal });
    assert.is(ran.exit, 0, `${command}\n${ran.out}`);
    assert.match(ran.out, "own-list: the solution achieves every task");
    const checked = await capture(["check", join(dir, "own-list/pipeline.yaml")], { cwd: dir });
    assert.is(checked.exit, 0, checked.err);
  },
  { timeoutMs: 300_000 },
);

test(
  "halo new environment writes an environment that passes its test, and a pipeline, outside of the checkout",
  async (t) => {
    const dir = folder(t, tmpdir());
    const { exit, out, err } = await capture(["new", "environment", "own-lamps"], { cwd: dir });
    assert.equal([exit, err], [0, ""]);
    const command = /test it:\n {2}(.+)\n/.exec(out)![1]!;
    const ran = await typed(command, { cwd: dir, signal: t.signal });
    assert.is(ran.exit, 0, `${command}\n${ran.out}`);
    assert.match(ran.out, "own-lamps: a fork stands where its mark was taken");
    assert.not.match(ran.out, "my-environment");
    const checked = await capture(["check", join(dir, "own-lamps/pipeline.yaml")], { cwd: dir });
    assert.is(checked.exit, 0, checked.err);
  },
  { timeoutMs: 120_000 },
);

/** A policy that learns nothing has no place in a pipeline that trains. */
function evalOnly(dir: string): string {
  mkdirSync(join(dir, "configs/modes"), { recursive: true });
  writeFileSync(join(dir, "configs/modes/eval-only.yaml"), "stages: [{ evaluate: { label: eval } }]\n");
  return dir;
}

test("halo new inside a checkout prints a command without a path to halo", async (t) => {
  const dir = folder(t, join(root, "tests"));
  const { out } = await capture(["new", "reward", "near", "--dir", dir, "--json"]);
  const { test: command, files, yaml } = JSON.parse(out);
  assert.not.match(command, /register|--config/);
  const ran = await typed(command, { cwd: root, signal: t.signal });
  assert.is(ran.exit, 0, `${command}\n${ran.out}`);
  assert.equal(files, ["pages.json", "reward.test.ts", "reward.ts"]);
  assert.match(yaml.at(-1), "/near/reward.ts, weight: 1 }");
}, { timeoutMs: 60_000 });

test("halo new never overwrites", async (t) => {
  const dir = folder(t, tmpdir());
  mkdirSync(join(dir, "mine"));
  writeFileSync(join(dir, "mine/reward.ts"), "precious");
  const { exit, err } = await capture(["new", "reward", "mine"], { cwd: dir });
  assert.equal([exit, err], [
    2,
    "error HALO_NEW_EXISTS\n  mine holds reward.ts already\n  try: choose another name, or --dir",
  ]);
  assert.equal([readdirSync(join(dir, "mine")), readFileSync(join(dir, "mine/reward.ts"), "utf8")], [
    ["reward.ts"],
    "precious",
  ]);
});

for (
  const [argv, message] of [
    [
      ["rewrad", "x"],
      'halo new writes no "rewrad"; did you mean "reward"?\n  try: it writes: reward, tasks, policy, critic, tracker, environment, site; docs/plugins.md has whole plugins of the other kinds to start from',
    ],
    [
      ["reward", "../x"],
      'a plugin\'s name is lower case letters, digits and dashes, got "../x"\n  see: halo new reward my-reward',
    ],
  ] as const
) {
  test(`halo new ${argv.join(" ")} ends with 2 and says what to do`, async () => {
    const { exit, err } = await capture(["new", ...argv]);
    assert.equal([exit, err], [2, `error HALO_CLI_USAGE\n  ${message}`]);
  });
}
