// runtime: node
/** The foreign site of docs/web.md, as it stands there: small, type-checked, served, its tasks learned. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { loadPipeline } from "../../core/config/load.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { freePort } from "../../core/serve/port.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { assert, suite, type TestContext } from "../harness.ts";

const test = suite("docs/web");
const root = packageRoot();
const text = readFileSync(join(root, "docs/web.md"), "utf8");
const files = [...text.matchAll(/^```(?:ts|js|yaml)\n(?:\/\/|#) (\S+)\n(.*?)^```$/gms)].map(([, name, code]) => ({
  name: name!,
  code: code!,
}));
const codeOf = (name: string): string => files.find((file) => file.name === name)!.code;

/** A folder with everything the page shows, and the app running; the port it has. */
async function served(t: TestContext): Promise<{ readonly dir: string; readonly env: Record<string, string> }> {
  const dir = mkdtempSync(join(tmpdir(), "halo-docs-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  for (const { name, code } of files) writeFileSync(join(dir, name), code);
  const port = String(await freePort());
  const node = join(root, "node_modules/.bin/node");
  const app = spawn(node, [join(dir, "app.mjs")], { env: { ...process.env, PORT: port }, stdio: "inherit" });
  t.defer(() => app.kill("SIGKILL"));
  for (let i = 0; i < 200; i++) {
    if (await fetch(`http://127.0.0.1:${port}/`).then((r) => r.text(), () => "")) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  return { dir, env: { PORT: port } };
}

test("a site is added in at most 40 lines and 10 commands", () => {
  assert.equal(files.map(({ name }) => name), ["app.mjs", "shop.yaml", "own-rule.ts"]);
  assert.ok(codeOf("shop.yaml").trimEnd().split("\n").length <= 40);
  assert.ok(codeOf("own-rule.ts").trimEnd().split("\n").length <= 40);
  const commands = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block]) => block!.trim().split("\n"));
  assert.ok(commands.length <= 10, commands.join("\n"));
});

test("the rule shown is type-checked as strictly as halo itself", (t) => {
  const dir = mkdtempSync(join(tmpdir(), "halo-docs-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, "own-rule.ts"), codeOf("own-rule.ts"));
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      paths: { "halo-agent": [join(root, "core/mod.ts")] },
      typeRoots: [join(root, "node_modules/@types")],
    },
    include: ["*.ts"],
  };
  writeFileSync(join(dir, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(dir, "package.json"), JSON.stringify({ type: "module" }));
  const [node, tsc] = ["node_modules/.bin/node", "node_modules/typescript/bin/tsc"].map((file) => join(root, file));
  const { status, stdout } = spawnSync(node!, [tsc!, "-p", dir], { encoding: "utf8" });
  assert.is(status, 0, stdout);
}, { timeoutMs: 240_000 });

test("the pipeline shown learns its three tasks", async (t) => {
  const { dir, env } = await served(t);
  const pipeline = await loadPipeline(join(dir, "shop.yaml"), { env, cwd: dir, sets: [`runs_dir=${dir}/runs`] });
  const done = await runPipeline(pipeline, { log: silentLog, signal: t.signal, packageRoot: root });
  assert.equal([done.exit, done.evaluations.at(-1)!.successes], [0, 3]);
}, { timeoutMs: 400_000 });

test("the rule shown judges by what the page shows", async (t) => {
  const { dir, env } = await served(t);
  const sets = [
    `runs_dir=${dir}/runs`,
    "tasks={ use: ./own-rule.ts }",
    "policy={ use: scripted, options: { mode: uniform } }",
    "stages=[{ evaluate: { label: one, split: eval, sample_size: 3, episodes_per_task: 4, decoding: sample } }]",
  ];
  const pipeline = await loadPipeline(join(dir, "shop.yaml"), { env, cwd: dir, sets });
  const done = await runPipeline(pipeline, { log: silentLog, signal: t.signal, packageRoot: root });
  const { successes, n } = done.evaluations[0]!;
  assert.ok(done.exit === 0 && successes > 0 && successes < n, `${successes} of ${n}`);
}, { timeoutMs: 400_000 });
