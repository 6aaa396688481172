import { join } from "node:path";
import {
  type Adapter,
  type Batch,
  type BlobReader,
  type Call,
  definePlugin,
  HaloError,
  type Log,
  refs,
  type Trainer,
  type UpdateReport,
} from "halo-agent";
import { sha256Folder, writeWhole } from "halo-agent/kit";
import { readCheckpoint, type SavedState, writeCheckpoint } from "./checkpoint.ts";
import { LoraClient } from "./client.ts";
import { Gone } from "./errors.ts";
import { type Manifest, RemoteModel, type Sidecar } from "./model.ts";
import { type LoraOptions, options, precisionOf } from "./options.ts";
import { servicesOf } from "./services.ts";

/** Restarts of the sidecar that one piece of work lives through. */
const mostRestarts = 5;
const closeLimitMs = 5_000;
const weightFiles = ["adapter_config.json", "adapter_model.safetensors"] as const;

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
  needs: { blobs: refs.blobs, log: refs.log, seed: refs.seed },
  create: (o, needs): Trainer => new LoraTrainer(o, needs),
  services: (o, { packageRoot }) => servicesOf(o, packageRoot),
});

interface Needs {
  readonly blobs: BlobReader;
  readonly log: Log;
  readonly seed: number;
}

class LoraTrainer implements Trainer {
  readonly accepts = "tokens";
  readonly losses = ["dr_grpo", "grpo", "dapo", "bnpo", "dpo", "cross_entropy"] as const;
  readonly adapters: Trainer["adapters"];
  readonly deterministic: boolean;
  readonly #o: LoraOptions;
  readonly #needs: Needs;
  readonly #client: LoraClient;
  #sidecar: Sidecar | undefined;
  /** Where the weights are that `#report` led to; undefined before the first update. */
  #state: SavedState | undefined;
  #report: UpdateReport = { seq: 0, metrics: {} };
  /** Those weights in the sidecar's memory; undefined when what stands there is not known. */
  #model: RemoteModel | undefined;
  #published: { readonly path: string; readonly manifest: Manifest } | undefined;

  constructor(o: LoraOptions, needs: Needs) {
    this.adapters = { format: "peft", base: o.model };
    this.deterministic = o.serve.device === "cpu" && precisionOf(o.serve) === "float32";
    this.#o = o;
    this.#needs = needs;
    this.#client = new LoraClient({ ...o, log: needs.log });
  }

  async ready(call: Call): Promise<void> {
    await this.#connected(call);
  }

  async update(batch: Batch, { signal }: Call): Promise<UpdateReport> {
    const { seq } = this.#report;
    if (batch.seq === seq) return this.#report;
    if (batch.seq !== seq + 1) {
      throw new HaloError("HALO_TRAINER_SEQUENCE", `batch ${batch.seq} follows batch ${seq}`, {
        hint: "send batches in order; a batch already applied may be sent again",
      });
    }
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
    if (this.#published?.manifest.version !== version) {
      this.#published = await this.#living({ signal }, (model) => model.publish({ signal }));
    }
    const { path, manifest } = this.#published;
    if (manifest.version !== version) {
      throw new HaloError("HALO_LORA_REPLY", `the sidecar published version ${manifest.version}, expected ${version}`);
    }
    if (this.#o.adapters === "copied") await this.#copy(path, { dir, manifest, signal });
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
  async #living<T>(call: Call, work: (model: RemoteModel) => Promise<T>): Promise<T> {
    for (let restarts = 0;; restarts++) {
      try {
        const model = this.#model ?? await this.#open(call);
        // Known again only when the work is whole.
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
        this.#sidecar = undefined;
        this.#needs.log.info(
          `the sidecar no longer has the adapter in memory; going on from update ${this.#report.seq}`,
        );
      }
    }
  }

  async #open({ signal }: Call): Promise<RemoteModel> {
    const sidecar = await this.#connected({ signal });
    const { blobs, log, seed } = this.#needs;
    const o = { client: this.#client, sidecar, options: this.#o, blobs, log, seed };
    return await RemoteModel.open(o, { signal, from: this.#state });
  }

  async #connected({ signal }: Call): Promise<Sidecar> {
    this.#sidecar ??= this.#checked(await this.#client.call("get_server_capabilities", { signal }));
    return this.#sidecar;
  }

  #checked(said: Readonly<Record<string, unknown>>): Sidecar {
    const { supported_models: models, x_halo: about } = said as {
      readonly supported_models?: readonly { readonly model_name: string }[];
      readonly x_halo?: Readonly<Record<string, unknown>>;
    };
    const refuse = (message: string, hint: string) =>
      new HaloError("HALO_LORA_SERVER", `${this.#client.url} ${message}`, { hint });
    const { dtype, device, image_token_id: imageToken } = about ?? {};
    if (typeof dtype !== "string" || typeof device !== "string" || typeof imageToken !== "number") {
      throw refuse("is no sidecar that halo can train with", "is `url` the sidecar's, and of this version of halo?");
    }
    const names = (models ?? []).map(({ model_name }) => model_name);
    if (!names.includes(this.#o.model)) {
      throw refuse(
        `trains "${names.join(", ")}", the trainer's model is "${this.#o.model}"`,
        "set HALO_MODEL alike for halo serve and halo run",
      );
    }
    if (this.deterministic && !(device === "cpu" && dtype === "float32")) {
      throw refuse(`computes in ${dtype} on ${device}, trainer.options.serve says float32 on cpu`, "make them equal");
    }
    return { dtype, device, imageToken };
  }

  /** Brings the weights here, and makes sure that they are what the manifest says. */
  async #copy(
    path: string,
    { dir, manifest, signal }: Call & { readonly dir: string; readonly manifest: Manifest },
  ): Promise<void> {
    for (const file of weightFiles) {
      const { bytes } = await this.#client.send(`x_halo/${path}/${file}`, { signal });
      await writeWhole(join(dir, file), bytes);
    }
    const found = await sha256Folder(dir);
    if (found === manifest.sha256) return;
    throw new HaloError("HALO_LORA_REPLY", `the copy of ${path} has the sha256 ${found}, expected ${manifest.sha256}`);
  }
}
