// runtime: node
// Starts the real sidecar, and a stock server with Tinker's API, with a tiny model.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Batch, type Example, isHaloError, type Loss, type Prompt, type Trainer } from "halo-agent";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { picture } from "../vllm/points.ts";
import { makeTinyModel, SidecarProcess, whyNoSidecar } from "./sidecar-process.ts";
import { emptyFolder, sampleOf, trainerFor } from "./trainer-for.ts";

const why = whyNoSidecar("aiohttp, torch, transformers, peft");
if (why) {
  console.log(`SKIPPED ${why}`);
  suite("lora/tinker")("another server is tested where there is one", () => assert.ok(why));
} else await declare();

async function declare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "halo-tinker-"));
  const model = makeTinyModel(join(folder, "model"));
  const { image_token_id: pad, vision_start_token_id: start, vision_end_token_id: end } = JSON.parse(
    readFileSync(join(model, "config.json"), "utf8"),
  );
  const shots = [picture(1), picture(2)];
  const blobs = { get: (sha: string) => Promise.resolve(shots.find(({ sha256 }) => sha256 === sha)!.png) };
  /** With this eps a step is nearly the gradient itself, so that noise in small gradients stays small. */
  const shared = {
    model: "tiny",
    rank: 4,
    alpha: 32,
    image_token_id: pad,
    eps: 1,
    learning_rate: 1,
    adapters: "copied",
  };

  const sidecar = await SidecarProcess.real(model);
  const open = (url: string, o: Readonly<Record<string, unknown>> = {}): Trainer =>
    trainerFor({ ...shared, serve: { device: "cuda" }, url, ...o }, { blobs });
  const untrained = open(sidecar.url);
  const first = join(folder, "first");
  mkdirSync(first);
  await untrained.publish(first, { signal: AbortSignal.timeout(60_000) });
  await untrained.close();
  const tinker = await SidecarProcess.tinker(model, first);
  const mean = await SidecarProcess.tinker(model, first, "mean");

  const declared = suite("lora/tinker");
  const test: typeof declared = (name, run) => declared(name, run, { timeoutMs: 240_000 });

  /** 160 × 96 pixels are 5 × 3 tokens. */
  const promptOf = (shot: number): Prompt => ({
    kind: "tokens",
    model: "tiny",
    ids: [40, 41, start, ...Array<number>(15).fill(pad), end, 42 + shot],
    images: [shots[shot]!.sha256],
  });
  const advantages = (seq: number): readonly Example[] =>
    shots.flatMap((_, shot) =>
      [1, 0.5, -1.5].map((advantage, i): Example => ({
        ...{ kind: "advantage", group: `g${shot}`, prompt: promptOf(shot), advantage, weight: 1 / (3 + i) },
        sample: sampleOf([50 + i, 60 + seq, ...(i === shot ? [70] : [])], [-5.2, -5.9, ...(i === shot ? [-5.4] : [])]),
      }))
    );
  const batchOf = (seq: number, loss: Loss, examples = advantages(seq)): Batch => ({
    ...{ seq, policyVersion: seq - 1, temperature: 1, seed: 1, loss, examples },
  });
  const grpo = (kind: "dr_grpo" | "grpo" | "dapo" | "bnpo"): Loss => ({
    ...{ kind, kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2 },
    ...(kind === "dr_grpo" && { max_completion_length: 4 }),
  });
  const pairs: readonly Example[] = [
    ...[0, 1].map((shot): Example => ({
      ...{ kind: "pair", group: `g${shot}`, prompt: promptOf(shot), weight: 1 - shot / 4 },
      chosen: sampleOf([50, 51 + shot], [-6, -5.5]),
      rejected: sampleOf([52, 53, 54], [-5.5, -6, -5]),
    })),
    { kind: "imitate", group: "g2", prompt: promptOf(0), sample: sampleOf([80, 81]), weight: 0.5 },
  ];

  /** Weights of a published adapter by name, float32. */
  function weightsIn(dir: string): ReadonlyMap<string, Float32Array> {
    const file = readFileSync(join(dir, "adapter_model.safetensors"));
    const size = Number(file.readBigUInt64LE(0));
    const { __metadata__: _, ...header } = JSON.parse(file.subarray(8, 8 + size).toString()) as Record<
      string,
      { readonly dtype: string; readonly data_offsets: readonly [number, number] }
    >;
    return new Map(
      Object.entries(header).map(([name, { data_offsets: [from, to] }]) => [
        name,
        new Float32Array(new Uint8Array(file.subarray(8 + size + from, 8 + size + to)).buffer),
      ]),
    );
  }

  /** The largest change of a weight, and the largest difference between two changes. */
  function changes(a: string, b: string): { readonly change: number; readonly difference: number } {
    const [before, one, other] = [first, a, b].map(weightsIn) as [
      ...ReturnType<typeof weightsIn>[],
    ];
    assert.equal([...one!.keys()].sort(), [...other!.keys()].sort());
    let [change, difference] = [0, 0];
    for (const [name, values] of one!) {
      for (const [i, value] of values.entries()) {
        change = Math.max(change, Math.abs(value - before!.get(name)![i]!));
        difference = Math.max(difference, Math.abs(value - other!.get(name)![i]!));
      }
    }
    return { change, difference };
  }

  async function trained(url: string, t: TestContext, { options, batch }: {
    readonly options: Readonly<Record<string, unknown>>;
    readonly batch: Batch;
  }) {
    const trainer = t.use(open(url, options));
    const { metrics } = await trainer.update(batch, t);
    const dir = emptyFolder(t);
    await trainer.publish(dir, t);
    return { metrics, dir };
  }

  const losses: readonly (readonly [string, Batch, Readonly<Record<string, unknown>>])[] = [
    ["dr_grpo", batchOf(1, grpo("dr_grpo")), {}],
    ["grpo, truncated by sequence", batchOf(1, grpo("grpo")), {
      importance: { mode: "sequence_truncate", min: 0.9, max: 1.1 },
    }],
    ["dapo with a token mask", batchOf(1, grpo("dapo")), { importance: { mode: "token_mask", max: 1.5 } }],
    ["bnpo without correction", batchOf(1, grpo("bnpo")), { importance: { mode: "none" } }],
    ["cross_entropy", batchOf(1, { kind: "cross_entropy" }), {}],
    ["dpo with imitation", batchOf(1, { kind: "dpo", beta: 0.1, nll_coef: 1 }, pairs), {}],
    ["robust dpo", batchOf(1, { kind: "dpo", beta: 0.5, nll_coef: 0 }, pairs), {
      dpo: { variant: "robust", label_smoothing: 0.1 },
    }],
  ];
  for (const [name, batch, options] of losses) {
    test(`update with ${name} on servers with Tinker's API changes the weights as the sidecar does`, async (t) => {
      const ours = await trained(sidecar.url, t, { options, batch });
      for (
        const theirs of [
          await trained(tinker.url, t, { options, batch }),
          // Several requests: the gradient is divided by the data of all of them.
          await trained(mean.url, t, { options: { ...options, server_loss: "mean", chunk_mb: 0.005 }, batch }),
        ]
      ) {
        const { change, difference } = changes(ours.dir, theirs.dir);
        assert.ok(change > 1e-4, String(change));
        assert.ok(difference / change < 1e-4, `${difference} of ${change}`);
        for (const metric of ["loss/total", "canary/gap", "tokens/completion"]) {
          const [a, b] = [ours.metrics[metric]!, theirs.metrics[metric]!];
          assert.ok(Math.abs(a - b) < 1e-4 * Math.max(1, Math.abs(a)), `${metric}: ${a} and ${b}`);
        }
      }
    });
  }

  test("a restored trainer goes on as one that was never interrupted", async (t) => {
    const second = batchOf(2, grpo("dr_grpo"));
    const whole = t.use(open(tinker.url));
    await whole.update(losses[0]![1], t);
    const committed = emptyFolder(t);
    await whole.checkpoint(committed, t);
    await whole.update(second, t);
    const expected = emptyFolder(t);
    await whole.publish(expected, t);
    const resumed = t.use(open(tinker.url));
    await resumed.restore(committed, { ...t, batch: () => Promise.reject(new Error("no replay")) });
    await resumed.update(second, t);
    const found = emptyFolder(t);
    const adapter = await resumed.publish(found, t);
    assert.is(changes(expected, found).difference, 0);
    assert.equal(readdirSync(found).sort(), ["adapter_config.json", "adapter_model.safetensors", "halo.json"]);
    const manifest = JSON.parse(readFileSync(join(found, "halo.json"), "utf8"));
    assert.equal([manifest.version, manifest.base, manifest.location, manifest.sha256], [
      2,
      "tiny",
      found,
      adapter.sha256,
    ]);
  });

  test("what such a server cannot do is refused, with what to set instead", async (t) => {
    const told = async (batch: Batch, o: Readonly<Record<string, unknown>> = {}, { url } = tinker) => {
      const e = await thrownBy(() => t.use(open(url, o)).update(batch, t));
      assert.ok(isHaloError(e, "HALO_LORA_SERVER"), String(e));
      return `${e.message}; ${e.hint}`;
    };
    const [, batch] = losses[0]!;
    assert.match(await told({ ...batch, temperature: 0.7 }), /drawn at 0\.7.*temperature: 1/);
    assert.match(
      await told({ ...batch, loss: { ...grpo("dr_grpo"), kl_coef: 0.1 } as Loss }),
      /kl_coef is 0\.1.*sidecar/,
    );
    assert.match(await told(batch, { serve: { device: "cpu" } }), /promises no equal bits.*leave out serve/);
    assert.match(await told(batch, { alpha: 16 }), /32 \/ rank.*leave out alpha/);
    assert.match(await told(batch, {}, mean), /does not say whether its losses are sums.*server_loss: mean for SkyRL/);
    assert.match(await told(batch, { server_loss: "mean" }), /says loss:sum, server_loss says mean/);
    assert.match(await told(batch, { model: "other" }), /trains "tiny", the trainer's model is "other"/);
  });

  test("a gradient that was left behind is in no other model's step", async (t) => {
    const [, batch] = losses[0]!;
    // Refused after the pass and before the step.
    const e = await thrownBy(() => t.use(open(mean.url)).update(batch, t));
    assert.ok(isHaloError(e, "HALO_LORA_SERVER"), String(e));
    const ours = await trained(sidecar.url, t, { options: {}, batch });
    const theirs = await trained(mean.url, t, { options: { server_loss: "mean" }, batch });
    const { change, difference } = changes(ours.dir, theirs.dir);
    assert.ok(difference / change < 1e-4, `${difference} of ${change}`);
    const { target_modules: named } = JSON.parse(readFileSync(join(theirs.dir, "adapter_config.json"), "utf8"));
    assert.equal(named, ["down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj"]);
  });

  test("the servers end", async () => {
    await Promise.all([sidecar.close(), tinker.close(), mean.close()]);
    rmSync(folder, { recursive: true, force: true });
  });
}
