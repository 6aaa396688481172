// Every shipped pipeline passes `halo check` with each of its profiles, on a machine without a GPU.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite } from "../../harness.ts";
import { capture } from "./capture.ts";

const test = suite("cli/check of what is shipped");
const root = packageRoot();
/** Secrets get a stand-in; every other variable has a default that fits its place. */
const env = new Proxy({}, { get: (_, name) => /_(KEY|TOKEN)$/.test(String(name)) ? "stand-in" : undefined });

for (const file of readdirSync(join(root, "pipelines")).filter((name) => name.endsWith(".yaml")).sort()) {
  const path = `pipelines/${file}`;
  const { profiles = {} } = parse(readFileSync(join(root, path), "utf8")) as { readonly profiles?: object };
  for (const profile of Object.keys(profiles)) {
    test(`halo check ${path} --profile ${profile}`, async () => {
      const { exit, err } = await capture(["check", path, "--profile", profile], { cwd: root, env });
      assert.is(exit, 0, err);
      assert.match(err, `ok ${path}: `);
      assert.not.match(err, /^warning/m);
    }, { timeoutMs: 120_000 });
  }
}
