// What is sent to the sidecar, worked out by hand, and the arithmetic over what comes back.
import { type Batch, isHaloError, type Loss } from "halo-agent";
import { silentLog } from "../../../core/util/log.ts";
import type { LoraClient } from "../../../plugins/lora/client.ts";
import { datumsOf, imagesOf, partsOf } from "../../../plugins/lora/datums.ts";
import { checkGap, gapOf } from "../../../plugins/lora/gap.ts";
import { lossOf } from "../../../plugins/lora/loss.ts";
import { mergeMetrics } from "../../../plugins/lora/metrics.ts";
import { servicesOf } from "../../../plugins/lora/services.ts";
import { TinkerModel } from "../../../plugins/lora/tinker-model.ts";
import { assert, suite, thrownBy } from "../../harness.ts";
import { batchOf, optionsOf, sampleOf, trainerFor } from "./trainer-for.ts";

const test = suite("lora/wire");
const pad = 900;
const [a, b] = ["a".repeat(64), "b".repeat(64)];
const o = { model: "fake", imageToken: pad };

/** Two pictures of two and one tokens between text. */
const prompt = { kind: "tokens", model: "fake", ids: [1, pad, pad, 2, pad, 3], images: [a, b] } as const;

const batchWith = (examples: Batch["examples"], loss?: Loss): Batch => ({
  ...batchOf(4),
  examples,
  ...(loss && { loss }),
});

test("datumsOf shifts targets by one, masks the prompt and points at pictures in order", () => {
  const sample = sampleOf([7, 8], [-0.25, -0.5]);
  const [sent, ...more] = datumsOf(
    batchWith([{ kind: "advantage", group: "g", prompt, sample, advantage: -2, weight: 0.5 }]),
    o,
  );
  const tensor = (data: number[], dtype = "float32") => ({ data, dtype, shape: [7] });
  const picture = (sha: string, expected_tokens: number) => ({
    type: "image_asset_pointer",
    location: `sha256:${sha}`,
    format: "png",
    expected_tokens,
  });
  assert.equal(more, []);
  assert.equal(sent, {
    datum: {
      model_input: {
        chunks: [
          { type: "encoded_text", tokens: [1] },
          picture(a, 2),
          { type: "encoded_text", tokens: [2] },
          picture(b, 1),
          { type: "encoded_text", tokens: [3, 7] },
        ],
      },
      loss_fn_inputs: {
        target_tokens: tensor([pad, pad, 2, pad, 3, 7, 8], "int64"),
        mask: tensor([0, 0, 0, 0, 0, 1, 1]),
        weights: tensor([0, 0, 0, 0, 0, 0.5, 0.5]),
        logprobs: tensor([0, 0, 0, 0, 0, -0.25, -0.5]),
        advantages: tensor([0, 0, 0, 0, 0, -2, -2]),
      },
      x_halo: { group: "g", policy_version: 3, role: "policy" },
    },
    logprobs: [-0.25, -0.5],
    weight: 0.5,
    advantage: -2,
  });
});

test("datumsOf names what each token was chosen among when it was among candidates", () => {
  const free = sampleOf([7, 8], [-0.25, 0]);
  const among = [[7, 9], [8]];
  const sample = { ...free, trace: { ...free.trace, among } } as typeof free;
  const made = (one: typeof free) =>
    datumsOf(batchWith([{ kind: "advantage", group: "g", prompt, sample: one, advantage: 1, weight: 1 }]), o)[0]!.datum;
  assert.equal(made(sample), { ...made(free), x_halo: { group: "g", policy_version: 3, role: "policy", among } });
});

