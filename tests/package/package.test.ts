// runtime: node
/** The package as a user gets it: built, packed, installed into an empty folder, run by npx. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { packageRoot } from "../../core/util/package-root.ts";
import { assert, suite } from "../harness.ts";

const test = suite("package");
const mostBytes = 3 * 1024 * 1024;

test("the tarball installs elsewhere and runs a pipeline with a TypeScript plugin beside it", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "halo-package-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  const run = async (command: string, args: readonly string[], cwd = dir): Promise<string> => {
    const { stdout } = await promisify(execFile)(command, args, { cwd, signal: t.signal, env: cleanEnv() });
    return stdout;
  };
  const tarball = (await run(process.execPath, ["scripts/pack.ts"], packageRoot())).trim();
  assert.ok(statSync(tarball).size <= mostBytes, `${statSync(tarball).size} bytes`);

  // What `npm init -y` writes calls the folder CommonJS; plugins are modules all the same.
  writeFileSync(join(dir, "package.json"), '{ "name": "mine", "version": "1.0.0", "type": "commonjs" }\n');
  await run("npm", ["install", "--no-audit", "--no-fund", tarball]);
  const installed = join(dir, "node_modules/halo-agent");
  const sources = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^(core|plugins)\/.*(?<!\.d)\.tsx?$/.test(file)
  );
  assert.equal(sources, [], "no source is shipped beside the build");

  assert.match(await run("npx", ["halo", "--version"]), /^\d+\.\d+\.\d+\n/);
  assert.match(await run("npx", ["halo", "init"]), "npx halo run");
  const lines = (await run("npx", ["halo", "run", "--mode", "quick", "--json"])).trim().split("\n");
  const done = JSON.parse(lines.at(-1)!);
  assert.equal([done.type, done.ok, done.exit], ["done", true, 0]);
  const slots = readdirSync(join(done.run, "iter/1/slots"));
  const slot = readFileSync(join(done.run, "iter/1/slots", slots[0]!), "utf8");
  assert.match(slot, "first-reward", "the plugin beside the pipeline paid");
}, { timeoutMs: 300_000 });

/** The environment of a person's shell: npm's own variables would point the inner npm at this checkout. */
function cleanEnv(): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = { ...process.env, NO_COLOR: "1" };
  for (const name of Object.keys(env)) {
    if (/^npm_(?!config_(registry|cache|userconfig|globalconfig))/i.test(name)) delete env[name];
  }
  return env;
}
