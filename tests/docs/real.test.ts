// runtime: node
/** Every line of the table of commands in docs/real.md is one that halo takes and whose pipeline is valid. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../core/util/package-root.ts";
import { capture } from "../core/cli/capture.ts";
import { assert, suite } from "../harness.ts";
import { installed } from "../plugins/real/installed.ts";

const here = await installed();
const test = suite("docs/real");
const root = packageRoot();
const text = readFileSync(join(root, "docs/real.md"), "utf8");
const section = text.slice(text.indexOf("## From a script to a command"), text.indexOf("## How a run is graded"));
const commands = [...section.matchAll(/^\| `[^|]*\| `([^`]+)` \|$/gm)].map(([, command]) => command!);
const env = { OPENAI_API_KEY: "sk-test" };

/** A command of the table as it can be tried here: nothing is played, nothing is written but into `cwd`. */
async function tried(command: string, cwd: string): Promise<readonly [exit: number, err: string]> {
  const inRoot = command.replaceAll("pipelines/", `${root}/pipelines/`).replace(
    "real-tasks.json",
    join(cwd, "real-tasks.json"),
  );
  const [program, ...argv] = inRoot.split(" ");
  if (program === "./launch.sh") {
    const words = ["--skip-setup", ...argv, "--", "--dry-run"];
    const { status, stderr } = spawnSync(join(root, "launch.sh"), words, { encoding: "utf8", timeout: 60_000 });
    return [status ?? -1, stderr];
  }
  const [verb = ""] = argv;
  const words = verb === "run"
    ? [...argv, "--dry-run"]
    : verb === "temperature"
    ? ["check", argv[1]!]
    : verb === "export"
    ? ["export", "--help"]
    : argv;
  const { exit, err } = await capture(words, { cwd, env });
  const help = await capture([verb, "--help"]);
  const unknown = argv.filter((word) => word.startsWith("--") && !help.out.includes(`${word} `));
  return [exit, unknown.length === 0 ? err : `unknown: ${unknown.join(", ")}`];
}

if ("missing" in here) console.log(`skipped: ${here.missing}`);
else {
  test("every line of the table of commands is taken, the first one's file is given back to a later one", async (t) => {
    const cwd = mkdtempSync(join(tmpdir(), "halo-real-"));
    t.defer(() => rmSync(cwd, { recursive: true }));
    assert.is(commands.length, 13, commands.join("\n"));
    for (const command of commands) {
      const [exit, err] = await tried(command, cwd);
      assert.equal([exit, err.includes("unknown: ")], [0, false], `${command}: ${err}`);
      if (!command.includes("--save")) continue;
      assert.ok(existsSync(join(cwd, "real-tasks.json")));
      const list = JSON.parse(readFileSync(join(cwd, "real-tasks.json"), "utf8"));
      assert.equal([list.tasks.length, list.tasks[0]], [50, "v2.gocalendar-4"]);
    }
  }, { timeoutMs: 240_000 });

  test("launch.sh names the nearest ids of a wrong one", () => {
    const words = ["--skip-setup", "--task=v2.omnizon-1", "--", "--dry-run"];
    const { status, stderr } = spawnSync(join(root, "launch.sh"), words, { encoding: "utf8", timeout: 60_000 });
    assert.is(status, 2);
    assert.match(stderr, /there is no task "v2\.omnizon-1" for omnizon; nearest: v2\.omnizon-3, v2\.omnizon-9/);
    const lone = spawnSync(join(root, "launch.sh"), ["--skip-setup", "--episodes", "4"], { encoding: "utf8" });
    assert.equal([lone.status, lone.stderr], [2, "launch: --episodes goes with --task\n"]);
  }, { timeoutMs: 120_000 });
}
