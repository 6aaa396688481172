import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Batch } from "../../../core/domain/batch.ts";
import type { Group } from "../../../core/domain/group.ts";
import { canonicalEpisodes, hashEpisodes } from "../../../core/record/canonical.ts";
import type { EpisodeSummary, StepRecord } from "../../../core/record/episode.ts";
import { createRun } from "../../../core/record/run-folder.ts";
import { listRuns, openRun } from "../../../core/record/runs.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { commitOf, emptySlot, events } from "./sample-records.ts";
import { tempDir } from "./temp-dir.ts";

const test = suite("record/run-folder");
const pipeline = { name: "GRPO gomail!", seed: 42, document: { name: "x", list: [1, null] }, base: "/somewhere" };

function episode(id: string, extra: Partial<EpisodeSummary> = {}): EpisodeSummary {
  const verdict = { success: true, by: "board/goal", reason: "reached" };
  const task = { taskKey: id, template: "t", split: "eval", optimum: 1, goal: "go" };
  return {
    id,
    label: "before",
    ...task,
    steps: 1,
    stop: "solved",
    success: true,
    verdict,
    reward: 1,
    policyVersion: 0,
    ...extra,
  };
}

function step(index: number, shot: string): StepRecord {
  const parsed = { ok: true, action: { action: "back" }, repairs: 0 } as const;
  return { index, url: "u", stateKey: "k", text: "t", parsed, reward: 0.5, terms: [], policyVersion: 0, shot };
}

const group: Group = { id: "g", taskKey: "t", policyVersion: 0, temperature: 1, shape: "step", decisions: [] };

const batch: Batch = {
  seq: 1,
  policyVersion: 0,
  temperature: 1,
  seed: 5,
  loss: { kind: "dpo", beta: 0.1, nll_coef: 0 },
  examples: [{
    kind: "imitate",
    group: "g",
    prompt: {
      kind: "choice",
      dims: 4,
      offsets: Int32Array.of(0, 1),
      index: Int32Array.of(3),
      value: Float32Array.of(0.5),
    },
    sample: { text: "a", parsed: { ok: false, code: "PARSE", message: "m" }, trace: { kind: "none" } },
    weight: 1,
  }],
};

test("createRun makes folders that never collide and keep what a resume needs", async (t) => {
  const dir = t.use(tempDir()).path;
  const runs = await Promise.all(Array.from({ length: 20 }, () => createRun(dir, pipeline)));
  assert.is(new Set(runs.map((r) => r.id)).size, 20);
  assert.equal(readdirSync(dir).sort(), runs.map((r) => r.id).sort());
  const [run] = runs;
  assert.match(run!.id, /^grpo-gomail-\d{8}-\d{6}-[0-9a-f]{6}$/);
  const { name, seed, document, base } = (await openRun(run!.path, dir)).info;
  assert.equal({ name, seed, document, base }, pipeline);
});

test("openRun finds a run by id, prefix, path and latest", async (t) => {
  const dir = t.use(tempDir()).path;
  const a = await createRun(dir, { ...pipeline, name: "alpha" });
  const b = await createRun(dir, { ...pipeline, name: "beta" });
  for (const which of [a.id, "al", a.path, `${a.path}/`]) assert.is((await openRun(which, dir)).id, a.id);
  assert.is((await openRun("latest", dir)).id, (await listRuns(dir)).at(-1)!.id);
  assert.is((await openRun(b.path, "/nowhere")).id, b.id);
});

test("a run that was copied is listed and opened by the name of its folder", async (t) => {
  const dir = t.use(tempDir()).path;
  const run = await createRun(dir, { ...pipeline, name: "alpha" });
  cpSync(run.path, join(dir, "copy-of-alpha"), { recursive: true });
  assert.equal((await listRuns(dir)).map(({ id }) => id).sort(), [run.id, "copy-of-alpha"].sort());
  assert.is((await openRun("copy", dir)).path, join(dir, "copy-of-alpha"));
});

test("journals whose last line is cut short are named", async (t) => {
  const dir = t.use(tempDir()).path;
  const run = await createRun(dir, { ...pipeline, name: "alpha" });
  await run.event({ type: "warning", message: "one" });
  await run.metrics(1, { loss: 1 });
  assert.equal(await run.tornJournals(), []);
  const path = join(run.path, "events.jsonl");
  truncateSync(path, statSync(path).size - 3);
  assert.equal(await run.tornJournals(), ["events.jsonl"]);
});

