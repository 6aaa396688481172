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
import { ascend, logProbabilities } from "./model.ts";
import { isEpisodePair, unroll } from "./episode-pair.ts";
import { type Gradient, gradientOf, klOf, promptOf } from "./objective.ts";
import { base, readWeights, startingWeights, writeWeights } from "./weights-file.ts";

/** A group in the replay buffer: where it came from, its examples, the loss it was sampled under. */
interface Replayed {
  readonly seq: number;
  readonly group: string;
  readonly parts: readonly (readonly Example[])[];
  readonly loss: Loss;
  /** Tokens of its batch and of the group itself that the policy gradient is over; a choice is one token. */
  readonly tokens: { readonly batch: number; readonly group: number };
}

/**
 * Trains the linear policy by plain stochastic gradient ascent. The groups of a batch are taken in order: one live
 * update, then `replay` updates on groups drawn from the last `buffer` ones, each weighted by min(ratio_cap, pi_now / pi_then).
 * Replay makes this off-policy by design; `replay: 0, entropy: 0, importance: clipped, update: batch` is the plain
 * on-policy form: one step per batch, along the mean gradient of its groups.
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
        description: "Largest importance ratio of a sample, default 1; for importance: capped.",
      },
      importance: {
        type: "string",
        enum: ["capped", "clipped"],
        description:
          "capped, the default: the advantage times min(ratio_cap, ratio); clipped: PPO's clip by the algorithm's epsilon_low and epsilon_high, which capped does not use.",
      },
      update: {
        type: "string",
        enum: ["group", "batch"],
        description: "group, the default: a step for each group in turn; batch: one step along their mean gradient.",
      },
      adapter: {
        type: "string",
        "x-path": true,
        description:
          "Folder of a published linear adapter to start from; also the KL's reference unless that is named.",
      },
      reference: {
        type: "string",
        "x-path": true,
        description: "Folder of a published linear adapter that the algorithm's kl_coef pulls back to.",
      },
    },
  },
  async create(o): Promise<Trainer> {
    refuseConflicts(o);
    const { adapter, reference } = o;
    const start = await startingWeights({ adapter });
    return new LinearTrainer({ start, reference: await startingWeights({ reference, adapter }) }, o);
  },
});

/** Throws HALO_OPTION_CONFLICT for options that contradict each other. */
function refuseConflicts({ importance, ratio_cap, update, replay }: LinearTrainerOptions): void {
  if (importance === "clipped" && ratio_cap !== undefined) {
    throw new HaloError("HALO_OPTION_CONFLICT", 'trainer "linear": ratio_cap means nothing where ratios are clipped', {
      hint: "remove ratio_cap, or set importance: capped",
      option: "ratio_cap",
    });
  }
  if (update === "batch" && replay > 0) {
    throw new HaloError(
      "HALO_OPTION_CONFLICT",
      `trainer "linear": one step per batch leaves no turn for ${replay} replayed updates a group`,
      { hint: "set replay: 0, or update: group", option: "update" },
    );
  }
}

interface LinearTrainerOptions {
  readonly learning_rate: number;
  readonly entropy: number;
  readonly replay: number;
  readonly buffer: number;
  readonly ratio_cap?: number;
  readonly importance?: "capped" | "clipped";
  readonly update?: "group" | "batch";
}

/** What one update call adds up for its report. */
interface Measured {
  updates: number;
  parts: number;
  samples: number;
  objective: number;
  entropy: number;
  kl: number;
  clipped: number;
}

class LinearTrainer implements Trainer {
  readonly accepts = "choice";
  readonly losses = ["dr_grpo", "grpo", "bnpo", "dapo", "dpo", "cross_entropy"] as const;
  readonly episodePairs = true;
  readonly adapters = { format: "linear", base } as const;
  readonly deterministic = true;
  readonly #reference: Float64Array;
  readonly #o: LinearTrainerOptions;
  #weights: Float64Array;
  #buffer: Replayed[] = [];
  #report: UpdateReport = { seq: 0, metrics: {} };

