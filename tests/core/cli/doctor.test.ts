import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, suite } from "../../harness.ts";
import { capture } from "./capture.ts";

const test = suite("cli/doctor");

test("halo doctor finds this machine ready, browser included", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "halo-doctor-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  const { exit, out } = await capture(["doctor", "--json"], { cwd: dir });
  const lines = out.split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.map(({ name, status }) => [name, status === "fail"]), [
    ["runtime", false],
    ["packages", false],
    ["browser", false],
    ["runs folder", false],
    ["free disk", false],
    ["git", false],
    [undefined, false],
  ]);
  assert.match(lines[2].text, /^Chromium \d+\.\S+ at \S+, screenshot 1280×720(; the machine has no font: .*)?$/);
  assert.equal([exit, lines.at(-1)], [0, { type: "done", ok: true, exit: 0 }]);
}, { timeoutMs: 90_000 });

test("halo doctor ends with 3 and names the remedy when the runs folder cannot be written", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "halo-doctor-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, "runs"), "a file, not a folder");
  const { exit, out, err } = await capture(["doctor"], { cwd: dir });
  assert.is(exit, 3);
  assert.match(
    out,
    /^fail {2}runs folder {2}cannot write into .*\n.*→ make .*runs a writable folder, or set runs_dir in the pipeline$/m,
  );
  assert.is(err, "1 of 6 checks failed");
}, { timeoutMs: 90_000 });

test("halo doctor PIPELINE asks the plugins of the pipeline too, and counts what throws as failed", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "halo-doctor-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  const plugin = `import { definePlugin, HaloError } from "halo-agent";
    export default definePlugin({
      kind: "policy", name: "lamp", summary: "asks a lamp",
      options: { type: "object", additionalProperties: false, properties: { room: { type: "string", default: "hall" } } },
      checks: ({ room }) => [
        { name: "lamp", run: async () => ({ status: "warn", text: "a lamp in the " + room, remedy: "dust it" }) },
        { name: "switch", run: async () => { throw new HaloError("HALO_BUG", "no switch", { hint: "buy one" }); } },
      ],
      create() {},
    });`;
  writeFileSync(join(dir, "lamp.js"), plugin);
  const yaml = "extends: halo:pipelines/eval-gomail.yaml\npolicy: { use: ./lamp.js, options: { room: attic } }\n";
  writeFileSync(join(dir, "lamp.yaml"), yaml);
  const { exit, out } = await capture(["doctor", "lamp.yaml", "--json"], { cwd: dir });
  assert.equal(out.split("\n").map((line) => JSON.parse(line)).slice(6), [
    { type: "check", name: "lamp", status: "warn", text: "a lamp in the attic", remedy: "dust it" },
    { type: "check", name: "switch", status: "fail", text: "no switch", remedy: "buy one" },
    { type: "done", ok: false, exit: 3 },
  ]);
  assert.is(exit, 3);
}, { timeoutMs: 90_000 });

test("halo doctor takes no profile without the pipeline that has it", async () => {
  const { exit, err } = await capture(["doctor", "--profile", "gpu"]);
  assert.equal([exit, err.split("\n")[1]], [2, "  a profile, mode, overlay or --set needs the pipeline it changes"]);
});

test("halo doctor --gpu names the plugin that says nothing about a rehearsal", async () => {
  const { exit, out } = await capture(["doctor", "tests/board/pipeline.yaml", "--gpu", "--json"]);
  const { text, ...found } = JSON.parse(out.split("\n").at(-2)!);
  assert.equal([exit, found], [3, { type: "check", name: "plan", status: "fail" }]);
  assert.match(text, /^policy\/linear says nothing about a rehearsal: the loop cannot be tried {2}\(\d/);
}, { timeoutMs: 90_000 });
