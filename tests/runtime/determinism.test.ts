// runtime: node
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../../core/util/package-root.ts";
import { assert, suite } from "../harness.ts";

const test = suite("runtime/determinism");
const child = fileURLToPath(new URL("./outcome.ts", import.meta.url));
const deno = path.join(packageRoot(), ".tools/deno/node_modules/.bin/deno");

/** Final weights and canonical episode log of two real iterations, hashed. */
function outcome(command: readonly string[], concurrency: number): Record<string, string> {
  const [program, ...args] = [...command, child, String(concurrency)];
  const { status, stdout, stderr } = spawnSync(program!, args, {
    encoding: "utf8",
    timeout: 240_000,
    cwd: packageRoot(),
  });
  assert.is(status, 0, stderr);
  const { adapter, weights, episodes } = JSON.parse(stdout.trim().split("\n").at(-1)!);
  return { adapter, weights, episodes };
}

test("equal seeds give bit-equal weights and episodes at concurrency 1 and 4, on Node and on Deno", () => {
  const one = outcome([process.execPath], 1);
  assert.equal(outcome([process.execPath], 4), one);
  assert.ok(existsSync(deno), `${deno} is missing: ./launch.sh --setup-only --dev`);
  assert.equal(outcome([deno, "run", "-A", "--quiet"], 4), one);
}, { timeoutMs: 290_000 });