test("openRun names near ids when there is no such run, candidates when there are several", async (t) => {
  const dir = t.use(tempDir()).path;
  const thrown = async (which: string) => {
    const e = await thrownBy(() => openRun(which, dir));
    assert.ok(isHaloError(e));
    return [e.code, e.message];
  };
  assert.equal(await thrown("latest"), ["HALO_RUN_NOT_FOUND", `no run "latest" in ${dir}, which has no runs`]);
  const a = await createRun(dir, { ...pipeline, name: "alpha" });
  const near = a.id.slice(0, -1) + "z";
  assert.equal(await thrown(near), ["HALO_RUN_NOT_FOUND", `no run "${near}" in ${dir}; did you mean ${a.id}?`]);
  assert.equal(await thrown("zzz"), ["HALO_RUN_NOT_FOUND", `no run "zzz" in ${dir}; the newest are ${a.id}`]);
  assert.is((await thrown(""))[0], "HALO_RUN_NOT_FOUND");
  assert.is((await thrown(`${dir}/alpha`))[0], "HALO_RUN_NOT_FOUND");
  await createRun(dir, { ...pipeline, name: "alpha" });
  const both = (await listRuns(dir)).map((r) => r.id).join(", ");
  assert.equal(await thrown("alp"), ["HALO_RUN_AMBIGUOUS", `"alp" names 2 runs of ${dir}: ${both}`]);
});

test("openRun names the file when run.json is damaged, and the other runs stay reachable", async (t) => {
  const dir = t.use(tempDir()).path;
  const path = join(dir, "bad");
  mkdirSync(path);
  writeFileSync(join(path, "run.json"), '{"schema":"halo.run/9"}');
  const good = await createRun(dir, pipeline);
  const e = await thrownBy(() => openRun("bad", dir));
  assert.ok(isHaloError(e, "HALO_RUN_CORRUPT"));
  const damage = `${
    join(path, "run.json")
  }:1: expected one JSON object with schema "halo.run/1", got schema "halo.run/9", which a newer halo wrote`;
  assert.is(e.message, damage);
  const [first, second] = await listRuns(dir);
  const hint = "read this run with a newer halo";
  assert.equal(first, { id: "bad", path, name: "", seed: 0, created: "", damage, hint });
  assert.is(second!.id, good.id);
  assert.is((await openRun("latest", dir)).id, good.id);
});

test("RunFolder reads back events, metrics, episodes and steps", async (t) => {
  const dir = t.use(tempDir()).path;
  const run = await createRun(dir, pipeline);
  await run.event(events.launch);
  await run.metrics(1, { "reward/mean": 0.5, broken: NaN });
  await run.writeSteps("before/a#0", [step(0, "s0")]);
  await run.episode(episode("before/a#0"));
  const back = await openRun(run.id, dir);
  const [event] = await back.readEvents();
  assert.equal({ ...event, ts: "" }, { ...events.launch, ts: "" });
  assert.equal((await back.readMetrics()).map(({ step, values }) => ({ step, values })), [
    { step: 1, values: { "reward/mean": 0.5, broken: null } },
  ]);
  assert.equal(await back.episodes(), [episode("before/a#0")]);
  assert.equal(await back.readSteps("before/a#0"), [step(0, "s0")]);
  assert.equal(await back.readSteps("before/other#0"), []);
});

test("RunFolder counts an episode once, whoever adds it again", async (t) => {
  const dir = t.use(tempDir()).path;
  const run = await createRun(dir, pipeline);
  await Promise.all([run.episode(episode("a")), run.episode(episode("a")), run.episode(episode("b"))]);
  await (await openRun(run.id, dir)).episode(episode("a", { reward: 9 }));
  assert.equal(readFileSync(join(run.path, "episodes.jsonl"), "utf8").split("\n").length, 4);
  const doubled = readFileSync(join(run.path, "episodes.jsonl"), "utf8") + JSON.stringify(episode("a", { reward: 9 })) +
    "\n";
  writeFileSync(join(run.path, "episodes.jsonl"), doubled);
  assert.equal((await run.episodes()).map((e) => [e.id, e.reward]), [["a", 1], ["b", 1]]);
});

test("steps starts anew over an earlier attempt", async (t) => {
  const run = await createRun(t.use(tempDir()).path, pipeline);
  for (const attempt of ["one", "two"]) {
    const steps = run.steps("a");
    await Promise.all([steps.append(step(0, attempt)), steps.append(step(1, attempt))]);
  }
  assert.equal((await run.readSteps("a")).map((s) => [s.index, s.shot]), [[0, "two"], [1, "two"]]);
});

test("Iteration keeps slots, a sealed batch and COMMIT", async (t) => {
  const dir = t.use(tempDir()).path;
  const run = await createRun(dir, pipeline);
  const it = run.iteration(3);
  assert.equal([await it.readSlots(), await it.readBatch(), await it.readCommit(), await run.lastCommit()], [
    [],
    undefined,
    undefined,
    undefined,
  ]);
  for (const i of [10, 2, 1]) {
    await it.writeSlot(emptySlot(`i3.s${i}`, { groups: [{ ...group, id: `g${i}`, temperature: -0 }] }));
  }
  assert.equal((await it.readSlots()).map((s) => s.id), ["i3.s1", "i3.s2", "i3.s10"]);
  assert.equal((await it.readGroups()).map((g) => g.id), ["g1", "g2", "g10"]);
  await it.sealBatch(batch);
  assert.equal(await run.iteration(3).readBatch(), batch);
  assert.match(String(await thrownBy(() => it.sealBatch(batch))), /has a sealed batch/);
  writeFileSync(join(await it.adapterDir(), "half"), "left by a crash");
  writeFileSync(join(await it.stateDir(), "state.bin"), "s");
  assert.equal(readdirSync(await it.adapterDir()), []);
  writeFileSync(join(it.adapterPath, "weights"), "w");
  await it.commit(commitOf(3, 12));
  assert.equal(await run.lastCommit(), commitOf(3, 12));
  assert.match(String(await thrownBy(() => it.stateDir())), /is committed/);
  await run.iteration(4).writeSlot(emptySlot("i4.s0"));
  assert.equal([await run.iterations(), await run.lastCommit()], [[3, 4], commitOf(3, 12)]);
});

