// The real server with arithmetic in the place of a model, so that it restarts in a second: either side killed anywhere.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { isHaloError, type Trainer } from "halo-agent";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { KillingProxy, SidecarProcess, type When, whyNoSidecar } from "./sidecar-process.ts";
import { batchOf, emptyFolder, trainerFor } from "./trainer-for.ts";

const declared = suite("lora/crash");
const why = whyNoSidecar("aiohttp");
if (why) console.log(`SKIPPED ${why}`);
/** Each restart takes a second, several where the machine has other work. */
const test: typeof declared = (name, run) =>
  why ? declared(`SKIPPED, ${why}: ${name}`, () => {}) : declared(name, run, { timeoutMs: 240_000 });

const noReplay = () => Promise.reject(new Error("no replay"));
/** Two requests a batch: one for each group. */
const split = { chunk_mb: 1e-6 };

async function published(trainer: Trainer, t: TestContext): Promise<string> {
  const { sha256 } = await trainer.publish(emptyFolder(t), t);
  return sha256;
}

/** The adapter after each of these updates, when nothing happens. */
async function undisturbed(t: TestContext, { url, updates }: { readonly url: string; readonly updates: number }) {
  const trainer = t.use(trainerFor({ url, ...split }));
  const hashes: string[] = [];
  for (let seq = 1; seq <= updates; seq++) {
    await trainer.update(batchOf(seq), t);
    hashes.push(await published(trainer, t));
  }
  assert.is(new Set(hashes).size, updates);
  return hashes;
}

test("update gives the same adapter when the sidecar is killed at any of its requests", async (t) => {
  const sidecar = t.use(await SidecarProcess.fake());
  const proxy = t.use(new KillingProxy(sidecar));
  const url = await proxy.listen();
  // Results of the two passes, the step and the save are the retrievals 1 to 4.
  const points: readonly (readonly [route: string, when: When, nth: number])[] = [
    ["forward_backward", "before", 1],
    ["forward_backward", "after", 2],
    ["retrieve_future", "before", 1],
    ["retrieve_future", "after", 2],
    ["optim_step", "before", 1],
    ["optim_step", "after", 1],
    ["retrieve_future", "after", 3],
    ["save_weights", "before", 1],
    ["save_weights", "after", 1],
    ["retrieve_future", "after", 4],
    ["save_weights_for_sampler", "before", 1],
    ["save_weights_for_sampler", "after", 1],
  ];
  const expected = await undisturbed(t, { url, updates: points.length });
  const trainer = t.use(trainerFor({ url, ...split }));
  for (const [i, [route, when, nth]] of points.entries()) {
    const point = `${when} ${route} ${nth}`;
    proxy.killAt(route, when, nth);
    const report = await trainer.update(batchOf(i + 1), t);
    assert.is(await published(trainer, t), expected[i], point);
    assert.ok(await proxy.hasKilled(), `${point} was never reached`);
    assert.is(await trainer.update(batchOf(i + 1), t), report);
  }
});

test("restore goes on from the last commit when the sidecar is killed while it loads", async (t) => {
  const sidecar = t.use(await SidecarProcess.fake());
  const proxy = t.use(new KillingProxy(sidecar));
  const url = await proxy.listen();
  const [, expected] = await undisturbed(t, { url, updates: 2 });
  const first = trainerFor({ url, ...split });
  const committed = emptyFolder(t);
  await first.update(batchOf(1), t);
  await first.checkpoint(committed, t);
  for (const route of ["create_session", "create_model", "load_weights"]) {
    for (const when of ["before", "after"] as const) {
      const trainer = trainerFor({ url, ...split });
      proxy.killAt(route, when);
      assert.equal(await trainer.restore(committed, { ...t, batch: noReplay }), { seq: 1 });
      await trainer.update(batchOf(2), t);
      assert.is(await published(trainer, t), expected, `${when} ${route}`);
      assert.ok(await proxy.hasKilled());
      await trainer.close();
    }
  }
});

test("a runtime killed at any of its requests goes on from its last commit to the same adapters", async (t) => {
  const sidecar = t.use(await SidecarProcess.fake());
  const child = fileURLToPath(new URL("runtime-child.ts", import.meta.url));
  const program = join(packageRoot(), "node_modules/.bin/node");
  const run = (folder: string, ...more: readonly string[]) => {
    const done = spawnSync(program, [child, sidecar.url, folder, "2", ...more], { encoding: "utf8", env: process.env });
    return { ...done, ...(done.stdout && JSON.parse(done.stdout)) as { calls?: number; hashes?: readonly string[] } };
  };
  const expected = await undisturbed(t, { url: sidecar.url, updates: 2 });
  const whole = run(emptyFolder(t));
  assert.equal(whole.hashes, expected, whole.stderr);
  assert.ok(whole.calls! > 15, String(whole.calls));
  for (let call = 2; call <= whole.calls!; call += 3) {
    const when = call % 2 === 0 ? "before" : "after";
    const folder = emptyFolder(t);
    const killed = run(folder, String(call), when);
    assert.is(killed.signal, "SIGKILL", killed.stderr);
    assert.equal(run(folder).hashes, expected, `${when} call ${call}`);
  }
});

