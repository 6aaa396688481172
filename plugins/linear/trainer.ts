import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Adapter,
  type Batch,
  definePlugin,
  type Example,
  HaloError,
  type Loss,
  type Trainer,
  type UpdateReport,
} from "halo-agent";
import { keyedRng, sha256Folder, writeWhole } from "halo-agent/kit";
import { dims } from "./features.ts";
import { ascend, logProbabilities } from "./model.ts";
import { gradientOf, promptOf } from "./objective.ts";
import { base, readWeights, writeWeights } from "./weights-file.ts";

/** A group in the replay buffer: where it came from, its examples, the loss it was sampled under. */
interface Replayed {
  readonly seq: number;
  readonly group: string;
  readonly parts: readonly (readonly Example[])[];
  readonly loss: Loss;
}

/**
 * Trains the linear policy by plain stochastic gradient ascent. The groups of a batch are taken in order: one live
 * update, then `replay` updates on groups drawn from the last `buffer` ones, each weighted by min(ratio_cap, pi_now / pi_then).
 * Replay makes this off-policy by design; `replay: 0, entropy: 0` is the plain on-policy form.
 */
export default definePlugin({
  kind: "trainer",
  name: "linear",
  summary: "SGD with capped-ratio replay for the linear policy; exact and deterministic, on the CPU.",
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      learning_rate: { type: "number", exclusiveMinimum: 0, default: 0.5, description: "Step size." },
      entropy: { type: "number", minimum: 0, default: 0.025, description: "Weight of the entropy bonus." },
      replay: {
        type: "integer",
        minimum: 0,
        default: 16,
        description: "Updates from the buffer after each live update.",
      },
      buffer: { type: "integer", minimum: 1, default: 400, description: "Groups kept for replay." },
      ratio_cap: {
        type: "number",
        exclusiveMinimum: 0,
        default: 1,
        description: "Largest importance ratio of a replayed sample.",
      },
      adapter: {
        type: "string",
        description: "Folder of a published linear adapter to start from; also the reference of the KL.",
      },
    },
  },
  async create(o): Promise<Trainer> {
    const start = o.adapter === undefined ? new Float64Array(dims) : (await readWeights(o.adapter)).weights;
    return new LinearTrainer(start, o);
  },
});

interface LinearTrainerOptions {
  readonly learning_rate: number;
  readonly entropy: number;
  readonly replay: number;
  readonly buffer: number;
  readonly ratio_cap: number;
}

class LinearTrainer implements Trainer {
  readonly accepts = "choice";
  readonly losses = ["dr_grpo", "grpo", "dpo", "cross_entropy"] as const;
  readonly adapters = { format: "linear", base } as const;
  readonly deterministic = true;
  readonly #reference: Float64Array;
  readonly #o: LinearTrainerOptions;
  #weights: Float64Array;
  #buffer: Replayed[] = [];
  #report: UpdateReport = { seq: 0, metrics: {} };

  constructor(start: Float64Array, o: LinearTrainerOptions) {
    this.#reference = start;
    this.#weights = start.slice();
    this.#o = o;
  }

