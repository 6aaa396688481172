// runtime: node
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { drawPicture, type Family, places, size } from "../../bench/lora-cpu/picture.ts";
import { pipelineFile, tinyFile } from "../../bench/lora-cpu/one-seed.ts";
import { placesEnvironment, takeShots } from "../../bench/lora-cpu/shots.ts";
import { callAt, lessonsOf } from "../../bench/lora-cpu/spec.ts";
import { parseOutput } from "../../core/action/output.ts";
import { loadPipeline } from "../../core/config/load.ts";
import type { Task } from "../../core/domain/task.ts";
import { runPipeline } from "../../core/run/pipeline.ts";
import { keyedRng } from "../../core/stats/rng.ts";
import { silentLog } from "../../core/util/log.ts";
import { packageRoot } from "../../core/util/package-root.ts";
import type { VllmOptions } from "../../plugins/vllm/options.ts";
import { assert, suite, type TestContext } from "../harness.ts";

const test = suite("bench/lora-cpu");
const env = { HALO_MODEL: "tiny", HALO_TINY_DIR: "/nowhere", HALO_LORA_TOKEN: "token" };
const python = path.join(packageRoot(), ".tools/python/bin/python");
const need = { screenshot: true };

const plain = () => loadPipeline(pipelineFile, { env, cwd: packageRoot() });
const tiny = () => loadPipeline(pipelineFile, { profiles: ["gpu"], overlays: [tinyFile], env, cwd: packageRoot() });
const middle = (
  place: number,
): readonly [number, number] => [250 + 500 * (place % 2), 250 + 500 * Math.floor(place / 2)];

function folder(t: TestContext): string {
  const made = mkdtempSync(path.join(tmpdir(), "halo-lora-cpu-test-"));
  t.defer(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test("drawPicture gives train and eval no offset, grey or shade in common", () => {
  const seen = (family: Family) => {
    const pictures = Array.from(
      { length: 400 },
      (_, i) => drawPicture(keyedRng("test", family, i), { family, mark: i % places.length, isBlank: false }),
    );
    const buttons = pictures.flatMap((p) => p.buttons.map((b, i) => ({ ...b, i })));
    return [
      pictures.map((p) => p.background),
      buttons.flatMap((b) => b.colour.match(/\d+/g)!.map(Number)),
      buttons.map((b) => `${b.x - (b.i % 2) * size.width / 2},${b.y - Math.floor(b.i / 2) * size.height / 2}`),
    ].map((values) => new Set<unknown>(values));
  };
  const [train, held] = [seen("train"), seen("eval")];
  for (const [k, values] of train.entries()) {
    assert.ok(values.size > 12, `values of kind ${k}`);
    assert.equal([...values].filter((v) => held[k]!.has(v)), []);
  }
});

test("callAt is a call that the policy reads as a click on its place", () => {
  for (const place of places.keys()) {
    const parsed = parseOutput(callAt(place), { dialect: "qwen", repair: false });
    assert.equal(parsed, { ok: true, action: { action: "click", at: middle(place) }, repairs: 0 });
  }
});

test("the page is solved by a click opposite the mark and by no other, from a fork too", async (t) => {
  const { environment, tasks } = placesEnvironment(await plain());
  t.use(environment);
  const o = { signal: t.signal, need };
  for (const mark of places.keys()) {
    const task = tasks.draw({ split: "eval", index: mark, seed: 5 });
    const episode = await environment.open(task, { ...o, seed: 0 });
    const first = await episode.observe(o);
    assert.equal([first.screenshot!.widthPx, first.screenshot!.heightPx], [size.width, size.height]);
    const from = await episode.mark(o);
    await episode.close();
    for (const place of places.keys()) {
      const fork = await environment.fork(from, o);
      assert.equal((await fork.observe(o)).screenshot!.sha256, first.screenshot!.sha256);
      const { solved, target } = await fork.step({ action: "click", at: middle(place) }, o);
      assert.equal([solved, target?.name], [place === 3 - mark, places[place]]);
      await fork.close();
    }
  }
});

test("a blank page shows nothing of the mark", async (t) => {
  const { environment, tasks } = placesEnvironment(await plain());
  t.use(environment);
  const drawn = tasks.draw({ split: "blank_eval", index: 0, seed: 0 });
  const { picture } = drawn.params as { readonly picture: object };
  const shots = new Set<string>();
  for (const mark of places.keys()) {
    const task: Task = { ...drawn, params: { picture: { ...picture, mark } } as never };
    const episode = await environment.open(task, { signal: t.signal, seed: 0 });
    shots.add((await episode.observe({ signal: t.signal, need })).screenshot!.sha256);
    await episode.close();
  }
  assert.is(shots.size, 1);
});

test("the pipeline trains and evaluates with the embedded policy, which sees no pixels", async (t) => {
  const pipeline = await loadPipeline(pipelineFile, {
    sets: [
      `runs_dir=${folder(t)}`,
      "stages.1.train.iterations=1",
      ...[0, 2, 3, 4].map((i) => `stages.${i}.evaluate.sample_size=4`),
    ],
    env,
    cwd: packageRoot(),
  });
  const done = await runPipeline(pipeline, { log: silentLog, signal: t.signal, packageRoot: packageRoot() });
  assert.equal([done.exit, done.evaluations.map((e) => e.n)], [0, [4, 4, 4, 4]]);
  assert.is(done.env_steps > 0, true);
}, { timeoutMs: 120_000 });

test("warmup.py fails and says so when the base does not see", async (t) => {
  if (!existsSync(python)) return console.log(`SKIPPED, needs ${python}: ./launch.sh --setup-only --dev`);
  const pipeline = await tiny();
  const { environment, tasks } = placesEnvironment(pipeline);
  t.use(environment);
  const made = folder(t);
  const shots = path.join(made, "shots");
  await mkdir(shots);
  await takeShots({ environment, tasks }, { split: "train", n: 272, seed: 1, folder: shots, signal: t.signal });
  const episode = await environment.open(tasks.draw({ split: "train", index: 0, seed: 0 }), {
    signal: t.signal,
    seed: 0,
  });
  const policy = pipeline.policy.options as unknown as VllmOptions;
  const lessons = await lessonsOf(await episode.observe({ signal: t.signal, need }), { goal: "Click.", policy });
  await episode.close();
  const spec = {
    ...lessons,
    seed: 1,
    out: path.join(made, "base"),
    shots,
    limit_s: 1,
    learning_rate: 1e-3,
    settle_steps: 1,
    model: {},
  };
  const file = path.join(made, "spec.json");
  writeFileSync(file, JSON.stringify(spec));
  const { status, stdout, stderr } = spawnSync(python, [path.join(packageRoot(), "bench/lora-cpu/warmup.py"), file], {
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: path.join(packageRoot(), "plugins/lora/sidecar"), OMP_NUM_THREADS: "1" },
  });
  assert.is(status, 1, stderr);
  assert.match(stderr, /the base does not see or act/);
  const { prompt_tokens, sees } = JSON.parse(stdout.trim().split("\n").at(-1)!);
  assert.ok(sees < 0.97);
  // 24 image tokens and what stands around them: the whole prompt stays short in the tiny tokenizer.
  assert.ok(prompt_tokens > 40 && prompt_tokens < 100, String(prompt_tokens));
}, { timeoutMs: 240_000 });