test("an aborted update leaves no trace in the next one", async (t) => {
  const sidecar = t.use(await SidecarProcess.fake("slow"));
  const expected = await undisturbed(t, { url: sidecar.url, updates: 2 });
  const trainer = t.use(trainerFor({ url: sidecar.url, ...split }));
  await trainer.update(batchOf(1), t);
  const abort = new AbortController();
  const aborted = trainer.update(batchOf(2), { signal: abort.signal });
  setTimeout(() => abort.abort(new Error("enough")), 150);
  assert.is(((await thrownBy(() => aborted)) as Error).message, "enough");
  await trainer.update(batchOf(2), t);
  assert.is(await published(trainer, t), expected[1]);
});

test("update takes batches in order, and one without examples counts without a step", async (t) => {
  const sidecar = t.use(await SidecarProcess.fake());
  const trainer = t.use(trainerFor({ url: sidecar.url }));
  const early = await thrownBy(() => trainer.update(batchOf(2), t));
  assert.ok(isHaloError(early, "HALO_TRAINER_SEQUENCE"), String(early));
  await trainer.update(batchOf(1), t);
  const hash = await published(trainer, t);
  const empty = { ...batchOf(2), examples: [] };
  assert.equal(await trainer.update(empty, t), { seq: 2, metrics: {} });
  const adapter = await trainer.publish(emptyFolder(t), t);
  assert.equal([adapter.version, adapter.sha256, adapter.format, adapter.base], [2, hash, "peft", "fake"]);
  const { metrics } = await trainer.update(batchOf(3), t);
  assert.is(metrics["optim/step"], 2);
  assert.is.not(await published(trainer, t), hash);
});

test("restore says so when the sidecar no longer has the weights", async (t) => {
  const [sidecar, other] = [t.use(await SidecarProcess.fake()), t.use(await SidecarProcess.fake())];
  const committed = emptyFolder(t);
  const first = t.use(trainerFor({ url: sidecar.url }));
  await first.update(batchOf(1), t);
  await first.checkpoint(committed, t);
  const trainer = t.use(trainerFor({ url: other.url }));
  const e = await thrownBy(() => trainer.restore(committed, { ...t, batch: noReplay }));
  assert.ok(isHaloError(e, "HALO_LORA_STATE"), String(e));
  assert.match((e as Error).message, /nothing is kept as states\/\w+-0\/000001 in /);
  mkdirSync(join(committed, "no"));
  const corrupt = await thrownBy(() => trainer.restore(join(committed, "no"), { ...t, batch: noReplay }));
  assert.ok(isHaloError(corrupt, "HALO_RUN_CORRUPT"), String(corrupt));
});

test("a second trainer that pushes the first out of memory does not change its adapter", async (t) => {
  const sidecar = t.use(await SidecarProcess.fake("fake", "--max-models", "1"));
  const expected = await undisturbed(t, { url: sidecar.url, updates: 2 });
  const [a, b] = [t.use(trainerFor({ url: sidecar.url })), t.use(trainerFor({ url: sidecar.url }))];
  for (const seq of [1, 2]) for (const trainer of [a, b]) await trainer.update(batchOf(seq), t);
  assert.equal([await published(a, t), await published(b, t)], [expected[1], expected[1]]);
});

test("a wrong token, another model and another precision are told apart", async (t) => {
  const sidecar = t.use(await SidecarProcess.fake());
  const told = async (o: Readonly<Record<string, unknown>>, secret?: string) => {
    const trainer = t.use(trainerFor({ url: sidecar.url, ...o }, secret === undefined ? {} : { secret }));
    const e = await thrownBy(() => trainer.ready!(t));
    assert.ok(isHaloError(e), String(e));
    return `${e.code} ${e.message}`;
  };
  assert.is(
    await told({}, "wrong"),
    `HALO_LORA_TOKEN the sidecar at ${sidecar.url} refuses the trainer's token: the header X-API-Key is not the sidecar's`,
  );
  assert.is(
    await told({ model: "other" }),
    `HALO_LORA_SERVER ${sidecar.url} trains "fake", the trainer's model is "other"`,
  );
  await t.use(trainerFor({ url: sidecar.url })).ready!(t);
});