test("a server that knows whole vocabularies refuses what was chosen among candidates", async (t) => {
  const client = {
    call: () => Promise.resolve({ session_id: "s" }),
    result: () => Promise.resolve({ model_id: "m" }),
    close() {},
  } as unknown as LoraClient;
  const blobs = { get: () => Promise.reject(new Error("no screenshot is kept here")) };
  const tools = { client, options: optionsOf({ model: "fake", image_token_id: pad }), seed: 1, blobs, log: silentLog };
  const model = await TinkerModel.open(tools, t);
  t.defer(() => model.unload(t));
  const free = sampleOf([7]);
  const sample = { ...free, trace: { ...free.trace, among: [[7, 9]] } } as typeof free;
  const batch = batchWith([{ kind: "advantage", group: "g", prompt, sample, advantage: 1, weight: 1 }]);
  const e = await thrownBy(() => model.learn(batch, t));
  assert.ok(isHaloError(e, "HALO_LORA_SERVER"));
  assert.is(e.message, "samples were chosen among candidates, the server knows whole vocabularies");
});

test("datumsOf makes two of a pair and one of an imitation", () => {
  const [chosen, rejected, imitate] = [sampleOf([5]), sampleOf([6]), sampleOf([7])];
  const sent = datumsOf(
    batchWith([
      { kind: "pair", group: "p", prompt, chosen, rejected, weight: 2 },
      { kind: "imitate", group: "q", prompt, sample: imitate, weight: 1 },
    ]),
    o,
  );
  assert.equal(sent.map(({ datum }) => datum.x_halo), [
    { group: "p", policy_version: 3, role: "chosen", pair: "0" },
    { group: "p", policy_version: 3, role: "rejected", pair: "0" },
    { group: "q", policy_version: 3, role: "imitate" },
  ]);
  assert.equal(sent.map(({ datum }) => datum.loss_fn_inputs["target_tokens"]!.data.at(-1)), [5, 6, 7]);
});

test("datumsOf refuses what the trainer cannot learn from", async () => {
  const whole = { kind: "advantage", group: "g", prompt, sample: sampleOf([7]), advantage: 1, weight: 1 } as const;
  const cases: readonly (readonly [example: Batch["examples"][number], says: RegExp])[] = [
    [{ ...whole, prompt: { kind: "none" } }, /expected token ids of prompt and sample, got none and tokens/],
    [{ ...whole, sample: sampleOf([]) }, /expected token ids/],
    [{ ...whole, prompt: { ...prompt, model: "other" } }, /expected a sample of "fake", got "other"/],
    [{ ...whole, prompt: { ...prompt, images: [a] } }, /expected placeholders for 1 pictures, got 2/],
    [{ ...whole, sample: sampleOf([7, 8], [-1]) }, /expected 2 log-probabilities, got 1/],
  ];
  for (const [example, says] of cases) {
    const e = await thrownBy(() => datumsOf(batchWith([example]), o));
    assert.ok(isHaloError(e, "HALO_LORA_BATCH"), String(e));
    assert.match((e as Error).message, says);
  }
});

test("partsOf keeps groups whole and parts below the limit, and imagesOf names each picture once", () => {
  const sent = datumsOf(batchOf(1, { groups: 5 }), o);
  const size = JSON.stringify(sent.slice(0, 3).map(({ datum }) => datum)).length;
  const groups = (parts: readonly (readonly typeof sent[number][])[]) =>
    parts.map((part) => [...new Set(part.map(({ datum }) => datum.x_halo.group))].join(" "));
  assert.equal(groups(partsOf(sent, 2 * size + 5)), ["g0 g1", "g2 g3", "g4"]);
  assert.equal(groups(partsOf(sent, 1)), ["g0", "g1", "g2", "g3", "g4"]);
  assert.equal(partsOf(sent, 1e9).flat().length, 15);
  assert.equal(imagesOf(batchOf(1, { groups: 3, prompt: { images: [a, b] } })), [a, b]);
});

