// runtime: node
// Starts the real sidecar with a tiny model; that the client runs on Deno too is held by faults.test.ts and crash.test.ts.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Batch,
  type Example,
  isHaloError,
  type Prompt,
  type Sample,
  Secret,
  type Trace,
  type Trainer,
} from "halo-agent";
import { sha256Folder } from "halo-agent/kit";
import { silentLog } from "../../../core/util/log.ts";
import { LoraClient } from "../../../plugins/lora/client.ts";
import { datumsOf } from "../../../plugins/lora/datums.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { picture } from "../vllm/points.ts";
import { KillingProxy, makeTinyModel, SidecarProcess, token, whyNoSidecar } from "./sidecar-process.ts";
import { emptyFolder, sampleOf, trainerFor } from "./trainer-for.ts";

const why = whyNoSidecar("aiohttp, torch, transformers, peft");
if (why) {
  console.log(`SKIPPED ${why}`);
  suite("lora/real")("a real sidecar is tested where there is one", () => assert.ok(why));
} else await declare();

async function declare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "halo-lora-real-"));
  const model = makeTinyModel(join(folder, "model"));
  const sidecar = await SidecarProcess.real(model);
  const proxy = new KillingProxy(sidecar);
  const url = await proxy.listen();
  const { image_token_id: pad, vision_start_token_id: start, vision_end_token_id: end } = JSON.parse(
    readFileSync(join(model, "config.json"), "utf8"),
  );

  const declared = suite("lora/real");
  /** A start takes several seconds where the machine has other work. */
  const test: typeof declared = (name, run) => declared(name, run, { timeoutMs: 240_000 });

  const shots = [picture(1), picture(2)];
  const blobs = { get: (sha: string) => Promise.resolve(shots.find(({ sha256 }) => sha256 === sha)!.png) };
  /** A request for each group: how sums are cut is part of what gives equal bits. */
  const open = (o: Readonly<Record<string, unknown>> = {}): Trainer =>
    trainerFor({ url, model: "tiny", learning_rate: 1e-2, rank: 4, alpha: 8, chunk_mb: 1e-6, ...o }, { blobs });

  /** 160 × 96 pixels are 5 × 3 tokens. */
  const promptOf = (shot: number): Prompt & { readonly kind: "tokens" } => ({
    kind: "tokens",
    model: "tiny",
    ids: [40, 41, start, ...Array<number>(15).fill(pad), end, 42 + shot],
    images: [shots[shot]!.sha256],
  });

  /** Two groups, one a picture. */
  const batchOf = (seq: number): Batch => ({
    seq,
    policyVersion: seq - 1,
    temperature: 1,
    seed: 1,
    loss: { kind: "dr_grpo", kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2, max_completion_length: 4 },
    examples: shots.flatMap((_, shot) =>
      [1, -1].map((advantage, i) => ({
        kind: "advantage" as const,
        group: `g${shot}`,
        prompt: promptOf(shot),
        sample: sampleOf([50 + i, 60 + seq, 70 + shot]),
        advantage,
        weight: 0.5,
      }))
    ),
  });

  /** The batch as the base itself would have sampled it: its log-probabilities come from the sidecar's forward pass. */
  async function sampledByBase(batch: Batch, t: TestContext): Promise<Batch> {
    const secret = new Secret("HALO_LORA_TOKEN", token);
    const client = new LoraClient({ url, token: secret, timeout_s: 60, restart_s: 60, log: silentLog });
    t.defer(() => client.close());
    const { session_id } = await client.call("create_session", { ...t, body: {} });
    const create = { session_id, model_seq_id: 0, base_model: "tiny", lora_config: { rank: 1 } };
    const { model_id } = await client.result("create_model", { ...t, body: create });
    for (const { sha256, png } of shots) {
      await client.send(`x_halo/blobs/${sha256}`, { ...t, method: "PUT", body: new Uint8Array(png) });
    }
    const data = datumsOf(batch, { model: "tiny", imageToken: pad }).map(({ datum }) => datum);
    const input = { data, loss_fn: "cross_entropy", x_halo: { base: true, temperature: batch.temperature } };
    const found = await client.result("forward", { ...t, body: { model_id, seq_id: 1, forward_input: input } });
    await client.call("unload_model", { ...t, body: { model_id } });
    const rows = (found["loss_fn_outputs"] as { logprobs: { data: number[] } }[]).map(({ logprobs }) => logprobs.data);
    const scored = ({ trace }: Sample): Sample => sampleOf(trace.kind === "tokens" ? trace.ids : [], rows.shift()!);
    const examples = batch.examples.map((e): Example =>
      e.kind === "pair"
        ? { ...e, chosen: scored(e.chosen), rejected: scored(e.rejected) }
        : { ...e, sample: scored(e.sample) }
    );
    return { ...batch, examples };
  }

  const published = async (trainer: Trainer, t: TestContext) => (await trainer.publish(emptyFolder(t), t)).sha256;
  const expected: string[] = [];

  test("update learns from screenshots, and its canary is green on what the base itself sampled", async (t) => {
    const trainer = t.use(open({ gap_limit: 1e-4 }));
    const drawn = await sampledByBase(batchOf(1), t);
    const [first, ...rest] = drawn.examples as readonly (Example & { readonly kind: "advantage" })[];
    const { trace } = first!.sample;
    const { ids, logprobs } = trace as Trace & { readonly kind: "tokens" };
    const off = { ...first!, sample: sampleOf(ids, [logprobs[0]! - 0.01, ...logprobs.slice(1)]) };
    const e = await thrownBy(() => trainer.update({ ...drawn, examples: [off, ...rest] }, t));
    assert.ok(isHaloError(e, "HALO_CANARY_GAP"), String(e));
    assert.match(e.message, /differ by up to 0\.0100, .*\(group g0\)/);
    const { metrics } = await trainer.update(drawn, t);
    assert.ok(metrics["canary/gap"]! < 1e-5, String(metrics["canary/gap"]));
    assert.ok(metrics["grad/norm"]! > 0 && metrics["update/l2"]! > 0, JSON.stringify(metrics));
    assert.is(metrics["optim/learning_rate"], 0.01);
  });

  test("three updates undisturbed", async (t) => {
    const trainer = t.use(open());
    for (const seq of [1, 2, 3]) {
      await trainer.update(batchOf(seq), t);
      expected.push(await published(trainer, t));
    }
    assert.is(new Set(expected).size, 3);
  });

  test("the adapter is the same, bit for bit, when sidecar and runtime are killed on the way", async (t) => {
    const first = open();
    const committed = emptyFolder(t);
    await first.update(batchOf(1), t);
    await first.checkpoint(committed, t);
    // The runtime is gone in the middle of the second update, the new one goes on from its commit.
    proxy.killAt("optim_step", "after");
    const dying = new AbortController();
    const left = first.update(batchOf(2), { signal: dying.signal });
    while (!await proxy.hasKilled()) await new Promise((resolve) => setTimeout(resolve, 20));
    dying.abort(new Error("killed"));
    await thrownBy(() => left);
    const trainer = t.use(open());
    await trainer.restore(committed, { ...t, batch: () => Promise.reject(new Error("no replay")) });
    proxy.killAt("retrieve_future", "after", 2);
    await trainer.update(batchOf(2), t);
    assert.ok(await proxy.hasKilled());
    assert.is(await published(trainer, t), expected[1]);
    await trainer.update(batchOf(3), t);
    assert.is(await published(trainer, t), expected[2]);
  });

  test("publish with adapters: copied brings whole PEFT files that are what the manifest says", async (t) => {
    const trainer = t.use(open({ adapters: "copied" }));
    await trainer.update(batchOf(1), t);
    const dir = emptyFolder(t);
    const adapter = await trainer.publish(dir, t);
    assert.is(adapter.sha256, expected[0]);
    assert.equal(readdirSync(dir), ["adapter_config.json", "adapter_model.safetensors", "halo.json"]);
    const manifest = JSON.parse(readFileSync(join(dir, "halo.json"), "utf8"));
    assert.equal([manifest.version, manifest.base, manifest.dtype], [1, "tiny", "float32"]);
    assert.is(manifest.location.startsWith(join(sidecar.root, "adapters/")), true);
    assert.is(manifest.canary.logprobs.length, manifest.canary.ids.length - 1);
    rmSync(join(dir, "halo.json"));
    assert.is(await sha256Folder(dir), adapter.sha256);
  });

  test("update takes preference pairs beside imitation; the loss begins at log 2 a pair", async (t) => {
    const trainer = t.use(open({ gap_limit: 1e-4 }));
    const pair = (group: string): Example => ({
      kind: "pair",
      group,
      prompt: promptOf(0),
      chosen: sampleOf([50, 51]),
      rejected: sampleOf([52, 53, 54]),
      weight: 1,
    });
    const loss = { kind: "dpo", beta: 0.1, nll_coef: 0 } as const;
    const batch = await sampledByBase({ ...batchOf(1), loss, examples: [pair("a"), pair("b")] }, t);
    const { metrics } = await trainer.update(batch, t);
    // Both margins are 0: -log σ(0) = log 2, the mean over two groups.
    assert.ok(Math.abs(metrics["loss/total"]! - Math.LN2) < 1e-6, String(metrics["loss/total"]));
    assert.ok(Math.abs(metrics["dpo/margin"]!) < 1e-6, String(metrics["dpo/margin"]));
    const again = { ...batch, seq: 2, policyVersion: 1 };
    const e = await thrownBy(() => trainer.update(again, t));
    // The weights have moved away from what sampled these pairs, which the canary sees.
    assert.ok(isHaloError(e, "HALO_CANARY_GAP"), String(e));
  });

  test("the sidecar's own refusals reach the user", async (t) => {
    const trainer = t.use(open());
    const [example] = batchOf(1).examples as readonly (Example & { readonly kind: "advantage" })[];
    const narrow = { ...promptOf(0), ids: [40, start, pad, pad, end] };
    const e = await thrownBy(() => trainer.update({ ...batchOf(1), examples: [{ ...example!, prompt: narrow }] }, t));
    assert.ok(isHaloError(e, "HALO_LORA_REFUSED"), String(e));
    assert.match(e.message, /^the sidecar refuses forward_backward: datum 0: /);
  });

  declared("the sidecar ends", async () => {
    proxy.close();
    await sidecar.close();
    rmSync(folder, { recursive: true, force: true });
  });
}
