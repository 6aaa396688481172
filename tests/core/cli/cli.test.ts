import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite } from "../../harness.ts";
import { capture } from "./capture.ts";

const test = suite("cli");
const root = packageRoot();
const toy = "tests/fixtures/pipelines/toy.yaml";

/** Runs the real program in its own process, on the runtime that runs this test. */
async function halo(
  argv: readonly string[],
  o: { readonly cwd?: string; readonly env?: Record<string, string>; readonly signal: AbortSignal },
) {
  const program = "Deno" in globalThis
    ? ["run", "-A", "--quiet", join(root, "core/cli/main.ts")]
    : [join(root, "bin/halo.mjs")];
  const child = spawn(process.execPath, [...program, ...argv], {
    cwd: o.cwd ?? root,
    env: { ...process.env, ...o.env },
    signal: o.signal,
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => out += chunk);
  child.stderr.on("data", (chunk) => err += chunk);
  const exit = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  return { exit, out, err };
}

test("halo without a command, --help and help print the same overview on stdout", async () => {
  const texts = [await capture([]), await capture(["--help"]), await capture(["help"])];
  for (const { exit, out, err } of texts) assert.equal([exit, out, err], [0, texts[0]!.out, ""]);
  assert.match(texts[0]!.out, "check <pipeline>");
});

test("halo check --help names every flag", async () => {
  const { exit, out } = await capture(["check", "--help"]);
  assert.is(exit, 0);
  assert.is(
    out,
    `halo check: validate a pipeline and what it is made of; opens no browser

usage: halo check <pipeline>

flags:
  --set <path=value>  change one value, e.g. policy.options.x=2 (repeat)
  --profile <name>    apply an entry of \`profiles:\` (repeat)
  --mode <name>       apply configs/modes/<name>.yaml
  --overlay <file>    lay another YAML file over the pipeline (repeat)
  --print             show the resolved pipeline and where each value came from
  --json              print JSON lines on stdout

examples:
  halo check pipelines/grpo-gomail.yaml --print
  halo check pipelines/grpo-gomail.yaml --set seed=7`,
  );
});

for (
  const [argv, message] of [
    [["chekc"], 'error HALO_CLI_COMMAND\n  there is no command "chekc"; did you mean "check"?\n  see: halo --help'],
    [
      ["--print", "check"],
      'error HALO_CLI_FLAG\n  a command comes before its flags, got "--print"\n  see: halo --help',
    ],
    [
      ["check", toy, "--prnt"],
      'error HALO_CLI_FLAG\n  halo check has no flag "--prnt"; did you mean "--print"?\n  see: halo check --help',
    ],
    [
      ["check", toy, "--mod=x"],
      'error HALO_CLI_FLAG\n  halo check has no flag "--mod"; did you mean "--mode"?\n  see: halo check --help',
    ],
    [["check", "-p", toy], 'error HALO_CLI_FLAG\n  halo check has no flag "-p"\n  see: halo check --help'],
    [
      ["check"],
      "error HALO_CLI_USAGE\n  halo check needs <pipeline>; usage: halo check <pipeline>\n  see: halo check --help",
    ],
    [
      ["check", toy, "more.yaml"],
      "error HALO_CLI_USAGE\n  Unused args: `more.yaml`; usage: halo check <pipeline>\n  see: halo check --help",
    ],
    [
      ["check", toy, "--mode"],
      "error HALO_CLI_USAGE\n  --mode <name> lacks its value\n  see: halo check --help",
    ],
    [
      ["check", toy, "--mode", "quick", "--mode", "gpt4o_baseline"],
      "error HALO_CLI_USAGE\n  --mode can be given once, got quick and gpt4o_baseline\n  see: halo check --help",
    ],
    [["tasks"], "error HALO_CLI_USAGE\n  expected either a pipeline or --source\n  see: halo tasks --help"],
    [
      ["tasks", toy, "--limit", "few"],
      'error HALO_CLI_USAGE\n  --limit must be a whole number, got "few"\n  see: halo tasks --help',
    ],
    [
      ["tasks", toy, "--split", "evil"],
      'error HALO_TASK_SPLIT_UNKNOWN\n  there is no split "evil"; did you mean "eval"?\n  try: its splits: train, eval',
    ],
    [
      ["plugins", "sow"],
      'error HALO_CLI_USAGE\n  expected `halo plugins` or `halo plugins show kind/name`, got "sow"\n  see: halo plugins --help',
    ],
    [
      ["check", "pipelines/grpo-gomial.yaml"],
      'error HALO_CONFIG_NOT_FOUND\n  cannot read the pipeline "pipelines/grpo-gomial.yaml"\n  try: did you mean pipelines/grpo-gomail.yaml?',
    ],
  ] as const
) {
  test(`halo ${argv.join(" ")} ends with 2 and says what to do`, async () => {
    const { exit, out, err } = await capture(argv);
    assert.equal([exit, out, err], [2, "", message]);
  });
}

test("halo check prints what the pipeline is and whether it is reproducible", async () => {
  const yes = await capture(["check", toy]);
  assert.equal([yes.exit, yes.out], [0, ""]);
  assert.is(
    yes.err,
    `ok ${toy}: toy-policy on toy-environment with tasks of toy-tasks; evaluate, train, evaluate, compare\nreproducible: yes, equal seeds give equal results`,
  );
  const no = await capture([
    "check",
    toy,
    "--set",
    "environment.options.deterministic=false",
    "--set=algorithm.options={num_generations: 4, temperature: 0.7}",
  ]);
  assert.is(no.exit, 0);
  assert.is(
    no.err.split("\n").filter((line) => !line.startsWith("ok")).join("\n"),
    `warning num_generations is 4: groups under 8 often hold equal rewards only and teach nothing
warning temperature is 0.7: importance weights use log-probabilities at temperature 1, so they are biased
reproducible: no, not deterministic: environment "toy-environment"`,
  );
});

test("halo check --print shows where every value came from and loads again", async (t) => {
  const { out } = await capture([
    "check",
    toy,
    "--print",
    "--profile",
    "small",
    "--set",
    "trainer=null",
    "--set",
    "seed=7",
  ]);
  const line = (start: string) => out.split("\n").find((l) => l.trim().startsWith(start))?.replace(/ {2,}/g, "  ");
  assert.is(line("seed"), "seed: 7  # --set #2");
  assert.is(line("sample_size"), "  sample_size: 2  # tests/fixtures/pipelines/toy.yaml:15");
  assert.is(line("concurrency"), "concurrency: 4  # default");
  const file = join(root, "tests/fixtures/pipelines", `printed-${process.pid}.yaml`);
  t.defer(() => rmSync(file));
  writeFileSync(file, out);
  const first = await capture([
    "check",
    toy,
    "--json",
    "--profile",
    "small",
    "--set",
    "trainer=null",
    "--set",
    "seed=7",
  ]);
  const again = await capture(["check", file, "--json"]);
  assert.equal(JSON.parse(again.out), JSON.parse(first.out));
});

test("halo check --json prints each error and a closing line on stdout", async () => {
  const { exit, out } = await capture(["check", "tests/fixtures/broken/key-unknown.yaml", "--json"]);
  assert.is(exit, 2);
  const lines = out.split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.map(({ type, code, file, line, col }) => [type, code, file, line, col]), [
    ["error", "HALO_KEY_UNKNOWN", "tests/fixtures/broken/key-unknown.yaml", 2, 1],
    ["error", "HALO_KEY_UNKNOWN", "tests/fixtures/broken/key-unknown.yaml", 3, 11],
    ["done", undefined, undefined, undefined, undefined],
  ]);
  assert.equal(lines.at(-1), { type: "done", ok: false, exit: 2 });
});

