// runtime: node
/** The site of docs/sites.md, as it stands there: what `halo new site` writes, small, type-checked, tested, trained. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadPipeline } from "../../core/config/load.ts";
import { loadPlugin } from "../../core/plugin/load.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { createPlugin, siteSuite } from "../../core/testing.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { assert, suite, type TestContext } from "../harness.ts";

const test = suite("docs/sites");
const root = packageRoot();
const template = join(root, "configs/new/site");
const text = readFileSync(join(root, "docs/sites.md"), "utf8");
const blocks = [...text.matchAll(/^### (\S+)\n.*?^```\w+\n(.*?)^```$/gms)].map(([, name, code]) => ({
  name: name!,
  code: code!,
}));

/** A folder with everything the page shows, and the style it leaves out. */
function written(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), "halo-docs-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  for (const { name, code } of blocks) writeFileSync(join(dir, name), code);
  cpSync(join(template, "style.css"), join(dir, "style.css"));
  return dir;
}

test("the files shown are those that halo new site writes", () => {
  const names = ["state.ts", "definition.ts", "page.tsx", "site.ts", "site.test.ts", "pipeline.yaml"];
  assert.equal(blocks, names.map((name) => ({ name, code: readFileSync(join(template, name), "utf8") })));
});

test("the site shown has at most 200 lines without style and test", () => {
  const code = blocks.filter(({ name }) => name !== "site.test.ts").map((block) => block.code).join("");
  const lines = code.trimEnd().split("\n").length;
  assert.ok(lines <= 200, `${lines} lines`);
});

test("the site shown is type-checked as strictly as halo itself", (t) => {
  const dir = written(t);
  const entries = {
    "": "mod",
    "/testing": "testing",
    "/site": "site",
    "/site/app": "site-app",
    "/site/assets": "site-assets",
  };
  const paths: Record<string, string[]> = {
    "preact/jsx-runtime": [join(root, "node_modules/preact/jsx-runtime/src/index.d.ts")],
  };
  for (const [entry, file] of Object.entries(entries)) paths[`halo-agent${entry}`] = [join(root, `core/${file}.ts`)];
  const typeRoots = [join(root, "node_modules/@types")];
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { paths, typeRoots },
    include: ["*.ts", "*.tsx"],
    exclude: [],
  };
  writeFileSync(join(dir, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(dir, "package.json"), JSON.stringify({ type: "module" }));
  const [node, tsc] = ["node_modules/.bin/node", "node_modules/typescript/bin/tsc"].map((file) => join(root, file));
  const { status, stdout } = spawnSync(node!, [tsc!, "-p", dir], { encoding: "utf8" });
  assert.is(status, 0, stdout);
}, { timeoutMs: 120_000 });

test("the site shown passes the tests of every site", async (t) => {
  const dir = written(t);
  const plugin = await loadPlugin({ kind: "site", use: "./site.ts", from: dir }) as never;
  const { definition } = await import(pathToFileURL(join(dir, "definition.ts")).href);
  const sites = {
    site: await createPlugin<"site">(plugin),
    scrambled: await createPlugin<"site">(plugin, { scramble: 7 }),
  };
  const cases = siteSuite(definition, { ...sites, walks: 3 });
  assert.is(cases.length, 6);
  for (const { run } of cases) await run({ signal: t.signal });
}, { timeoutMs: 240_000 });

test("the pipeline shown learns both families", async (t) => {
  const dir = written(t);
  const sets = [`runs_dir=${dir}/runs`];
  const pipeline = await loadPipeline(join(dir, "pipeline.yaml"), { env: {}, cwd: dir, sets });
  const done = await runPipeline(pipeline, { log: silentLog, signal: t.signal, packageRoot: root });
  const [before, after] = done.evaluations.map((e) => e.successes);
  assert.is(done.exit, 0);
  assert.ok(before! <= 3 && after! >= 11, `${before} of 12 before, ${after} after`);
}, { timeoutMs: 240_000 });
