import { join } from "node:path";
import { type Batch, type Call, HaloError } from "halo-agent";
import { mapLimited, sha256Folder, writeWhole } from "halo-agent/kit";
import { adapterFiles } from "./archive.ts";
import type { SavedState } from "./checkpoint.ts";
import { NumberedRequests, type Reply } from "./client.ts";
import { datumsOf, imagesOf, partsOf, type Sent } from "./datums.ts";
import { checkedGap } from "./gap.ts";
import { adamOf, lossOf } from "./loss.ts";
import { mergeMetrics } from "./metrics.ts";
import type { Server } from "./server.ts";
import type { AdapterManifest, ModelOptions, Published, TrainedModel } from "./trained-model.ts";

/** Uploads at once. */
const uploads = 4;

type HaloOptions = ModelOptions & { readonly server: Server & { readonly kind: "halo" } };

/** An adapter in the memory of halo's own sidecar. */
export class HaloModel implements TrainedModel {
  readonly #o: HaloOptions;
  readonly #requests: NumberedRequests;

  private constructor(id: string, o: HaloOptions) {
    this.#o = o;
    this.#requests = new NumberedRequests(o.client, id);
  }

  /** A new adapter, or one that goes on from saved weights. */
  static async open(o: HaloOptions, { from, signal }: Call & { readonly from?: SavedState | undefined }) {
    const { client, options: { model, rank, alpha, rslora }, seed } = o;
    const { session_id } = await client.call("create_session", { signal, body: {} });
    const { model_id } = await client.result("create_model", {
      signal,
      body: {
        ...{ session_id, model_seq_id: 0, base_model: model },
        ...{ lora_config: { rank, seed, train_unembed: false }, x_halo: { alpha, rslora } },
      },
    });
    const opened = new HaloModel(model_id as string, o);
    if (from) {
      const { path, sha256 } = from;
      await opened.#requests.ask("load_weights", { signal, body: { path, optimizer: true, x_halo: { sha256 } } });
    }
    return opened;
  }

  async learn(batch: Batch, { signal }: Call): Promise<Readonly<Record<string, number>>> {
    const { server: { imageToken, isTiled, dtype }, options: o, log } = this.#o;
    await this.#upload(imagesOf(batch), { signal });
    const sent = datumsOf(batch, { model: o.model, imageToken, isTiled });
    const loss = lossOf(batch, o);
    const metrics: Readonly<Record<string, number>>[] = [];
    const rows: { readonly group: string; readonly sampler: readonly number[]; readonly trainer: readonly number[] }[] =
      [];
    for (const part of partsOf(sent, o.chunk_mb * 2 ** 20)) {
      const data = part.map(({ datum }) => datum);
      const reply = await this.#requests.ask("forward_backward", {
        signal,
        body: { forward_backward_input: { data, ...loss, x_halo: { temperature: batch.temperature } } },
      });
      rows.push(...rowsOf(part, reply));
      metrics.push(reply["metrics"] as Readonly<Record<string, number>>);
    }
    const gap = checkedGap(rows, { dtype, limit: o.gap_limit, warn: (text) => log.warn(text) });
    const step = await this.#requests.ask("optim_step", { signal, body: { adam_params: adamOf(o, batch.seq) } });
    return {
      ...mergeMetrics(metrics),
      ...(step["metrics"] as Readonly<Record<string, number>>),
      ...gap,
    };
  }

  async save(version: number, { signal }: Call): Promise<SavedState> {
    const { path, x_halo } = await this.#requests.ask("save_weights", { signal, body: { x_halo: { version } } });
    return { path: path as string, sha256: (x_halo as { readonly sha256: string }).sha256 };
  }

  async publish(version: number, { signal }: Call): Promise<Published> {
    const { path, x_halo } = await this.#requests.ask("save_weights_for_sampler", { signal, body: {} });
    const { manifest } = x_halo as { readonly manifest: AdapterManifest };
    if (manifest.version === version) return { path: path as string, version, manifest };
    throw new HaloError("HALO_LORA_REPLY", `the sidecar published version ${manifest.version}, expected ${version}`);
  }

  /** The folder on the sidecar's machine is in the manifest; `adapters: copied` brings the files here. */
  async keep(
    { path, manifest }: Published,
    { dir, signal }: Call & { readonly dir: string },
  ): Promise<AdapterManifest> {
    const { client, options: { adapters } } = this.#o;
    if (adapters !== "copied") return manifest!;
    for (const file of adapterFiles) {
      const { bytes } = await client.send(`x_halo/${path}/${file}`, { signal });
      await writeWhole(join(dir, file), bytes);
    }
    const found = await sha256Folder(dir);
    if (found === manifest!.sha256) return manifest!;
    throw new HaloError("HALO_LORA_REPLY", `the copy of ${path} has the sha256 ${found}, expected ${manifest!.sha256}`);
  }

  async unload({ signal }: Call): Promise<void> {
    await this.#o.client.call("unload_model", { signal, body: { model_id: this.#requests.model } });
  }

  async #upload(images: readonly string[], { signal }: Call): Promise<void> {
    const { client, blobs } = this.#o;
    await mapLimited(images, uploads, async (sha256) => {
      const route = `x_halo/blobs/${sha256}`;
      const { status } = await client.send(route, { method: "HEAD", signal });
      if (status === 200) return;
      const body = new Uint8Array(await blobs.get(sha256));
      await client.send(route, { method: "PUT", signal, body });
    });
  }
}

function rowsOf(part: readonly Sent[], { loss_fn_outputs }: Reply) {
  const outputs = loss_fn_outputs as readonly { readonly logprobs?: { readonly data: readonly number[] } }[];
  return part.map(({ datum, logprobs: sampler }, i) => {
    const trainer = outputs?.[i]?.logprobs?.data;
    if (trainer?.length !== sampler.length) {
      throw new HaloError(
        "HALO_LORA_REPLY",
        `forward_backward: expected ${sampler.length} log-probabilities of datum ${i}, got ${trainer?.length}`,
        { hint: "is the sidecar of this version of halo?" },
      );
    }
    return { group: datum.x_halo.group, sampler, trainer };
  });
}