test("lossOf counts groups and tokens over the whole batch and adds the trainer's own options", () => {
  const options = optionsOf({ delta: 10, dpo: { variant: "robust", label_smoothing: 0.1 }, max_completion_length: 64 });
  const importance = { mode: "token_truncate", max: 2 };
  const base = { kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.3 };
  // Two groups of completions of 2, 3 and 2 tokens.
  const of = (loss: Loss) => lossOf({ ...batchOf(1), loss }, options);
  assert.equal(of({ kind: "dr_grpo", ...base }), {
    loss_fn: "dr_grpo",
    loss_fn_config: { ...base, max_completion_length: 64, delta: 10, importance, num_groups: 2 },
  });
  assert.equal(of({ kind: "dapo", ...base }), {
    loss_fn: "dapo",
    loss_fn_config: { ...base, num_tokens: 14, delta: 10, importance, num_groups: 2 },
  });
  assert.equal(of({ kind: "dpo", beta: 0.1, nll_coef: 1 }), {
    loss_fn: "dpo",
    loss_fn_config: { beta: 0.1, nll_coef: 1, variant: "robust", label_smoothing: 0.1, num_groups: 2 },
  });
  assert.equal(of({ kind: "cross_entropy" }), { loss_fn: "cross_entropy", loss_fn_config: { num_groups: 2 } });
});

test("datumsOf names a picture of several tiles once for each", () => {
  const ids = [1, pad, pad, 2, pad, pad, 3, pad, pad, 4, pad, pad, 5];
  const tiled = { ...prompt, ids };
  const [sent] = datumsOf(
    batchWith([{ kind: "imitate", prompt: tiled, sample: sampleOf([7], [-1]), group: "g", weight: 1 }]),
    { ...o, isTiled: true },
  );
  const { chunks } = sent!.datum.model_input;
  assert.equal(chunks.flatMap((c) => c.type === "image_asset_pointer" ? [[c.location, c.expected_tokens]] : []), [
    [`sha256:${a}`, 2],
    [`sha256:${a}`, 2],
    [`sha256:${b}`, 2],
    [`sha256:${b}`, 2],
  ]);
});

test("checkGap throws above the limit of float32, warns in bfloat16, and names figure and group", async () => {
  // Differences 0.25, 0, 0.75: at most 0.75, a third of 1 on average.
  const gap = gapOf([
    { group: "g", sampler: [-1, -2], trainer: [-1.25, -2] },
    { group: "h", sampler: [-1], trainer: [-0.25] },
  ]);
  assert.equal(gap, { max: 0.75, mean: 1 / 3, p99: 0.25, group: "h" });
  const said: string[] = [];
  const warn = (text: string) => void said.push(text);
  const figures = "log-probabilities of sampler and trainer differ by up to 0.750, 0.333 on average";
  const e = await thrownBy(() => checkGap(gap, { dtype: "float32", warn }));
  assert.ok(isHaloError(e, "HALO_CANARY_GAP"));
  assert.is((e as Error).message, `gap canary: ${figures}; the limit is 0.00100 (group h)`);
  assert.equal(said, []);
  checkGap(gap, { dtype: "bfloat16", warn });
  assert.equal(said, [`gap canary: ${figures}, 99 of 100 by less than 0.250 (group h)`]);
  // A few far tokens among many are sound.
  checkGap({ ...gap, max: 3, mean: 0.04, p99: 0.2 }, { dtype: "bfloat16", warn });
  checkGap({ ...gap, max: 9e-5 }, { dtype: "float32", warn });
  assert.is(said.length, 1);
  assert.ok(isHaloError(await thrownBy(() => checkGap(gap, { dtype: "bfloat16", limit: 0.7, warn }))));
});

test("mergeMetrics sums, takes the largest, or the mean by tokens", () => {
  const parts = [
    { "loss/total": 1, "tokens/completion": 30, "ratio/max": 2, "policy/entropy": 1 },
    { "loss/total": -3, "tokens/completion": 10, "ratio/max": 1, "policy/entropy": 3 },
  ];
  // (30 · 1 + 10 · 3) / 40 = 1.5
  assert.equal(mergeMetrics(parts), {
    "loss/total": -2,
    "tokens/completion": 40,
    "ratio/max": 2,
    "policy/entropy": 1.5,
  });
});

