// runtime: node
/** What README.md tells a reader to type and to write, typed and written. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Observation, RewardShaper, Transition } from "halo-agent";
import { parse } from "yaml";
import { loadPlugin } from "../core/plugin/load.ts";
import { packageRoot } from "../core/util/package-root.ts";
import { capture } from "./core/cli/capture.ts";
import { assert, suite, type TestContext } from "./harness.ts";

const test = suite("readme");
const root = packageRoot();
const readme = readFileSync(join(root, "README.md"), "utf8");

/** Texts of the fenced blocks in this language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)].filter(([, l]) => l === language).map(([, , text]) => text!);
}

/** Commands in the table of what to type, without `halo`. */
const commands = [...readme.matchAll(/^\| [^|]+ \| (.+) \|$/gm)]
  .flatMap(([, cell]) => [...cell!.matchAll(/`halo ([^`]+)`/g)].map(([, command]) => command!));

const folder = (t: TestContext): string => {
  const dir = mkdtempSync(join(tmpdir(), "halo-readme-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  return dir;
};

test("the pipeline shown is the pipeline shipped", () => {
  const [shown] = blocks("yaml");
  const { profiles: _, ...shipped } = parse(readFileSync(join(root, "pipelines/grpo-gomail.yaml"), "utf8"));
  assert.equal(parse(shown!), shipped);
});

test("the reward shown loads, is used by a relative path, and pays once", async (t) => {
  const dir = folder(t);
  writeFileSync(join(dir, "my-reward.ts"), blocks("ts")[0]!);
  const plugin = await loadPlugin({ kind: "reward", use: "./my-reward.ts", from: dir });
  const shaper = await plugin.create({}, {}) as RewardShaper;
  const page = (value: string): Observation => ({
    url: "http://x.test/",
    title: "",
    stateKey: value,
    elements: [{
      id: "e0",
      role: "textbox",
      name: "To",
      value,
      states: ["editable"],
      near: "",
      region: "",
      centre: [0, 0],
    }],
  });
  const step = (from: string, to: string): Transition => ({
    from: page(from),
    parsed: { ok: true, action: { action: "noop" }, repairs: 0 },
    to: page(to),
  });
  const first = shaper.start({ id: "x", text: "", startUrl: "/", maxSteps: 5 }, page("")).next(step("", "a"));
  const second = first.fold.next(step("a", "b"));
  assert.equal([first.terms, second.terms], [[{ name: "typed", value: 0.1, evidence: 'To holds "a"' }], []]);

  writeFileSync(
    join(dir, "mine.yaml"),
    `extends: halo:pipelines/grpo-gomail.yaml\nrewards: ${/`rewards: (\[[^`]+\])`/.exec(readme)![1]}\n`,
  );
  const checked = await capture(["check", join(dir, "mine.yaml")]);
  assert.is(checked.exit, 0, checked.err);
});

test("no figure is left to fill in", () => {
  const blanks = readme.split("\n").filter((line) => /^[A-Z]+$|\bTODO\b|\| [A-Z]{2,} \|$/.test(line));
  assert.equal(blanks, []);
});

test("every command shown is one that halo takes", async () => {
  assert.ok(commands.length >= 9, `${commands.length} commands`);
  for (const command of commands) {
    const [name, ...args] = command.split(/\s+/) as [string, ...string[]];
    const isPipeline = name === "run" && args[0]?.endsWith(".yaml") && !/--dry-run|RUN/.test(command);
    const isQuick = ["plugins", "tasks", "check"].includes(name) && !/^(fetch|audit)$/.test(args[0] ?? "") ||
      args.includes("--dry-run");
    const typed = isPipeline ? ["check", ...args] : isQuick ? [name, ...args] : [name, "--help"];
    const { exit, err } = await capture(typed);
    assert.is(exit, 0, `halo ${command}\n${err}`);
  }
});
