/** The plugins of docs/plugins.md, as they stand there: type-checked, held to their promises, run together. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPipeline } from "../../core/config/load.ts";
import { loadPlugin } from "../../core/plugin/load.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { checkCritic, checkPolicy, checkTasks, createPlugin, pointsOf, readPath } from "../../core/testing.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import { assert, suite, type TestContext } from "../harness.ts";

const test = suite("docs/plugins");
const root = packageRoot();
const text = readFileSync(join(root, "docs/plugins.md"), "utf8");
const files = [...text.matchAll(/^```ts\n\/\/ (\S+)\n(.*?)^```$/gms)].map(([, name, code]) => ({
  name: name!,
  code: code!,
}));

/** A folder with everything the page shows. */
function written(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), "halo-docs-"));
  t.defer(() => rmSync(dir, { recursive: true }));
  for (const { name, code } of files) writeFileSync(join(dir, name), code);
  writeFileSync(join(dir, "lamp.yaml"), /^```yaml\n(.*?)^```$/ms.exec(text)![1]!);
  return dir;
}

test("every plugin shown is type-checked as strictly as halo itself", (t) => {
  assert.equal(files.map((f) => f.name), [
    "environment.ts",
    "tasks.ts",
    "policy.ts",
    "algorithm.ts",
    "trainer.ts",
    "critic.ts",
    "curriculum.ts",
  ]);
  const dir = written(t);
  const paths = Object.fromEntries(
    [["", "mod"], ["/kit", "kit"]].map(([entry, file]) => [`halo-agent${entry}`, [join(root, `core/${file}.ts`)]]),
  );
  const typeRoots = [join(root, "node_modules/@types")];
  const config = { extends: join(root, "tsconfig.json"), compilerOptions: { paths, typeRoots }, include: ["*.ts"] };
  writeFileSync(join(dir, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(dir, "package.json"), JSON.stringify({ type: "module" }));
  const [node, tsc] = ["node_modules/.bin/node", "node_modules/typescript/bin/tsc"].map((file) => join(root, file));
  const { status, stdout } = spawnSync(node!, [tsc!, "-p", dir], { encoding: "utf8" });
  assert.is(status, 0, stdout);
}, { timeoutMs: 120_000 });

test("the algorithm shown is one file of at most 60 lines", () => {
  const { code } = files.find(({ name }) => name === "algorithm.ts")!;
  assert.ok(code.trimEnd().split("\n").length <= 60, code);
});

test("policy, tasks and critic shown keep what halo-agent/testing checks", async (t) => {
  const dir = written(t);
  const tasks = await loadPlugin({ kind: "tasks", use: "./tasks.ts", from: dir });
  await checkTasks(await createPlugin<"tasks">(tasks as never), { n: 6 });
  const policy = await loadPlugin({ kind: "policy", use: "./policy.ts", from: dir });
  const pages = readPath(join(root, "configs/new/policy/pages.json"));
  await checkPolicy(await createPlugin<"policy">(policy as never), pointsOf(pages));
  const critic = await loadPlugin({ kind: "critic", use: "./critic.ts", from: dir });
  await checkCritic(await createPlugin<"critic">(critic as never), pointsOf(pages));
});

test("the pipeline shown learns to press the button that the goal names", async (t) => {
  const dir = written(t);
  const sets = [`runs_dir=${dir}/runs`];
  const pipeline = await loadPipeline(join(dir, "lamp.yaml"), { env: {}, cwd: dir, sets });
  const signal = t.signal;
  const done = await runPipeline(pipeline, { log: silentLog, signal, packageRoot: root });
  // Untrained and greedy it always presses the first of three buttons: right for tasks 0, 3, … 15.
  assert.equal([done.exit, ...done.evaluations.map((e) => `${e.successes}/${e.n}`)], [0, "6/16", "16/16"]);
});

test("the pipeline shown learns under the curriculum shown too", async (t) => {
  const dir = written(t);
  const sets = [`runs_dir=${dir}/runs`, "curriculum.use=./curriculum.ts"];
  const pipeline = await loadPipeline(join(dir, "lamp.yaml"), { env: {}, cwd: dir, sets });
  assert.is(pipeline.curriculum?.plugin.name, "near-half");
  const done = await runPipeline(pipeline, { log: silentLog, signal: t.signal, packageRoot: root });
  assert.equal([done.exit, ...done.evaluations.map((e) => `${e.successes}/${e.n}`)], [0, "6/16", "16/16"]);
});