  update(batch: Batch): Promise<UpdateReport> {
    const { seq } = this.#report;
    if (batch.seq === seq) return Promise.resolve(this.#report);
    if (batch.seq !== seq + 1) {
      throw new HaloError("HALO_TRAINER_SEQUENCE", `batch ${batch.seq} follows batch ${seq}`, {
        hint: "send batches in order; a batch already applied may be sent again",
      });
    }
    const before = this.#weights.slice();
    const sums = { objective: 0, entropy: 0, kl: 0, updates: 0 };
    for (const group of groupsOf(batch)) {
      this.#buffer.push(group);
      if (this.#buffer.length > this.#o.buffer) this.#buffer.shift();
      const rng = keyedRng("replay", batch.seed, batch.seq, group.group);
      const drawn = Array.from({ length: this.#o.replay }, () => this.#buffer[rng.int(this.#buffer.length)]!);
      for (const next of [group, ...drawn]) this.#ascend(next, sums);
    }
    const n = Math.max(1, sums.updates);
    this.#report = {
      seq: batch.seq,
      metrics: {
        "loss/policy": -sums.objective / n,
        "policy/entropy": sums.entropy / n,
        "kl/mean": sums.kl / n,
        "update/l2": distance(before, this.#weights),
        "update/count": sums.updates,
        "replay/size": this.#buffer.length,
      },
    };
    return Promise.resolve(this.#report);
  }

  async checkpoint(dir: string): Promise<void> {
    await writeWeights(dir, this.#weights, this.#report.seq);
    const buffer = this.#buffer.map(({ seq, group }) => ({ seq, group }));
    await writeWhole(
      join(dir, "trainer.json"),
      JSON.stringify({ schema: "halo.linear-trainer/1", report: this.#report, buffer }),
    );
  }

  async restore(
    dir: string,
    o: { readonly batch: (seq: number) => Promise<Batch> },
  ): Promise<{ readonly seq: number }> {
    const saved = await readState(join(dir, "trainer.json"));
    const groups = new Map<string, Replayed>();
    for (const seq of new Set(saved.buffer.map((b) => b.seq))) {
      for (const group of groupsOf(await o.batch(seq))) groups.set(`${seq} ${group.group}`, group);
    }
    this.#buffer = saved.buffer.map(({ seq, group }) => {
      const found = groups.get(`${seq} ${group}`);
      if (!found) {
        throw new HaloError(
          "HALO_RUN_CORRUPT",
          `batch ${seq} has no group "${group}" that the replay buffer refers to`,
        );
      }
      return found;
    });
    this.#weights = (await readWeights(dir)).weights;
    this.#report = saved.report;
    return { seq: saved.report.seq };
  }

  async publish(dir: string): Promise<Adapter> {
    const version = this.#report.seq;
    await writeWeights(dir, this.#weights, version);
    return { ...this.adapters, version, dir, sha256: await sha256Folder(dir) };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #ascend({ parts, loss }: Replayed, sums: { objective: number; entropy: number; kl: number; updates: number }): void {
    for (const examples of parts) {
      const prompt = promptOf(examples);
      const logps = logProbabilities(this.#weights, prompt);
      const needsReference = "kl_coef" in loss && loss.kl_coef > 0;
      const reference = needsReference ? logProbabilities(this.#reference, prompt) : undefined;
      const g = gradientOf(examples, { logps, reference, loss }, {
        ratioCap: this.#o.ratio_cap,
        entropy: this.#o.entropy,
      });
      ascend(this.#weights, prompt, { coefficients: g.coefficients, rate: this.#o.learning_rate });
      sums.objective += g.objective;
      sums.entropy += g.entropy;
      sums.kl += g.kl;
      sums.updates++;
    }
  }
}

/** What `checkpoint` wrote beside the weights. */
async function readState(file: string): Promise<{
  readonly report: UpdateReport;
  readonly buffer: readonly { readonly seq: number; readonly group: string }[];
}> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new HaloError("HALO_RUN_CORRUPT", `${file} is no state of the linear trainer`, { cause });
  }
}

/** A batch's groups in order, each split into the examples of one prompt. */
function groupsOf(batch: Batch): readonly Replayed[] {
  const groups = new Map<string, Map<unknown, Example[]>>();
  for (const e of batch.examples) {
    const parts = groups.get(e.group) ?? new Map<unknown, Example[]>();
    groups.set(e.group, parts);
    const part = parts.get(e.prompt) ?? [];
    parts.set(e.prompt, part);
    part.push(e);
  }
  return [...groups].map(([group, parts]) => ({ seq: batch.seq, group, parts: [...parts.values()], loss: batch.loss }));
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) * (a[i]! - b[i]!);
  return Math.sqrt(sum);
}
