// runtime: node
// Starts real vLLM, the real sidecar and Chromium; what of it runs on Deno too is held by the tests of each part.
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Batch, type Example, Secret } from "halo-agent";
import { openRun } from "../../../core/record/runs.ts";
import { silentLog } from "../../../core/util/log.ts";
import { LoraClient } from "../../../plugins/lora/client.ts";
import { readCheckpoint } from "../../../plugins/lora/checkpoint.ts";
import { datumsOf } from "../../../plugins/lora/datums.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { Programs, whyNoServices } from "../halo-programs.ts";

const test = suite("agentq/lora");
const iterations = [1, 2, 3];
type Pair = Example & { readonly kind: "pair" };

test("agentq learns its pairs through vLLM and the sidecar, one adapter an iteration", async (t) => {
  const why = whyNoServices();
  if (why) return console.log(`SKIPPED ${why}`);
  const programs = new Programs(t);
  await programs.teach(t);
  await programs.serve();
  const { done, events } = await programs.run();

  const folder = await openRun(basename(done.run), dirname(done.run));
  const batches = await Promise.all(iterations.map(async (n) => (await folder.iteration(n).readBatch())!));
  const reports = events.flatMap((e) => e.type === "iteration" ? [e.metrics] : []);
  for (const [i, batch] of batches.entries()) {
    const groups = await folder.iteration(batch.seq).readGroups();
    const pairs = batch.examples as readonly Pair[];
    assert.equal(
      [...new Set(pairs.map(({ kind }) => kind))],
      ["pair"],
      `batch ${batch.seq} has pairs and nothing else`,
    );
    const [found] = groups.filter((g) => g.search?.simulations.some(({ success }) => success));
    assert.ok(found && found.decisions.length > 2, "a tree found the way");
    // Version 0 is the base; each later one is an adapter that vLLM was given, and whose canaries were green.
    assert.equal([...groups, batch].map(({ policyVersion }) => policyVersion), [...groups.map(() => i), i]);
    const metrics = reports[i]!;
    assert.ok(metrics["canary/gap"]! <= 1e-4, `sampler and trainer differ by ${metrics["canary/gap"]}`);
    assert.ok(metrics["canary/adapter_gap"]! <= 1e-4 && metrics["canary/cache_gap"]! <= 1e-4);
    assert.is(metrics["vllm/adapter_loads"], 1);
    // The reference is the policy that sampled, so before its step each batch's margin is 0 but for rounding.
    assert.ok(Math.abs(metrics["dpo/margin"]!) < 1e-4, `margin before the step ${metrics["dpo/margin"]}`);
  }
  assert.equal(done.evaluations.map((e) => e.policy_version), [0, 3]);

  const scorer = await Scorer.open(t, programs);
  const margins: number[] = [];
  for (const n of iterations) {
    await scorer.load((await readCheckpoint(folder.iteration(n).statePath)).state.path);
    const own = await scorer.marginOf(batches[n - 1]!);
    assert.ok(own > 0.05, `margin of batch ${n} after its step: ${own}`);
    margins.push(await scorer.marginOf(batches[0]!));
  }
  // All batches prefer the same clicks, so what one teaches the next goes on with.
  assert.equal(margins, margins.toSorted((a, b) => a - b));
  console.log(
    `${batches.map(({ examples }) => examples.length)} pairs; margin of the first batch's after each step ${
      margins.map((m) => m.toFixed(2))
    }; solved ${done.evaluations.map((e) => `${e.successes}/${e.n}`).join(" then ")}`,
  );
}, { timeoutMs: 560_000 });

/** The run's adapters in the sidecar that trained them, asked for log-probabilities. */
class Scorer {
  readonly #t: TestContext;
  readonly #client: LoraClient;
  readonly #model: string;
  readonly #base: string;
  readonly #imageToken: number;
  #seq = 0;

  static async open(t: TestContext, { dir, loraUrl: url }: Programs): Promise<Scorer> {
    const secret = new Secret(
      "HALO_LORA_TOKEN",
      readFileSync(join(dir, "runs/services/HALO_LORA_TOKEN"), "utf8").trim(),
    );
    const client = new LoraClient({ url, token: secret, timeout_s: 120, restart_s: 0, log: silentLog });
    t.defer(() => client.close());
    const { session_id } = await client.call("create_session", { ...t, body: {} });
    const { image_token_id } = JSON.parse(readFileSync(join(dir, "model/config.json"), "utf8"));
    const base = join(dir, "model");
    const { model_id } = await client.result("create_model", {
      ...t,
      body: { session_id, model_seq_id: 0, base_model: base, lora_config: { rank: 16 }, x_halo: { alpha: 32 } },
    });
    return new Scorer({ t, client, model: model_id as string, base, imageToken: image_token_id });
  }

  constructor(o: { t: TestContext; client: LoraClient; model: string; base: string; imageToken: number }) {
    this.#t = o.t;
    this.#client = o.client;
    this.#model = o.model;
    this.#base = o.base;
    this.#imageToken = o.imageToken;
  }

  async load(path: string): Promise<void> {
    await this.#ask("load_weights", { path });
  }

  /**
   * Mean over the batch's pairs of [log π(chosen) − log π_ref(chosen)] − [log π(rejected) − log π_ref(rejected)], the
   * weights loaded last against those that sampled.
   */
  async marginOf(batch: Batch): Promise<number> {
    const sent = datumsOf(batch, { model: this.#base, imageToken: this.#imageToken });
    const data = sent.map(({ datum }) => datum);
    const input = { data, loss_fn: "cross_entropy", x_halo: { temperature: batch.temperature } };
    const { loss_fn_outputs } = await this.#ask("forward", { forward_input: input });
    const gains = (loss_fn_outputs as { logprobs: { data: number[] } }[]).map(({ logprobs }, i) =>
      sum(logprobs.data) - sum(sent[i]!.logprobs)
    );
    // Each pair is two datums, the chosen one first.
    const margins = gains.flatMap((gain, i) => i % 2 === 0 ? [gain - gains[i + 1]!] : []);
    return sum(margins) / margins.length;
  }

  async #ask(route: string, body: object) {
    return await this.#client.result(route, {
      ...this.#t,
      body: { model_id: this.#model, seq_id: ++this.#seq, ...body },
    });
  }
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
