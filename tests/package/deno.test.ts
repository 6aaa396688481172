// runtime: node
/** The sources as Deno runs them, from a folder that has nothing of this checkout. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { packageRoot } from "../../core/util/package-root.ts";
import { assert, suite } from "../harness.ts";

const test = suite("package/deno");

test("deno run -A of the command line writes and checks a project in a fresh folder", async (t) => {
  const deno = join(packageRoot(), ".tools/deno/node_modules/.bin/deno");
  if (!existsSync(deno)) return;
  const dir = mkdtempSync(join(tmpdir(), "halo-deno-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  const halo = async (...args: readonly string[]) =>
    await promisify(execFile)(deno, ["run", "-A", "--quiet", join(packageRoot(), "core/cli/main.ts"), ...args], {
      cwd: dir,
      signal: t.signal,
      env: { ...process.env, NO_COLOR: "1" },
    });
  assert.match((await halo("init")).stdout, "wrote pipeline.yaml");
  const { stderr } = await halo("check", "pipeline.yaml");
  assert.match(stderr, /^ok pipeline\.yaml: linear on replica/m);
}, { timeoutMs: 120_000 });