  constructor(
    { start, reference }: { readonly start: Float64Array; readonly reference: Float64Array },
    o: LinearTrainerOptions,
  ) {
    this.#reference = reference;
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
    const sums: Measured = { updates: 0, parts: 0, samples: 0, objective: 0, entropy: 0, kl: 0, clipped: 0 };
    const groups = groupsOf(batch);
    if (this.#o.update === "batch" && groups.length > 0) this.#ascend(groups, sums);
    for (const group of this.#o.update === "batch" ? [] : groups) {
      this.#buffer.push(group);
      if (this.#buffer.length > this.#o.buffer) this.#buffer.shift();
      const rng = keyedRng("replay", batch.seed, batch.seq, group.group);
      const drawn = Array.from({ length: this.#o.replay }, () => this.#buffer[rng.int(this.#buffer.length)]!);
      for (const next of [group, ...drawn]) this.#ascend([next], sums);
    }
    const parts = Math.max(1, sums.parts);
    this.#report = {
      seq: batch.seq,
      metrics: {
        "loss/policy": -sums.objective / Math.max(1, sums.updates),
        "policy/entropy": sums.entropy / parts,
        "kl/mean": sums.kl / parts,
        "clip/fraction": sums.clipped / Math.max(1, sums.samples),
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

  /** One step along the mean gradient of these groups, each taken at the same weights; a `dapo` sum is a mean already. */
  #ascend(groups: readonly Replayed[], sums: Measured): void {
    const over = groups[0]!.loss.kind === "dapo" ? 1 : groups.length;
    const steps = groups.flatMap((group) => {
      const whole = group.parts.flat().filter(isEpisodePair).map((pair) => unroll(pair, this.#weights, group.loss));
      for (const { objective } of whole) sums.objective += objective / over;
      return [
        ...group.parts.map((examples) => ({ examples: examples.filter((e) => !isEpisodePair(e)), counts: 1 })),
        ...whole.flatMap(({ parts }) => parts.map((examples) => ({ examples, counts: 0 }))),
      ].filter(({ examples }) => examples.length > 0).map(({ examples, counts }) => {
        const { coefficients, objective } = this.#gradient(examples, group, sums);
        sums.objective += counts * objective / over;
        return { prompt: promptOf(examples), coefficients };
      });
    });
    for (const { prompt, coefficients } of steps) {
      ascend(this.#weights, prompt, { coefficients, rate: this.#o.learning_rate / over });
    }
    sums.updates++;
  }

  #gradient(examples: readonly Example[], { loss, tokens }: Replayed, sums: Measured): Gradient {
    const prompt = promptOf(examples);
    const logps = logProbabilities(this.#weights, prompt);
    const reference = klOf(loss).coefficient > 0 ? logProbabilities(this.#reference, prompt) : undefined;
    const g = gradientOf(examples, { logps, reference, loss }, {
      ratioCap: this.#o.importance === "clipped" ? "clip" : this.#o.ratio_cap ?? 1,
      entropy: this.#o.entropy,
      tokens: loss.kind === "dapo" ? tokens.batch : tokens.group,
    });
    sums.parts++;
    sums.samples += examples.length;
    sums.entropy += g.entropy;
    sums.kl += g.kl;
    sums.clipped += g.clipped;
    return g;
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
  const tokensIn = (examples: readonly Example[]) => examples.filter((e) => e.kind === "advantage").length;
  return [...groups].map(([group, parts]) => ({
    seq: batch.seq,
    group,
    parts: [...parts.values()],
    loss: batch.loss,
    tokens: { batch: tokensIn(batch.examples), group: tokensIn([...parts.values()].flat()) },
  }));
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) * (a[i]! - b[i]!);
  return Math.sqrt(sum);
}