test("halo tasks lists tasks without control characters, filtered and limited", async () => {
  const all = await capture(["tasks", toy]);
  assert.equal([all.exit, all.err], [0, "4 tasks; splits: train, eval"]);
  assert.is(all.out.split("\n")[0], "toy-0  [train, 1 steps]  press[31m button 0");
  const some = await capture([
    "tasks",
    "--source",
    "./tests/fixtures/plugins/toy.ts#tasks",
    "--split",
    "eval",
    "--match",
    "*-1",
    "--json",
  ]);
  const lines = some.out.split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.map(({ type, id }) => [type, id]), [["task", "toy/eval/1"], ["done", undefined]]);
  const few = await capture(["tasks", toy, "--limit", "1"]);
  assert.is(few.err, "1 of 4 tasks; splits: train, eval");
});

test("halo plugins show explains a plugin from a file", async () => {
  const { exit, out } = await capture(["plugins", "show", "policy/./tests/fixtures/plugins/toy.ts#policy"]);
  assert.is(exit, 0);
  assert.is(
    out,
    `policy/toy-policy: says nothing
options:
  trace        choice | tokens | none, default "choice"
  base         string, default "toy"
  key          secret
  tags         list of string, default []
  inner        object, default {}
  inner.depth  number, > 0, default 1`,
  );
});

test("the program starts in any folder, and runs user plugins there", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "halo-cli-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, "sub"));
  writeFileSync(join(dir, "sub/p.yaml"), `extends: ${join(root, toy)}\nrewards: [./mine.ts]\n`);
  writeFileSync(
    join(dir, "sub/mine.ts"),
    `import { definePlugin } from "halo-agent";
const none = { type: "object", additionalProperties: false, properties: {} } as const;
export default definePlugin({ kind: "reward", name: "mine", summary: "mine", options: none, create: () => ({ need: {}, start: () => null as never }) });
`,
  );
  const checked = await halo(["check", "sub/p.yaml"], { cwd: dir, signal: t.signal });
  assert.equal([checked.exit, checked.out, checked.err.split("\n")[0]], [
    0,
    "",
    "ok sub/p.yaml: toy-policy on toy-environment with tasks of toy-tasks; evaluate, train, evaluate, compare",
  ]);
});

test("the program honours FORCE_COLOR and NO_COLOR and ends with the error's status", async (t) => {
  const red = await halo(["nope"], { env: { FORCE_COLOR: "1", NO_COLOR: "" }, signal: t.signal });
  assert.match(red.err, "\u001b[31merror\u001b[39m HALO_CLI_COMMAND");
  const plain = await halo(["nope"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" }, signal: t.signal });
  assert.equal([plain.exit, plain.err.split("\n")[0]], [2, "error HALO_CLI_COMMAND"]);
});

test("the program's start imports cac and picocolors only, so that help comes at once", () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const imports = readFileSync(file, "utf8").matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)"/gm);
    for (const [, name = ""] of imports) {
      if (name.startsWith(".")) visit(join(dirname(file), name));
      else if (!name.startsWith("node:")) packages.add(name);
    }
  };
  visit(join(root, "core/cli/main.ts"));
  assert.equal([...packages].sort(), ["cac", "picocolors"]);
});
