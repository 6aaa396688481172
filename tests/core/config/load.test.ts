import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { inspect } from "node:util";
import { loadDocument, loadPipeline, originOf } from "../../../core/config/load.ts";
import type { Pipeline } from "../../../core/config/pipeline.ts";
import { printPipeline } from "../../../core/config/print.ts";
import { ConfigErrors } from "../../../core/config/problem.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { Secret } from "../../../core/util/secret.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";

const test = suite("config/load");
const toy = join(packageRoot(), "tests/fixtures/pipelines/toy.yaml");
const toyPlugins = join(packageRoot(), "tests/fixtures/plugins/toy.ts");

/** A folder with these files; paths are relative to it. */
function project(t: TestContext, files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), "halo-config-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dir, name, ".."), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

const seedOf = (p: Pipeline) => p.seed;

test("loadPipeline lays extends, file, profiles, mode, overlay and sets over each other in this order", async (t) => {
  const dir = project(t, {
    "a.yaml":
      `extends: ${toy}\nseed: 1\nconcurrency: 11\nlimits: { loop: 1, invalid: 1 }\nprofiles: { p: { seed: 4 } }\n`,
    "b.yaml": "seed: 2\nlimits: { invalid: 2 }\n",
    "main.yaml": "extends: [a.yaml, b.yaml]\nname: main\nseed: 3\nprofiles: { p: { runs_dir: out }, q: { seed: 5 } }\n",
    "configs/modes/m.yaml": "seed: 6\n",
    "over.yaml": "extends: over-base.yaml\nseed: 7\n",
    "over-base.yaml": "seed: 0\nlimits: { env_steps: 9 }\n",
  });
  const load = (o: object) => loadPipeline("main.yaml", { cwd: dir, env: {}, ...o });
  const plain = await load({});
  assert.is(seedOf(plain), 3);
  assert.is(plain.concurrency, 11);
  assert.equal([plain.limits.loop, plain.limits.invalid], [1, 2]);
  assert.is(seedOf(await load({ profiles: ["p"] })), 4);
  assert.is((await load({ profiles: ["p"] })).runs_dir, "out");
  assert.is(seedOf(await load({ profiles: ["p", "q"] })), 5);
  assert.is(seedOf(await load({ profiles: ["q", "p"] })), 4);
  assert.is(seedOf(await load({ profiles: ["q"], mode: "m" })), 6);
  const over = await load({ mode: "m", overlays: ["over.yaml"] });
  assert.equal([over.seed, over.limits.env_steps], [7, 9]);
  assert.is(seedOf(await load({ overlays: ["over.yaml"], sets: ["seed=8", "seed=9"] })), 9);
});

test("loadPipeline reads halo: paths inside the package", async (t) => {
  const dir = project(t, { "main.yaml": `extends: [${toy}, "halo:configs/base.yaml"]\n` });
  assert.is((await loadPipeline("main.yaml", { cwd: dir, env: {} })).seed, 42);
});

test("null removes, lists and scalars replace, maps merge", async (t) => {
  const dir = project(t, {
    "main.yaml": `extends: ${toy}\nalgorithm: null\nstages:\n  - evaluate: { label: only }\nlimits: { loop: 9 }\n`,
  });
  const pipeline = await loadPipeline("main.yaml", { cwd: dir, env: {}, sets: ["trainer=null", "limits.invalid=8"] });
  assert.is(pipeline.algorithm, undefined);
  assert.is(pipeline.trainer, undefined);
  assert.equal(pipeline.stages, [
    {
      kind: "evaluate",
      label: "only",
      split: "eval",
      task_seed: 123,
      sample_size: 48,
      episodes_per_task: 1,
      decoding: "greedy",
    },
  ]);
  assert.equal([pipeline.limits.loop, pipeline.limits.invalid, pipeline.limits.fault_retries], [9, 8, 2]);
});

test("null in an arm removes what the pipeline has, in a file that extends, by a set and in the recorded document", async (t) => {
  const dir = project(t, {
    "main.yaml": `extends: ${toy}\narms: { a: {}, b: { algorithm: null, trainer: null } }\nstages: [evaluate: {}]\n`,
  });
  const trainers = ({ arms }: Pipeline) => arms!.map((arm) => arm.pipeline.trainer !== undefined);
  const load = (sets: readonly string[] = []) => loadPipeline("main.yaml", { cwd: dir, env: {}, sets });
  const pipeline = await load();
  assert.equal(trainers(pipeline), [true, false]);
  assert.equal(trainers(await load(["arms.a.algorithm=null", "arms.a.trainer=null"])), [false, false]);
  assert.equal(trainers(await loadDocument(pipeline.document, { base: pipeline.base, env: {} })), [true, false]);
  assert.is((await load(["arms=null"])).arms, undefined);
});

