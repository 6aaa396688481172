import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Adapter,
  type Batch,
  type Example,
  HaloError,
  type Loss,
  type Trainer,
  type UpdateReport,
} from "halo-agent";
import { isNextSeq, keyedRng, sha256Folder, writeWhole } from "halo-agent/kit";
import { promptOf } from "./choice.ts";
import type { LossTable } from "./linear-loss.ts";
import { ascend, logProbabilities } from "./model.ts";
import { type Gradient, gradientOf } from "./objective.ts";
import { klOf } from "./policy-gradient.ts";
import { isEpisodePair } from "./preference.ts";
import { base, readWeights, writeWeights } from "./weights-file.ts";

/** A group in the replay buffer: where it came from, its examples, the loss it was sampled under. */
interface Replayed {
  readonly seq: number;
  readonly group: string;
  readonly parts: readonly (readonly Example[])[];
  readonly loss: Loss;
  /** Tokens of its batch and of the group itself that the policy gradient is over; a choice is one token. */
  readonly tokens: { readonly batch: number; readonly group: number };
}

/** Options with their defaults filled in. */
export interface LinearTrainerOptions {
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

/** Stochastic gradient ascent on the losses of a table, with a replay buffer of groups. */
export class LinearTrainer implements Trainer {
  readonly accepts = "choice";
  readonly losses: readonly Loss["kind"][];
  readonly episodePairs = true;
  readonly adapters = { format: "linear", base } as const;
  readonly deterministic = true;
  readonly #table: LossTable;
  readonly #reference: Float64Array;
  readonly #o: LinearTrainerOptions;
  #weights: Float64Array;
  #buffer: Replayed[] = [];
  #report: UpdateReport = { seq: 0, metrics: {} };

  constructor(
    { start, reference, losses }: {
      readonly start: Float64Array;
      readonly reference: Float64Array;
      readonly losses: LossTable;
    },
    o: LinearTrainerOptions,
  ) {
    this.losses = Object.keys(losses) as Loss["kind"][];
    this.#table = losses;
    this.#reference = reference;
    this.#weights = start.slice();
    this.#o = o;
  }

  update(batch: Batch): Promise<UpdateReport> {
    if (!isNextSeq(batch, this.#report)) return Promise.resolve(this.#report);
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

  /**
   * One step along the mean gradient of these groups, each taken at the same weights; along their sum, when the loss is a
   * mean over the batch already.
   */
  #ascend(groups: readonly Replayed[], sums: Measured): void {
    const over = this.#table[groups[0]!.loss.kind]?.isBatchMean ? 1 : groups.length;
    const steps = groups.flatMap((group) => {
      const { singles, episodes } = this.#unroll(group);
      for (const { objective } of episodes) sums.objective += objective / over;
      const stepAlong = (examples: readonly Example[], counts: 0 | 1) => {
        const { coefficients, objective } = this.#gradient(examples, group, sums);
        sums.objective += counts * objective / over;
        return { prompt: promptOf(examples), coefficients };
      };
      // What an unrolled pair ascends is in its objective already.
      const unrolled = episodes.flatMap(({ parts }) => parts);
      return [...singles.map((one) => stepAlong(one, 1)), ...unrolled.map((one) => stepAlong(one, 0))];
    });
    for (const { prompt, coefficients } of steps) {
      ascend(this.#weights, prompt, { coefficients, rate: this.#o.learning_rate / over });
    }
    sums.updates++;
  }

  /** A group's examples by prompt: those of single steps, and the steps of its pairs of whole episodes. */
  #unroll({ parts, loss }: Replayed) {
    const episodes = parts.flat().filter(isEpisodePair).map((pair) => {
      const found = this.#table[loss.kind]?.episodePair?.(pair, this.#weights, loss);
      if (found) return found;
      throw new HaloError("HALO_MATCH_LOSS", `the loss ${loss.kind} says nothing about pairs of whole episodes`);
    });
    const singles = parts.map((examples) => examples.filter((e) => !isEpisodePair(e))).filter((one) => one.length > 0);
    return { singles, episodes };
  }

  #gradient(examples: readonly Example[], { loss, tokens }: Replayed, sums: Measured): Gradient {
    const prompt = promptOf(examples);
    const logps = logProbabilities(this.#weights, prompt);
    const reference = klOf(loss).coefficient > 0 ? logProbabilities(this.#reference, prompt) : undefined;
    const g = gradientOf(examples, { logps, reference, loss }, {
      ratioCap: this.#o.importance === "clipped" ? "clip" : this.#o.ratio_cap ?? 1,
      entropy: this.#o.entropy,
      tokens,
      losses: this.#table,
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