test("status RUNNING removes what killed processes left unfinished in the run's own folders", async (t) => {
  const run = await createRun(t.use(tempDir()).path, pipeline);
  await run.iteration(1).writeSlot(emptySlot("s0"));
  mkdirSync(join(run.path, "arms", "a"), { recursive: true });
  const left = [".state.json.123-0.tmp", "iter/1/slots/.s1.json.77-12.tmp"];
  const kept = ["arms/a/.state.json.123-0.tmp", "notes.tmp", "iter/1/.mine.tmp"];
  for (const name of [...left, ...kept]) writeFileSync(join(run.path, name), "half");
  await run.status("STOPPED");
  assert.ok(left.every((name) => existsSync(join(run.path, name))));
  await run.status("RUNNING");
  assert.equal(left.filter((name) => existsSync(join(run.path, name))), []);
  assert.equal(kept.filter((name) => existsSync(join(run.path, name))), kept);
  assert.equal(readdirSync(join(run.path, "iter/1/slots")), ["s0.json"]);
});

test("status says STOPPED for a run whose process was killed and refuses a second writer", async (t) => {
  const dir = t.use(tempDir()).path;
  const run = await createRun(dir, pipeline);
  assert.is((await listRuns(dir))[0]!.status, undefined);
  const module = new URL("../../../core/record/runs.ts", import.meta.url).href;
  const script = `import { openRun } from ${JSON.stringify(module)};
    await (await openRun(${JSON.stringify(run.id)}, ${JSON.stringify(dir)})).status("RUNNING");
    console.log("up"); setInterval(() => {}, 1000);`;
  const file = join(dir, "child.mjs");
  writeFileSync(file, script);
  // Deno looks for packages where its configuration is.
  const config = fileURLToPath(new URL("../../../deno.json", import.meta.url));
  const runtime = "Deno" in globalThis ? ["run", "-A", "--quiet", "--config", config] : [];
  const child = spawn(process.execPath, [...runtime, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.defer(() => child.kill("SIGKILL"));
  await once(child.stdout, "data", { signal: t.signal });
  assert.is((await listRuns(dir))[0]!.status, "RUNNING");
  const e = await thrownBy(() => run.status("RUNNING"));
  assert.ok(isHaloError(e, "HALO_RUN_BUSY"));
  assert.ok(isHaloError(await thrownBy(() => run.status("STOPPED")), "HALO_RUN_BUSY"));
  assert.match(e.message, new RegExp(`^${run.id} is being run by process ${child.pid} since `));
  child.kill("SIGKILL");
  await once(child, "exit");
  assert.is((await listRuns(dir))[0]!.status, "STOPPED");
  await run.status("RUNNING");
  await run.status("DONE");
  assert.is((await listRuns(dir))[0]!.status, "DONE");
});

test("blobs are stored once and checked when read", async (t) => {
  const dir = t.use(tempDir()).path;
  const run = await createRun(dir, pipeline);
  const bytes = Uint8Array.of(1, 2, 3);
  const digest = await run.blobs.put(bytes);
  assert.is(await (await createRun(dir, pipeline)).blobs.put(bytes), digest);
  assert.equal([...await run.blobs.get(digest)], [1, 2, 3]);
  assert.ok(existsSync(join(dir, "blobs", "sha256", digest.slice(0, 2), `${digest}.png`)));
  writeFileSync(run.blobs.path(digest), "no!");
  assert.ok(isHaloError(await thrownBy(() => run.blobs.get(digest)), "HALO_RUN_CORRUPT"));
  assert.ok(isHaloError(await thrownBy(() => run.blobs.get("ff".repeat(32))), "HALO_RUN_CORRUPT"));
  assert.is((await listRuns(dir)).length, 2);
});

test("canonicalEpisodes is equal for equal episodes in any order and differs when a step does", async (t) => {
  const dir = t.use(tempDir()).path;
  const texts = [];
  for (const ids of [["a", "b"], ["b", "a"]]) {
    const run = await createRun(dir, pipeline);
    for (const id of ids) {
      await run.writeSteps(id, [step(0, `pixels of ${run.id}`)]);
      await run.episode(episode(id));
    }
    texts.push(await canonicalEpisodes(run));
  }
  assert.is(texts[0], texts[1]);
  assert.is(texts[0]!.split("\n").length, 3);
  const other = await createRun(dir, pipeline);
  for (const id of ["a", "b"]) await other.episode(episode(id));
  assert.is.not(await canonicalEpisodes(other), texts[0]);
  assert.match(await hashEpisodes(other), /^[0-9a-f]{64}$/);
});
