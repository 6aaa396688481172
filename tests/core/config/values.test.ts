import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPipeline } from "../../../core/config/load.ts";
import { ConfigErrors } from "../../../core/config/problem.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";

const test = suite("config/values");
const toy = join(packageRoot(), "tests/fixtures/pipelines/toy.yaml");

function load(t: TestContext, text: string | Uint8Array, o: { env?: Record<string, string>; sets?: string[] } = {}) {
  const dir = mkdtempSync(join(tmpdir(), "halo-config-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, "main.yaml"), text);
  return loadPipeline("main.yaml", { cwd: dir, env: o.env ?? {}, ...(o.sets && { sets: o.sets }) });
}

async function findings(loading: Promise<unknown>): Promise<readonly string[]> {
  const e = await thrownBy(() => loading);
  assert.instance(e, ConfigErrors);
  return (e as ConfigErrors).errors.map(({ code, message }) => `${code} ${message}`);
}

for (const value of ["1.10", "007", "1e5", "7", "TRUE", "null", "0x10", "~"]) {
  test(`a variable that holds ${value} is that text where the schema wants text`, async (t) => {
    const pipeline = await load(t, `extends: ${toy}\nruns_dir: \${env:DIR}\n`, { env: { DIR: value } });
    assert.is(pipeline.runs_dir, value);
    assert.is((pipeline.document as { runs_dir: unknown }).runs_dir, value);
  });
}

test("a variable is a number where the schema wants one, and an option's text where that wants text", async (t) => {
  const pipeline = await load(
    t,
    `extends: ${toy}\nseed: \${env:N}\nstages:\n  - evaluate: { label: "\${env:N}", split: "\${env:N}" }\n`,
    {
      env: { N: "12" },
    },
  );
  assert.is(pipeline.seed, 12);
  const [stage] = pipeline.stages;
  assert.equal(stage?.kind === "evaluate" && [stage.label, stage.split], ["12", "12"]);
});

test("a default may hold references of its own", async (t) => {
  const text = `extends: ${toy}\nruns_dir: \${env:A:-\${env:B:-x}/y}\n`;
  assert.is((await load(t, text)).runs_dir, "x/y");
  assert.is((await load(t, text, { env: { B: "b" } })).runs_dir, "b/y");
  assert.is((await load(t, text, { env: { A: "a", B: "b" } })).runs_dir, "a");
});

test("an empty variable is told from one that is not set", async (t) => {
  const text = `extends: ${toy}\nruns_dir: \${env:DIR}\n`;
  assert.equal(await findings(load(t, text)), ["HALO_ENV_MISSING the environment variable DIR is not set"]);
  assert.equal(await findings(load(t, text, { env: { DIR: "" } })), [
    "HALO_ENV_MISSING the environment variable DIR is set and empty",
  ]);
});

test("--set stages.KIND.KEY changes every stage of that kind, as a map under stages does", async (t) => {
  const text = `extends: ${toy}\nstages:\n  - evaluate: { label: a }\n  - evaluate: { label: b, sample_size: 3 }\n`;
  const { stages } = await load(t, text, { sets: ["stages.evaluate.sample_size=5", "stages.1.evaluate.task_seed=9"] });
  assert.equal(stages.map((s) => s.kind === "evaluate" && [s.label, s.sample_size, s.task_seed]), [
    ["a", 5, 123],
    ["b", 5, 9],
  ]);
  const without = await load(t, `extends: ${toy}\n`, { sets: ["stages.train=null"] });
  assert.ok(without.stages.length > 0 && without.stages.every((s) => s.kind !== "train"));
});

test("a file in UTF-16 is refused by that name", async (t) => {
  const bytes = Buffer.from(`\ufeffextends: ${toy}\n`, "utf16le");
  assert.equal(await findings(load(t, bytes)), ['HALO_YAML_SYNTAX the pipeline "main.yaml" is written in UTF-16']);
});

test("a byte order mark before a key further down is named", async (t) => {
  assert.equal(await findings(load(t, `---\n\ufeffextends: ${toy}\n`)), [
    'HALO_YAML_SYNTAX the key "\ufeffextends" holds an invisible character (byte order mark, U+FEFF)',
  ]);
});
