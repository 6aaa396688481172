import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Batch, Example, Trainer } from "halo-agent";
import { isHaloError } from "halo-agent";
import { decode, encode, keyedRng, log, sha256Folder } from "halo-agent/kit";
import linearPolicy from "../../../plugins/linear/policy.ts";
import { type LinearLoss, push } from "../../../plugins/linear/linear-loss.ts";
import { LinearTrainer } from "../../../plugins/linear/sgd-with-replay.ts";
import { losses } from "../../../plugins/linear/losses.ts";
import linearTrainer from "../../../plugins/linear/trainer.ts";
import { readWeights } from "../../../plugins/linear/weights-file.ts";
import { assert, suite, type TestContext, thrownBy } from "../../harness.ts";
import { pointOn, shelf } from "./page.ts";

const test = suite("linear/trainer");
const call = { signal: new AbortController().signal };
const options = { learning_rate: 0.5, entropy: 0.05, replay: 3, buffer: 5, ratio_cap: 1 };
const drGrpo = { kind: "dr_grpo", kl_coef: 0, epsilon_low: 0.2, epsilon_high: 0.2 } as const;

function folder(t: TestContext): string {
  const dir = mkdtempSync(path.join(tmpdir(), "halo-trainer-"));
  t.defer(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Two groups of four sampled actions; the reward of an action is its place among the candidates. */
async function batchOf(seq: number): Promise<Batch> {
  const policy = await linearPolicy.create({}, {});
  const examples: Example[] = [];
  for (const g of [0, 1]) {
    const at = pointOn(shelf.slice(g), { goal: `Put "${g === 0 ? "blue" : "red"}" into box ${seq}.` });
    const rng = keyedRng("batch", seq, g);
    const { prompt, samples } = await policy.sample({ at, n: 4, mode: "sample", temperature: 1, rng }, call);
    const rewards = samples.map(({ trace }) => trace.kind === "choice" ? trace.index % 3 : 0);
    const mean = rewards.reduce((sum, r) => sum + r, 0) / 4;
    const group = `i${seq}.s0.${g}`;
    samples.forEach((sample, i) =>
      examples.push({ kind: "advantage", group, prompt, sample, advantage: rewards[i]! - mean, weight: 0.25 })
    );
  }
  return { seq, policyVersion: seq - 1, temperature: 1, seed: 11 * seq, loss: drGrpo, examples };
}

/** As a run folder gives a batch back. */
const fromDisk = async (seq: number): Promise<Batch> => decode<Batch>(encode(await batchOf(seq)));

async function weightsOf(trainer: Trainer, t: TestContext): Promise<string> {
  return (await trainer.publish(folder(t), call)).sha256;
}

async function trainedOn(seqs: readonly number[], trainer?: Trainer): Promise<Trainer> {
  const to = trainer ?? await linearTrainer.create(options, {});
  for (const seq of seqs) await to.update(await batchOf(seq), call);
  return to;
}

test("update applies a batch once however often it is sent", async (t) => {
  const trainer = await linearTrainer.create(options, {});
  const report = await trainer.update(await batchOf(1), call);
  const once = await weightsOf(trainer, t);
  assert.equal(await trainer.update(await batchOf(1), call), report);
  assert.is(await weightsOf(trainer, t), once);
  // Two live updates and three replayed ones after each.
  assert.equal([report.seq, report.metrics["update/count"], report.metrics["replay/size"]], [1, 8, 2]);
  assert.ok(Object.values(report.metrics).every(Number.isFinite));
});

test("update refuses a batch that is neither the next nor the last", async () => {
  const trainer = await trainedOn([1, 2]);
  for (const seq of [4, 1]) {
    const e = await thrownBy(async () => await trainer.update(await batchOf(seq), call));
    assert.ok(isHaloError(e, "HALO_TRAINER_SEQUENCE"));
    assert.equal([e.message, e.hint], [
      `batch ${seq} follows batch 2`,
      "send batches in order; a batch already applied may be sent again",
    ]);
  }
});

test("update with an empty batch changes no weight and still counts", async (t) => {
  const trainer = await trainedOn([1]);
  const before = await readWeights((await trainer.publish(folder(t), call)).dir);
  const report = await trainer.update({ ...await batchOf(2), examples: [] }, call);
  const after = await trainer.publish(folder(t), call);
  assert.equal([report.metrics["update/count"], report.metrics["update/l2"], after.version], [0, 0, 2]);
  assert.equal((await readWeights(after.dir)).weights, before.weights);
});

test("checkpoint, restore and going on gives the weights of an uninterrupted trainer, bit for bit", async (t) => {
  const whole = await weightsOf(await trainedOn([1, 2, 3, 4, 5]), t);
  for (const cut of [1, 3, 4]) {
    const dir = folder(t);
    const first = await trainedOn(Array.from({ length: cut }, (_, i) => i + 1));
    await first.checkpoint(dir, call);
    const report = await first.update(await batchOf(cut), call);
    const second = await linearTrainer.create(options, {});
    const asked: number[] = [];
    const batch = (seq: number) => {
      asked.push(seq);
      return fromDisk(seq);
    };
    assert.equal(await second.restore(dir, { ...call, batch }), { seq: cut });
    assert.equal(await second.update(await batchOf(cut), call), report, "the last batch sent again after a crash");
    await trainedOn([1, 2, 3, 4, 5].slice(cut), second);
    assert.is(await weightsOf(second, t), whole);
    // Five groups of two a batch: the buffer reaches back over the last three batches.
    assert.equal(asked, [1, 2, 3, 4].slice(Math.max(0, cut - 3), cut));
  }
});

test("a checkpoint of equal training is equal, byte for byte", async (t) => {
  const hash = async () => {
    const dir = folder(t);
    await (await trainedOn([1, 2])).checkpoint(dir, call);
    return await sha256Folder(dir);
  };
  assert.is(await hash(), await hash());
});

test("restore refuses a state file that is not its own and a buffer that points to no group", async (t) => {
  const dir = folder(t);
  await (await trainedOn([1])).checkpoint(dir, call);
  const trainer = await linearTrainer.create(options, {});
  const without = async (seq: number) => ({ ...await batchOf(seq), examples: [] });
  const gone = await thrownBy(() => trainer.restore(dir, { ...call, batch: without }));
  assert.ok(isHaloError(gone, "HALO_RUN_CORRUPT"));
  assert.is(gone.message, 'batch 1 has no group "i1.s0.0" that the replay buffer refers to');
  const file = path.join(dir, "trainer.json");
  writeFileSync(file, readFileSync(file, "utf8").slice(0, 40));
  const torn = await thrownBy(() => trainer.restore(dir, { ...call, batch: fromDisk }));
  assert.ok(isHaloError(torn, "HALO_RUN_CORRUPT"));
  assert.is(torn.message, `${file} is no state of the linear trainer`);
});

test("publish writes what adopt reads: the policy samples with the trainer's weights under its version", async (t) => {
  const trainer = await trainedOn([1, 2, 3]);
  const adapter = await trainer.publish(folder(t), call);
  const { dir, ...named } = adapter;
  assert.equal(named, { format: "linear", base: "linear/2^18", version: 3, sha256: await sha256Folder(dir) });
  const adopted = await linearPolicy.create({}, {});
  await adopted.adopt!(adapter, call);
  const started = await linearPolicy.create({ adapter: dir }, {});
  const request = { at: pointOn(shelf), n: 8, mode: "distinct", temperature: 1, rng: keyedRng("d") } as const;
  const [a, b] = [await adopted.sample(request, call), await started.sample(request, call)];
  assert.equal(a.samples, b.samples);
  assert.equal([a.policyVersion, b.policyVersion], [3, 0]);
  assert.ok(new Set(a.samples.map((s) => s.logprob)).size > 1, "no longer uniform");
  const again = await linearTrainer.create({ ...options, adapter: dir }, {});
  assert.equal(await readWeights((await again.publish(folder(t), call)).dir), {
    ...await readWeights(dir),
    version: 0,
  });
});

test("one update makes greedy say the better, the imitated and the chosen action", async (t) => {
  const at = pointOn(shelf);
  const policy = await linearPolicy.create({}, {});
  const request = { at, n: 8, mode: "distinct", temperature: 1, rng: keyedRng("d") } as const;
  const { prompt, samples: [good, bad] } = await policy.sample(request, call);
  const shared = { group: "g", prompt, weight: 1 };
  const cases: readonly (readonly [Batch["loss"], readonly Example[]])[] = [
    [{ kind: "cross_entropy" }, [{ ...shared, kind: "imitate", sample: good! }]],
    [{ kind: "dpo", beta: 0.1, nll_coef: 0 }, [{ ...shared, kind: "pair", chosen: good!, rejected: bad! }]],
    [drGrpo, [
      { ...shared, kind: "advantage", sample: good!, advantage: 0.5 },
      { ...shared, kind: "advantage", sample: bad!, advantage: -0.5 },
    ]],
  ];
  for (const [loss, examples] of cases) {
    const trainer = await linearTrainer.create({ ...options, replay: 0, entropy: 0 }, {});
    await trainer.update({ seq: 1, policyVersion: 0, temperature: 1, seed: 0, loss, examples }, call);
    await policy.adopt!(await trainer.publish(folder(t), call), call);
    const { samples } = await policy.sample({ ...request, n: 1, mode: "greedy" }, call);
    assert.is(samples[0]!.text, good!.text, loss.kind);
  }
});

test("readWeights refuses a file that is cut off, foreign or missing, and says which", async (t) => {
  const dir = folder(t);
  const file = path.join(dir, "weights.bin");
  const refusal = async () => {
    const e = await thrownBy(async () => await linearPolicy.create({ adapter: dir }, {}));
    assert.ok(isHaloError(e, "HALO_ADAPTER_INVALID"), String(e));
    assert.equal([e.option, e.hint], [
      "adapter",
      "train one (halo run with this trainer), and name its iter/N/adapter or a copy (docs/agentq.md); or remove `adapter`",
    ]);
    return e.message;
  };
  assert.is(await refusal(), `${file} is no linear adapter: there is no such file`);
  await (await trainedOn([1])).publish(dir, call);
  const whole = readFileSync(file);
  for (const size of [whole.length - 1, whole.indexOf(10) + 1]) {
    truncateSync(file, size);
    assert.is(await refusal(), `${file} is no linear adapter: it is cut off`);
  }
  for (const text of ["", "weights", "{\n"]) {
    writeFileSync(file, text);
    assert.is(await refusal(), `${file} is no linear adapter: it has no header`);
  }
  for (
    const [text, what] of [["null\n", "unknown with undefined"], [
      '{"schema":"halo.linear/1","dims":8}\n',
      "halo.linear/1 with 8",
    ]]
  ) {
    writeFileSync(file, text!);
    assert.is(
      await refusal(),
      `${file} is no linear adapter: it is ${what} dimensions, expected halo.linear/1 with 262144`,
    );
  }
});

/** Two prompts with two candidates of one feature each: logits are single weights. */
const choices = [0, 2].map((at) => ({
  kind: "choice" as const,
  dims: 2 ** 18,
  offsets: Int32Array.of(0, 1, 2),
  index: Int32Array.of(at, at + 1),
  value: Float32Array.of(1, 1),
}));
const chosen = (group: string, o: { readonly prompt: number; readonly index: number; readonly advantage: number }) => ({
  kind: "advantage" as const,
  group,
  prompt: choices[o.prompt]!,
  sample: {
    text: "",
    parsed: { ok: false, code: "PARSE", message: "" } as const,
    trace: { kind: "choice", index: o.index, logprob: log(0.5) } as const,
  },
  advantage: o.advantage,
  weight: 1,
});
const twoGroups: readonly Example[] = [
  chosen("a", { prompt: 0, index: 0, advantage: 1 }),
  chosen("a", { prompt: 1, index: 1, advantage: -1 }),
  chosen("b", { prompt: 0, index: 0, advantage: 1 }),
];

/** The first four weights after one batch. */
async function weightsAfter(
  t: TestContext,
  o: Partial<Parameters<typeof linearTrainer.create>[0]>,
  loss: Batch["loss"] = drGrpo,
): Promise<readonly number[]> {
  const trainer = await linearTrainer.create({ learning_rate: 1, entropy: 0, replay: 0, buffer: 5, ...o }, {});
  await trainer.update({ seq: 1, policyVersion: 0, temperature: 1, seed: 0, loss, examples: twoGroups }, call);
  return [...(await readWeights((await trainer.publish(folder(t), call)).dir)).weights.slice(0, 4)];
}

const near = (actual: readonly number[], expected: readonly number[]) =>
  assert.ok(actual.every((v, i) => Math.abs(v - expected[i]!) < 1e-12), `${actual} is not ${expected}`);

test("update: batch takes one step along the mean gradient of the batch's groups, all at the old weights", async (t) => {
  // Group a: prompt 0 gives 1 · (0.5, −0.5), prompt 1 gives −1 · (−0.5, 0.5). Group b: (0.5, −0.5) again. Mean over two groups.
  near(await weightsAfter(t, { update: "batch" }), [0.5, -0.5, 0.25, -0.25]);
});

test("update: group takes a step for each group, the later ones at the weights the earlier ones left", async (t) => {
  // After group a the logits of prompt 0 are ±0.5: p0 = σ(1), ratio 2 σ(1) = 1.46 is capped at 1; b adds (1 − p0)(1, −1).
  const rest = 1 - 1 / (1 + Math.exp(-1));
  near(await weightsAfter(t, {}), [0.5 + rest, -0.5 - rest, 0.5, -0.5]);
  // Clipped at 1.2 the second step is gone.
  near(await weightsAfter(t, { importance: "clipped" }), [0.5, -0.5, 0.5, -0.5]);
});

test("bnpo averages over the group's tokens and dapo over the batch's", async (t) => {
  const clipped = { importance: "clipped", update: "batch" } as const;
  // Group a has two tokens, group b one: means of 1/2 and 1, then the mean over the two groups.
  const ofGroup = await weightsAfter(t, clipped, { ...drGrpo, kind: "bnpo" });
  near(ofGroup, [0.5 * (0.25 + 0.5), -0.5 * (0.25 + 0.5), 0.125, -0.125]);
  const ofBatch = await weightsAfter(t, clipped, { ...drGrpo, kind: "dapo" });
  // The batch has three tokens and is one mean.
  near(ofBatch, [1 / 3, -1 / 3, 0.5 / 3, -0.5 / 3]);
});

test("the KL pulls to the named reference, else to the adapter training began with", async (t) => {
  const trained = await (await trainedOn([1, 2])).publish(folder(t), call);
  const kl = async (o: { readonly adapter?: string; readonly reference?: string }) => {
    const trainer = await linearTrainer.create({ ...options, replay: 0, entropy: 0, ...o }, {});
    const batch = { ...await batchOf(3), loss: { ...drGrpo, kl_coef: 1e-9 }, seq: 1 };
    return (await trainer.update({ ...batch, examples: batch.examples.slice(0, 4) }, call)).metrics["kl/mean"]!;
  };
  assert.is(await kl({}), 0);
  assert.is(await kl({ adapter: trained.dir }), 0);
  assert.ok(await kl({ reference: trained.dir }) > 1e-6);
});

test("create refuses options that contradict each other, and names the option", async () => {
  const refusal = async (o: Partial<Parameters<typeof linearTrainer.create>[0]>) => {
    const e = await thrownBy(async () => await linearTrainer.create({ ...options, ...o }, {}));
    assert.ok(isHaloError(e, "HALO_OPTION_CONFLICT"), String(e));
    return [e.message, e.hint, e.option];
  };
  assert.equal(await refusal({ importance: "clipped" }), [
    'trainer "linear": ratio_cap means nothing here, ratios are clipped',
    "remove ratio_cap, or set importance: capped",
    "ratio_cap",
  ]);
  assert.equal(await refusal({ update: "batch" }), [
    'trainer "linear": update means nothing here, one step a batch leaves no turn for replay: 3',
    "remove update, or set replay: 0",
    "update",
  ]);
});

test("a loss is one entry of the table: an entry more, and the trainer names it and learns by it", async (t) => {
  /** Ascends 3 · log p where the advantage is positive, whatever its size. */
  const signs: LinearLoss = {
    advantage({ sample: { trace }, advantage }, { logps }, sums) {
      if (advantage <= 0 || trace.kind !== "choice") return;
      push(sums, trace.index, 3);
      sums.objective += 3 * logps[trace.index]!;
    },
  };
  const zeros = new Float64Array(2 ** 18);
  const o = { learning_rate: 1, entropy: 0, replay: 0, buffer: 5 };
  const trainer = new LinearTrainer({ start: zeros, reference: zeros, losses: { ...losses, signs } }, o);
  assert.equal([...trainer.losses], [...Object.keys(losses), "signs"]);
  const loss = { kind: "signs" } as unknown as Batch["loss"];
  const batch = { seq: 1, policyVersion: 0, temperature: 1, seed: 0, loss, examples: twoGroups.slice(0, 2) };
  const { metrics } = await trainer.update(batch);
  // Candidate 0 of the first prompt alone: 3 · (1 − 0.5, −0.5); the second prompt's advantage is negative.
  near([...(await readWeights((await trainer.publish(folder(t))).dir)).weights.slice(0, 4)], [1.5, -1.5, 0, 0]);
  near([metrics["loss/policy"]!], [3 * Math.LN2]);
  const pair: Example = { ...{ kind: "pair", group: "a", prompt: choices[0]!, weight: 1 }, ...pairOf(twoGroups) };
  const e = await thrownBy(async () => await trainer.update({ ...batch, seq: 2, examples: [pair] }));
  assert.ok(isHaloError(e, "HALO_MATCH_LOSS"));
  assert.is(e.message, 'the loss signs says nothing about examples of kind "pair"');
});

const pairOf = ([a]: readonly Example[]) => {
  if (a?.kind !== "advantage") throw new TypeError("the first example has an advantage");
  return { chosen: a.sample, rejected: a.sample };
};
