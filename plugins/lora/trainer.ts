import { join } from "node:path";
import {
  type Adapter,
  type Batch,
  type BlobReader,
  type Call,
  definePlugin,
  HaloError,
  type Log,
  type Loss,
  refs,
  type Trainer,
  type UpdateReport,
} from "halo-agent";
import { isNextSeq, writeWhole } from "halo-agent/kit";
import { readCheckpoint, type SavedState, writeCheckpoint } from "./checkpoint.ts";
import { LoraClient } from "./client.ts";
import { loraErrors } from "./codes.ts";
import { checksOf, rehearsal } from "./doctor.ts";
import { Gone } from "./errors.ts";
import { HaloModel } from "./halo-model.ts";
import { losses } from "./losses.ts";
import { type LoraOptions, options } from "./options.ts";
import { isRepeatable, type Server, serverOf } from "./server.ts";
import { servicesOf } from "./services.ts";
import { TinkerModel } from "./tinker-model.ts";
import type { Published, TrainedModel } from "./trained-model.ts";

/** Restarts of the sidecar that one piece of work lives through. */
const mostRestarts = 5;
const closeLimitMs = 5_000;

/**
 * Trains a LoRA adapter in the sidecar, over HTTP. Weights never come here: after every update they are on the sidecar's
 * disk, and the run folder holds their name and hash. Whatever ends between two updates, the work since goes again, from
 * those weights.
 */
export default definePlugin({
  kind: "trainer",
  name: "lora",
  summary: "LoRA on Qwen3-VL in a Python sidecar: exact gradients over shared prefixes, AdamW, adapters for vLLM.",
  options,
  pairsWith: ["vllm"],
  errors: loraErrors,
  needs: { blobs: refs.blobs, log: refs.log, seed: refs.seed },
  create(o, needs): Trainer {
    const { gpus, processes } = o.serve;
    const named = gpus?.split(",").length ?? processes;
    if (named < processes) {
      throw new HaloError("HALO_OPTION_CONFLICT", `${processes} processes want a GPU each, gpus names ${named}`, {
        hint: "name as many GPUs as there are processes",
        option: "serve.gpus",
      });
    }
    return new LoraTrainer(o, needs);
  },
  services: (o, { packageRoot }) => servicesOf(o, packageRoot),
  checks: (o, { packageRoot }) => checksOf(o, packageRoot),
  rehearsal,
});

interface Needs {
  readonly blobs: BlobReader;
  readonly log: Log;
  readonly seed: number;
}

class LoraTrainer implements Trainer {
  readonly accepts = "tokens";
  readonly losses = Object.keys(losses) as Loss["kind"][];
  readonly adapters: Trainer["adapters"];
  readonly deterministic: boolean;
  readonly #o: LoraOptions;
  readonly #needs: Needs;
  readonly #client: LoraClient;
  #server: Server | undefined;
  /** Where the weights are that `#report` led to; undefined before the first update. */
  #state: SavedState | undefined;
  #report: UpdateReport = { seq: 0, metrics: {} };
  /** Those weights in the sidecar's memory; undefined when what stands there is not known. */
  #model: TrainedModel | undefined;
  #published: Published | undefined;

  constructor(o: LoraOptions, needs: Needs) {
    this.adapters = { format: "peft", base: o.model };
    this.deterministic = isRepeatable(o);
    this.#o = o;
    this.#needs = needs;
    this.#client = new LoraClient({ ...o, log: needs.log });
  }

  async ready(call: Call): Promise<void> {
    const { kind } = await this.#connected(call);
    // Whether another server trains at all shows when it is asked for a model.
    if (kind === "tinker") await this.#living(call, async () => {});
  }

  async update(batch: Batch, { signal }: Call): Promise<UpdateReport> {
    if (!isNextSeq(batch, this.#report)) return this.#report;
    const { state, metrics } = await this.#living({ signal }, async (model) => {
      // Without examples there is no step; the version counts all the same.
      const metrics = batch.examples.length === 0 ? {} : await model.learn(batch, { signal });
      return { state: await model.save(batch.seq, { signal }), metrics };
    });
    this.#state = state;
    this.#report = { seq: batch.seq, metrics };
    return this.#report;
  }

  async checkpoint(dir: string): Promise<void> {
    if (!this.#state) {
      throw new HaloError("HALO_TRAINER_SEQUENCE", "a checkpoint before the first update holds nothing");
    }
    await writeCheckpoint(dir, { model: this.#o.model, report: this.#report, state: this.#state });
  }

  async restore(dir: string, { signal }: Call): Promise<{ readonly seq: number }> {
    const { state, report } = await readCheckpoint(dir);
    this.#state = state;
    this.#report = report;
    this.#model = undefined;
    this.#published = undefined;
    await this.#living({ signal }, async () => {});
    return { seq: report.seq };
  }

  async publish(dir: string, { signal }: Call): Promise<Adapter> {
    const version = this.#report.seq;
    const manifest = await this.#living({ signal }, async (model) => {
      if (this.#published?.version !== version) this.#published = await model.publish(version, { signal });
      return await model.keep(this.#published, { dir, signal });
    });
    await writeWhole(join(dir, "halo.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
    return { ...this.adapters, version, dir, sha256: manifest.sha256 };
  }

  async close(): Promise<void> {
    await this.#model?.unload({ signal: AbortSignal.timeout(closeLimitMs) })
      .catch((e) => this.#needs.log.debug(`unload: ${e}`));
    this.#model = undefined;
    this.#client.close();
  }

  /** Works on the weights that the last update led to; anew, from those saved, when the sidecar lost them. */
  async #living<T>(call: Call, work: (model: TrainedModel) => Promise<T>): Promise<T> {
    for (let restarts = 0;; restarts++) {
      try {
        const model = this.#model ?? await this.#open(call);
        // Counts as lost until the work is done: whatever fails in between, the next call opens the saved weights.
        this.#model = undefined;
        const done = await work(model);
        this.#model = model;
        return done;
      } catch (e) {
        if (!(e instanceof Gone)) throw e;
        if (restarts === mostRestarts) {
          throw new HaloError("HALO_LORA_LOST", `the sidecar lost its work ${restarts + 1} times: ${e.message}`, {
            hint: "its log says why it ends; where it runs out of memory: serve.max_tokens_per_micro_batch",
            cause: e,
          });
        }
        this.#server = undefined;
        this.#needs.log.info(
          `the sidecar no longer has the adapter in memory; going on from update ${this.#report.seq}`,
        );
      }
    }
  }

  async #open({ signal }: Call): Promise<TrainedModel> {
    const server = await this.#connected({ signal });
    const o = { ...this.#needs, client: this.#client, options: this.#o };
    const from = this.#state;
    return server.kind === "halo"
      ? await HaloModel.open({ ...o, server }, { signal, from })
      : await TinkerModel.open(o, { signal, from });
  }

  async #connected({ signal }: Call): Promise<Server> {
    const { url } = this.#client;
    this.#server ??= serverOf(await this.#client.call("get_server_capabilities", { signal }), {
      url,
      options: this.#o,
    });
    return this.#server;
  }
}
