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
  assert.match(lines[2].text, /^Chromium \d+\.\S+ at \S+, screenshot 1280×720$/);
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