test("a layer that changes `use` drops inherited options", async (t) => {
  const dir = project(t, {
    "other.ts": `export { algorithm as default } from ${JSON.stringify(toyPlugins)};\n`,
    "main.yaml": `extends: ${toy}\nalgorithm: { use: ./other.ts, options: { temperature: 0.5 } }\n`,
  });
  const error = await thrownBy(() => loadPipeline("main.yaml", { cwd: dir, env: {} })) as ConfigErrors;
  assert.equal(error.errors.map((e) => [e.code, e.at]), [["HALO_OPTION_MISSING", {
    file: "main.yaml",
    line: 2,
    col: 31,
  }]]);
  const load = (sets: readonly string[]) => loadPipeline(toy, { cwd: dir, env: {}, sets });
  const options = async (sets: readonly string[]) => (await load(sets)).algorithm?.options["num_generations"];
  assert.is(await options(["algorithm.options.num_generations=6", `algorithm.use=${toyPlugins}#algorithm`]), 6);
  assert.is(await options(["algorithm.use=./other.ts", "algorithm.options.num_generations=3"]), 3);
});

test("a path in an option, a default for a variable too, starts from the file that writes it with ./ or ../, else from the working directory", async (t) => {
  const dir = project(t, {
    "base/base.yaml": `extends: ${toy}\npolicy: { use: linear, options: { adapter: ./start } }\n`,
    "main/main.yaml": "extends: ../base/base.yaml\nname: main\n",
    "main/up.yaml": "extends: main.yaml\npolicy: { options: { adapter: ../start } }\n",
    "main/plain.yaml": "extends: main.yaml\npolicy: { options: { adapter: start } }\n",
    "main/env.yaml": 'extends: main.yaml\npolicy: { options: { adapter: "${env:START:-./start}" } }\n',
    "main/arms.yaml": "extends: ../base/arms.yaml\npolicy: { options: { adapter: ./start } }\n",
    "base/arms.yaml":
      `extends: base.yaml\narms: { a: {}, b: { seed: 3, policy: { options: { adapter: ./b } } } }\nstages: [evaluate: {}]\n`,
  });
  const load = (file: string, o: object = {}) => loadPipeline(file, { cwd: dir, env: {}, ...o });
  const adapterOf = ({ policy }: Pipeline) => policy.options["adapter"];
  const recorded = ({ document }: Pipeline) =>
    (document as { policy: { options: { adapter: string } } }).policy.options.adapter;
  const cases = [
    ["main/main.yaml", join(dir, "base/start"), "../base/start"],
    ["main/up.yaml", join(dir, "start"), "../start"],
    ["main/plain.yaml", "start", "start"],
    ["main/env.yaml", join(dir, "main/start"), "./start"],
  ] as const;
  for (const [file, value, kept] of cases) {
    const pipeline = await load(file);
    assert.equal([adapterOf(pipeline), recorded(pipeline)], [value, kept], file);
    const again = await loadDocument(pipeline.document, { base: pipeline.base, env: {} });
    assert.equal([adapterOf(again), again.document], [value, pipeline.document], file);
  }
  assert.is(adapterOf(await load("main/env.yaml", { env: { START: "../x" } })), resolve("../x"));
  assert.is(adapterOf(await load("main/main.yaml", { sets: ["policy.options.adapter=./x"] })), join(dir, "x"));

  const whole = await load("main/arms.yaml");
  const adapters = ({ arms }: Pipeline) => arms!.map((arm) => adapterOf(arm.pipeline));
  assert.equal(adapters(whole), [join(dir, "main/start"), join(dir, "base/b")]);
  assert.equal(adapters(await loadDocument(whole.document, { base: whole.base, env: {} })), adapters(whole));
});

