import { readFileSync } from "node:fs";
import { commands } from "../../../core/cli/commands.ts";
import { flagUsage, usageOf } from "../../../core/cli/help.ts";
import { assert, suite } from "../../harness.ts";
import { assertSnapshot } from "../snapshot.ts";
import { capture } from "./capture.ts";

const test = suite("cli/help");
const file = new URL("../../../docs/cli.md", import.meta.url);

test("docs/cli.md shows every command with its flags and examples", () => {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const sections = commands.map((row) =>
    [
      `## halo ${row.name}`,
      "",
      `\`halo ${usageOf(row)}\`: ${row.summary}.${
        row.formerly ? ` Formerly \`halo ${row.formerly}\`, which still works.` : ""
      }`,
      "",
      "| flag | |",
      "|---|---|",
      ...row.flags.map((flag) => `| \`${flagUsage(flag)}\` | ${cell(flag.summary)} |`),
      "",
      "```sh",
      ...row.examples ?? [],
      "```",
    ].join("\n")
  );
  const [head = ""] = readFileSync(file, "utf8").split("\n## ");
  assertSnapshot(file, [head.trimEnd(), ...sections].join("\n\n"));
});

const helps = [["--help"], ...commands.map(({ name }) => [name, "--help"])];
/** Its words in order: what wrapping must keep. A backslash ends a line of a command that goes on. */
const words = (text: string) => text.replaceAll(" \\\n", "\n").split(/\s+/).filter((word) => word !== "");

for (const columns of [60, 80, 120]) {
  test(`help wraps at ${columns} columns between words, and loses none`, async () => {
    for (const argv of helps) {
      const [wrapped, whole] = [await capture(argv, { columns }), await capture(argv)];
      const long = wrapped.out.split("\n").filter((line) => line.length > columns);
      assert.equal(long, [], argv.join(" "));
      assert.equal(words(wrapped.out), words(whole.out));
    }
  });
}

test("help keeps a word longer than the terminal whole, and an example that can be copied", async () => {
  const { out } = await capture(["check", "--help"], { columns: 44 });
  assert.equal(out.split("\n").slice(0, 9), [
    "halo check: validate a pipeline and what it",
    "is made of; opens no browser",
    "",
    "usage: halo check <pipeline>",
    "",
    "flags:",
    "  --set <path=value>",
    "      change one value, e.g.",
    "      policy.options.x=2 (repeat)",
  ]);
  assert.match(out, "  halo check pipelines/grpo-gomail.yaml \\\n    --print\n");
  const { out: narrow } = await capture(["check", "--help"], { columns: 12 });
  assert.ok(narrow.split("\n").includes("      policy.options.x=2"), narrow);
});
