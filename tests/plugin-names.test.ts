// Core knows no plugin by name: what it has to know about one stands in that plugin's definePlugin call.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { builtin } from "../plugins/builtin.ts";
import { assert, suite } from "./harness.ts";
import { lineOf, readSource, scan, type SourceFile } from "./source-file.ts";

const test = suite("plugin names");
const root = fileURLToPath(new URL("..", import.meta.url));
const sources = readdirSync(`${root}core`, { recursive: true, encoding: "utf8" }).sort()
  .filter((name) => /\.tsx?$/.test(name)).map((name) => readSource(root, `core/${name}`));

/** Plugin names that are words of their own: looked for where they can only mean the plugin. */
const ordinary = [
  "console",
  "inline",
  "judge",
  "linear",
  "prior",
  "real",
  "replica",
  "scripted",
  "search",
  "self",
  "shaping",
  "turns",
  "weak",
  "web",
];
/** Where core may name a built-in plugin after all, with the reason. An entry that no longer applies fails the test. */
const namedAnyway: readonly { readonly file: string; readonly text: RegExp; readonly reason: string }[] = [
  { file: "core/cli/commands.ts", text: /./, reason: "examples and summaries of the help, run by a test" },
  { file: "core/cli/flags.ts", text: /e\.g\. gomail/, reason: "an example in the help" },
  { file: "core/cli/flags.ts", text: /name: "self"/, reason: "a flag: an evaluation against itself" },
  {
    file: "core/cli/commands/new.ts",
    text: /use: (gomail|replica|shaping)/,
    reason: "lines that a person copies beside a new plugin",
  },
  {
    file: "core/cli/commands/run.ts",
    text: /pipelines\/grpo-gomail/,
    reason: "a shipped pipeline as example in a hint",
  },
  {
    file: "core/cli/commands/doctor.ts",
    text: /halo:pipelines\/grpo-gomail/,
    reason: "the shipped pipeline that trains on a GPU",
  },
  { file: "core/cli/doctor/training-loop.ts", text: /dr_grpo/, reason: "the name of a loss" },
  { file: "core/domain/batch.ts", text: /dr_grpo/, reason: "the names of losses" },
  { file: "core/browser/inside/roles.ts", text: /search/, reason: "an ARIA role" },
  { file: "core/browser/inside/role-tables.ts", text: /search: "search"/, reason: "an ARIA role" },
  { file: "core/view/app/runs.tsx", text: /type="search"/, reason: "a type of HTML fields" },
  { file: "core/view/app/tasks.tsx", text: /type="search"/, reason: "a type of HTML fields" },
  { file: "core/view/page.ts", text: /'self'/, reason: "a word of content security policies" },
];

/** Text that names a built-in plugin, with its place. */
function pluginNames({ path, said }: SourceFile): readonly { readonly at: string; readonly text: string }[] {
  const names = [...new Set(Object.values(builtin).flatMap((plugins) => Object.keys(plugins)))];
  const own = names.filter((name) => !ordinary.includes(name)).join("|");
  // "a replica site" is any site that a replica environment serves.
  const kinds = Object.keys(builtin).filter((kind) => kind !== "site").join("|");
  const common = names.filter((name) => ordinary.includes(name)).join("|");
  const patterns = [
    new RegExp(`(?<![a-z])(${own})(?![a-z])`, "gi"),
    new RegExp(`(?<!\\[)["'\`](${common})["'\`]`, "g"),
    new RegExp(`\\b(?:use:? |for example |(?:${kinds})[ /])(${common})\\b(?! site)`, "g"),
    new RegExp(`\\b(${common}) (?:${kinds})\\b`, "g"),
  ];
  return patterns.flatMap((pattern) => [...said.matchAll(pattern)]).map((found) => ({
    at: `${path}:${lineOf(said, found.index)}`,
    text: said.split("\n")[lineOf(said, found.index) - 1]!.trim(),
  }));
}

test("core names no plugin", () => {
  const spared = new Set<object>();
  const violations = sources.flatMap((file) =>
    pluginNames(file).flatMap(({ at, text }) => {
      const exception = namedAnyway.find((one) => one.file === file.path && one.text.test(text));
      if (exception) spared.add(exception);
      return exception ? [] : [`${at} names a plugin; let the plugin say it in its definePlugin call: ${text}`];
    })
  );
  const stale = namedAnyway.filter((one) => !spared.has(one)).map((one) => `${one.file} ${one.reason}: stale entry`);
  assert.equal([...violations, ...stale], []);
});

test("a plugin's name is found in code, in messages and as a value, not in comments or as an ordinary word", () => {
  const found = (text: string) => pluginNames(scan("core/x.ts", text)).map(({ at }) => at);
  for (
    const text of [
      "const lora = 1;",
      'hint: "start vLLM"',
      "env.HALO_VLLM_URL",
      'if (name === "linear") {}',
      "`use the linear trainer`",
      '"for example replica"',
      '"halo plugins show critic/self"',
    ]
  ) assert.equal(found(text), ["core/x.ts:1"], text);
  for (const text of ["// vLLM", "let self = 1;", '"a search tree"', '"serve a replica site"', "exploration"]) {
    assert.equal(found(text), [], text);
  }
});
