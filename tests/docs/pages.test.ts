// runtime: node
/** What holds for every page: pictures and links are there, commands are taken, samples are what halo prints. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packageRoot } from "../../core/util/package-root.ts";
import { capture } from "../core/cli/capture.ts";
import { assert, suite } from "../harness.ts";

const test = suite("docs/pages");
const root = packageRoot();
const names = [
  "README.md",
  ...readdirSync(join(root, "docs")).filter((n) => n.endsWith(".md")).map((n) => `docs/${n}`),
];
const pages = names.map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }));
/** A heading as links name it. */
const anchorOf = (heading: string) => heading.toLowerCase().replace(/[^\w\- ]/g, "").replaceAll(" ", "-");

test("every link and picture of a page leads somewhere", () => {
  const links = pages.flatMap(({ name, text }) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => ({ name, to: to! })).filter(({ to }) => !/^https?:/.test(to))
  );
  assert.ok(links.length > 10, `${links.length} links`);
  for (const { name, to } of links) {
    const [path = "", anchor] = to.split("#");
    const file = path === "" ? join(root, name) : join(root, dirname(name), path);
    assert.ok(existsSync(file), `${name}: ${to}`);
    if (anchor === undefined) continue;
    const anchors = [...readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!));
    assert.ok(anchors.includes(anchor), `${name}: ${to}`);
  }
});

test("every picture is a picture of less than 200 kB", () => {
  const pictures = pages.flatMap(({ name, text }) =>
    [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, to]) => join(root, dirname(name), to!))
  );
  assert.ok(pictures.length >= 2);
  for (const file of pictures) {
    const bytes = readFileSync(file);
    assert.ok(bytes.length < 200_000, `${file}: ${bytes.length} bytes`);
    const starts = file.endsWith(".png") ? "\x89PNG\r\n\x1a\n" : "<svg ";
    assert.is(bytes.subarray(0, starts.length).toString("latin1"), starts, file);
  }
});

test("architecture.md names every folder of core and of plugins", () => {
  const { text } = pages.find(({ name }) => name === "docs/architecture.md")!;
  const folders = ["core", "plugins"].flatMap((parent) =>
    readdirSync(join(root, parent), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) =>
      `${parent}/${e.name}`
    )
  );
  assert.equal(folders.filter((folder) => !text.includes(`\`${folder}\``)), []);
});

test("every halo command in a shell block is one that halo takes", async () => {
  const commands = pages.flatMap(({ name, text }) =>
    [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block]) =>
      [...block!.matchAll(/^halo (.*?)(?: +[#&].*)?$/gm)].map(([, command]) => ({ name, command: command! }))
    )
  );
  assert.ok(commands.length > 15, `${commands.length} commands`);
  for (const { name, command } of commands) {
    const [verb = "", ...args] = command.trim().split(/\s+/);
    const help = await capture([verb, "--help"]);
    assert.is(help.exit, 0, `${name}: halo ${command}`);
    for (const arg of args) {
      if (arg.startsWith("--")) {
        assert.ok(help.out.includes(`${arg.replace(/=.*/, "")} `), `${name}: halo ${command}: ${arg}`);
      }
      if (arg.startsWith("pipelines/")) assert.ok(existsSync(join(root, arg)), `${name}: halo ${command}: ${arg}`);
    }
  }
});

test("the finding shown in errors.md is what halo prints for the file shown", async (t) => {
  const { text } = pages.find(({ name }) => name === "docs/errors.md")!;
  const [, file, printed] = /^```yaml\n(.*?)^```$.*?^```\n(.*?)^```$/ms.exec(text)!;
  const dir = mkdtempSync(join(tmpdir(), "halo-docs-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, "mine.yaml"), file!);
  const { exit, err } = await capture(["check", "mine.yaml"], { cwd: dir });
  assert.equal([exit, `${err}\n`], [2, printed]);
});