test("the same plugin file written from two folders counts as one `use`", async (t) => {
  const dir = project(t, {
    "base/plugin.ts": `export { algorithm as default } from ${JSON.stringify(toyPlugins)};\n`,
    "base/base.yaml": `extends: ${toy}\nalgorithm: { use: ./plugin.ts, options: { num_generations: 5 } }\n`,
    "main.yaml": "extends: base/base.yaml\nalgorithm: { use: ./base/plugin.ts, options: { temperature: 0.5 } }\n",
  });
  const pipeline = await loadPipeline("main.yaml", { cwd: dir, env: {} });
  assert.is(pipeline.algorithm?.options["num_generations"], 5);
  assert.is((pipeline.document as { algorithm: { use: string } }).algorithm.use, "./base/plugin.ts");
});

test("env references keep their types, have defaults, and $${ stands for ${", async (t) => {
  const dir = project(t, {
    "main.yaml":
      `extends: ${toy}\nname: "run-\${env:WHO}-\${env:NOBODY:-x}"\nseed: \${env:SEED}\nconcurrency: \${env:EMPTY:-3}\nruns_dir: $\${env:WHO}/\${env:WHO}\n`,
  });
  const pipeline = await loadPipeline("main.yaml", { cwd: dir, env: { WHO: "me", SEED: "77", EMPTY: "" } });
  assert.equal([pipeline.name, pipeline.seed, pipeline.concurrency, pipeline.runs_dir], [
    "run-me-x",
    77,
    3,
    "${env:WHO}/me",
  ]);
  const again = await loadDocument(pipeline.document, { base: pipeline.base, env: {} });
  assert.is(again.runs_dir, "${env:WHO}/me");
});

test("secrets arrive wrapped and never print; a file may hold them", async (t) => {
  const dir = project(t, {
    "key.txt": "from-file\n",
    "main.yaml": `extends: ${toy}\npolicy: { options: { key: "\${secret:KEY}" } }\n`,
  });
  const plain = await loadPipeline("main.yaml", { cwd: dir, env: { KEY: "hush" } });
  const key = plain.policy.options["key"] as Secret;
  assert.instance(key, Secret);
  assert.is(key.reveal(), "hush");
  for (const shown of [String(key), JSON.stringify(plain), inspect(plain, { depth: 9 }), printPipeline(plain)]) {
    assert.not.match(shown, "hush");
  }
  assert.is((plain.document as { policy: { options: { key: string } } }).policy.options.key, "${secret:KEY}");
  const filed = await loadPipeline("main.yaml", { cwd: dir, env: { KEY_FILE: join(dir, "key.txt") } });
  assert.is((filed.policy.options["key"] as Secret).reveal(), "from-file");
});

test("a nested plugin may be a name or { use, options }", async (t) => {
  const nested = `${toyPlugins}#failing`;
  const dir = project(t, {
    "short.yaml": `extends: ${toy}\nenvironment: { options: { helper: "${nested}" } }\n`,
    "long.yaml": `extends: ${toy}\nenvironment: { options: { helper: { use: "${nested}", options: {} } } }\n`,
  });
  for (const file of ["short.yaml", "long.yaml"]) {
    const { environment } = await loadPipeline(file, { cwd: dir, env: {} });
    const helper = environment.options["helper"] as typeof environment;
    assert.equal([helper.kind, helper.plugin.name, helper.path], ["critic", "failing", "environment.options.helper"]);
  }
});

test("the document of a pipeline loads again as the same pipeline, and so does what --print shows", async () => {
  const first = await loadPipeline(toy, { cwd: packageRoot(), env: {} });
  const again = await loadDocument(first.document, { base: first.base, env: {} });
  assert.equal(again.document, first.document);
  assert.equal(again.stages, first.stages);
  const { parse } = await import("yaml");
  assert.equal(parse(printPipeline(first)), first.document);
});

test("originOf names the place of a value, of its parent when it is a default", async () => {
  const pipeline = await loadPipeline("tests/fixtures/pipelines/toy.yaml", {
    cwd: packageRoot(),
    env: {},
    sets: ["seed=5"],
  });
  const at = (path: string) => {
    const span = originOf(pipeline, path)!;
    return `${span.source.name}:${span.line}:${span.col}`;
  };
  assert.is(at("algorithm.options.num_generations"), "tests/fixtures/pipelines/toy.yaml:6:76");
  assert.is(at("algorithm.options.temperature"), "tests/fixtures/pipelines/toy.yaml:6:48");
  assert.is(at("seed"), "--set #1:1:6");
});