test("servicesOf starts the sidecar with the token in its environment only, and none of another machine", () => {
  const root = "/opt/halo";
  const serve = { python: "/py", root: "/data", device: "cpu", weights: "/w", keep: 3, extra: ["--blob-gb", "1"] };
  const [service] = servicesOf(optionsOf({ url: "http://localhost:8123", model: "m", serve }), root);
  assert.equal(service!.command, [
    ..."/py -m halo_lora.server --host 127.0.0.1 --port 8123 --model /w --name m --root /data".split(" "),
    ..."--device cpu --dtype float32 --keep 3 --blob-gb 1".split(" "),
  ]);
  assert.not.ok(service!.command.join(" ").includes("test-token"));
  assert.equal(service!.env, {
    PYTHONPATH: "/opt/halo/plugins/lora/sidecar",
    HALO_LORA_TOKEN: "test-token",
    HF_HUB_OFFLINE: "1",
  });
  assert.is(service!.health, "http://localhost:8123/healthz");
  assert.is(
    service!.explain!({ log: "INFO x\nhalo_lora: another sidecar uses /data\n" }),
    "another sidecar uses /data",
  );
  assert.equal(servicesOf(optionsOf({ url: "http://gpu:8100" }), root), []);
});

test("servicesOf starts several processes by torchrun and finds out which one ended first", () => {
  const serve = { python: "/py", root: "/data", processes: 3, gpus: "1,2,3" };
  const [service] = servicesOf(optionsOf({ model: "m", serve }), "/opt/halo");
  assert.equal(service!.command, [
    ..."/py -m torch.distributed.run --master-addr 127.0.0.1 --master-port 0 --shutdown-timeout 10".split(" "),
    ..."--nproc-per-node 3 -m halo_lora.server --host 127.0.0.1 --port 8100 --model m --root /data".split(" "),
  ]);
  assert.is(service!.env["CUDA_VISIBLE_DEVICES"], "1,2,3");
  const table = `Failures:
[1]:
  rank      : 0 (local_rank: 0)
  exitcode  : 70 (pid: 11)
------------------------------------------------------------
Root Cause (first observed failure):
[0]:
  time      : 2026-01-02_03:04:05
  host      : localhost
  rank      : 2 (local_rank: 2)
  exitcode  : -9 (pid: 12)
`;
  assert.is(
    service!.explain!({ log: table }),
    "its process 2 ended first, with status -9, killed from outside; where nobody did, the system ran out of memory: " +
      "dmesg | tail; what it said stands above torchrun's lines in the log",
  );
  const why = "3 processes want a GPU each, 2 can be seen; start one for each";
  assert.is(service!.explain!({ log: `halo_lora: ${why}\n${table}` }), why);
  assert.is(
    service!.explain!({ log: `torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB\n${table}` }),
    "the GPU's memory is full: nvidia-smi shows who uses it; lower serve.max_tokens_per_micro_batch, or the share of whoever " +
      "serves the model",
  );
  for (const log of ["RuntimeError: Failed to find C compiler.", "main.c:5:10: fatal error: Python.h: No such file"]) {
    assert.match(service!.explain!({ log })!, /^kernels cannot be compiled: install a C compiler and Python's headers/);
  }
  const older = "RuntimeError: The NVIDIA driver on your system is too old (found version 12020).";
  assert.match(service!.explain!({ log: older })!, /^driver and CUDA build do not fit/);
  assert.is(service!.explain!({ log: "INFO x\n" }), undefined);
});

test("create refuses fewer GPUs than processes, and names the option", async () => {
  const e = await thrownBy(() => trainerFor({ serve: { processes: 3, gpus: "1,2" } }));
  assert.ok(isHaloError(e, "HALO_OPTION_CONFLICT"), String(e));
  assert.equal([e.option, e.message], ["serve.gpus", "3 processes want a GPU each, gpus names 2"]);
});
