import { type Batch, type Call, HaloError } from "halo-agent";
import { mapLimited, sha256Folder } from "halo-agent/kit";
import { bringArchive } from "./archive.ts";
import type { SavedState } from "./checkpoint.ts";
import { NumberedRequests, type Reply } from "./client.ts";
import { datumsOf, imagesOf } from "./datums.ts";
import { checkedGap } from "./gap.ts";
import { slopeOf } from "./gradient.ts";
import { adamOf } from "./loss.ts";
import { inParts } from "./parts.ts";
import { checkTold, type ServerLoss, serverLossOf } from "./server-loss.ts";
import { checkSummed } from "./summed.ts";
import { type TinkerDatum, tinkerDatum } from "./tinker-datum.ts";
import type { AdapterManifest, ModelOptions, Published, TrainedModel } from "./trained-model.ts";

type Metrics = Readonly<Record<string, number>> | null | undefined;

const readsAtOnce = 4;
const heartbeatMs = 10_000;

/**
 * An adapter on a server that has Tinker's API and nothing of halo's. A loss is differentiated here: one pass measures
 * log-probabilities, a second takes a loss of the server whose slope is that of the loss, so the gradient is that of the
 * sidecar. Screenshots travel with every request, and prompts are not shared.
 */
export class TinkerModel implements TrainedModel {
  readonly #o: ModelOptions;
  readonly #requests: NumberedRequests;
  readonly #heart: NodeJS.Timeout;

  private constructor(id: string, session: string, o: ModelOptions) {
    this.#o = o;
    this.#requests = new NumberedRequests(o.client, id);
    // A session without one is cleaned up.
    this.#heart = setInterval(() => {
      const body = { session_id: session, type: "session_heartbeat" };
      o.client.call("session_heartbeat", { signal: AbortSignal.timeout(heartbeatMs), body })
        .catch((e) => o.log.debug(`session_heartbeat: ${e}`));
    }, heartbeatMs);
    this.#heart.unref();
  }

  /** A new adapter, or one that goes on from saved weights. */
  static async open(o: ModelOptions, { from, signal }: Call & { readonly from?: SavedState | undefined }) {
    const { client, options: { model, rank, server_loss }, seed } = o;
    // Servers want a version of Tinker's client and keep it in their records.
    const session = { tags: ["halo"], user_metadata: null, sdk_version: "0.12.0", type: "create_session" };
    const { session_id } = await client.call("create_session", { signal, body: session });
    const create = async () => {
      const { model_id } = await client.result("create_model", {
        signal,
        body: {
          ...{ session_id, model_seq_id: 0, base_model: model, type: "create_model" },
          lora_config: { rank, seed, train_unembed: false, train_mlp: true, train_attn: true },
        },
      });
      return new TinkerModel(model_id as string, session_id as string, o);
    };
    let opened = await create();
    if (server_loss === "mean") {
      // SkyRL's JAX backend leaves the gradient of a model that ended before its step to the next one in its place.
      await opened.#ask("optim_step", { signal, body: { adam_params: { ...adamOf(o.options, 1), learning_rate: 0 } } });
      await opened.unload({ signal });
      opened = await create();
    }
    if (from) await opened.#ask("load_weights", { signal, body: { path: from.path, optimizer: true } });
    return opened;
  }

  async learn(batch: Batch, { signal }: Call): Promise<Readonly<Record<string, number>>> {
    const { options: o, log } = this.#o;
    if (batch.temperature !== 1) {
      throw new HaloError("HALO_LORA_SERVER", `samples were drawn at ${batch.temperature}, the server knows 1 only`, {
        hint: "set algorithm.options.temperature: 1, or use halo's own sidecar",
      });
    }
    const sent = datumsOf(batch, { model: o.model, imageToken: o.image_token_id });
    if (sent.some(({ datum }) => datum.x_halo.among)) {
      throw new HaloError(
        "HALO_LORA_SERVER",
        "samples were chosen among candidates, the server knows whole vocabularies",
        {
          hint: "set policy.options.answers: text, or use halo's own sidecar",
        },
      );
    }
    const pictures = new Map(
      await mapLimited(imagesOf(batch), readsAtOnce, async (sha256) => {
        const png = await this.#o.blobs.get(sha256);
        return [`sha256:${sha256}`, Buffer.from(png).toString("base64")] as const;
      }),
    );
    const measured = sent.map((one) => tinkerDatum(one, { pictures, inputs: { weights: one.logprobs.map(() => 1) } }));
    const { rows: targets } = await this.#pass("forward", { signal, loss_fn: "cross_entropy", data: measured });
    const logprobs = targets.map((row, i) => row.slice(-sent[i]!.logprobs.length));
    const rows = sent.map(({ datum, logprobs: sampler }, i) => ({
      group: datum.x_halo.group,
      sampler,
      trainer: logprobs[i]!,
    }));
    // What it computes in is not told.
    const gap = checkedGap(rows, { dtype: "bfloat16", limit: o.gap_limit, warn: (text) => log.warn(text) });
    const { loss, slopes } = slopeOf(batch, { ...o, sent, logprobs });
    const { loss_fn, inputs } = serverLossOf(slopes, { ...o, logprobs });
    const weighed = sent.map((one, i) => tinkerDatum(one, { pictures, inputs: inputs[i]! }));
    const passed = await this.#pass("forward_backward", { signal, loss_fn, data: weighed });
    checkTold(passed.metrics, { ...o, url: this.#o.client.url });
    const step = await this.#ask("optim_step", { signal, body: { adam_params: adamOf(o, batch.seq) } });
    const told = step["metrics"] as Metrics;
    checkSummed(told, { slopes, url: this.#o.client.url });
    return {
      ...told,
      "loss/total": loss,
      "tokens/completion": logprobs.reduce((sum, row) => sum + row.length, 0),
      ...gap,
    };
  }

  async save(version: number, { signal }: Call): Promise<SavedState> {
    const { path } = await this.#ask("save_weights", { signal, body: { path: nameOf(version), type: "save_weights" } });
    return { path: path as string };
  }

  async publish(version: number, { signal }: Call): Promise<Published> {
    const body = { path: nameOf(version), type: "save_weights_for_sampler" };
    const { path } = await this.#ask("save_weights_for_sampler", { signal, body });
    return { path: path as string, version };
  }

  async keep({ path, version }: Published, { dir, signal }: Call & { readonly dir: string }): Promise<AdapterManifest> {
    const { client, options: { model: base, rank, alpha } } = this.#o;
    await bringArchive(client, { path, dir, signal });
    const sha256 = await sha256Folder(dir);
    return { schema: "halo.adapter/1", version, base, location: dir, sha256, rank, alpha, dtype: "unknown" };
  }

  async unload({ signal }: Call): Promise<void> {
    clearInterval(this.#heart);
    await this.#o.client.call("unload_model", {
      signal,
      body: { model_id: this.#requests.model, type: "unload_model" },
    });
  }

  /**
   * Log-probabilities of every target, [datum][token], from a pass over all data in requests of at most `chunk_mb`, and
   * what is told of the last of these.
   */
  async #pass(
    route: "forward" | "forward_backward",
    { signal, loss_fn, data }: Call & {
      readonly loss_fn: ServerLoss["loss_fn"];
      readonly data: readonly TinkerDatum[];
    },
  ): Promise<{ readonly rows: readonly (readonly number[])[]; readonly metrics: Metrics }> {
    const rows: (readonly number[])[] = [];
    let metrics: Metrics;
    for (const part of inParts(data.map((one) => [one]), this.#o.options.chunk_mb * 2 ** 20)) {
      const input = { data: part, loss_fn };
      const reply = await this.#ask(route, { signal, body: { [`${route}_input`]: input } });
      metrics = reply["metrics"] as Metrics;
      const outputs = reply["loss_fn_outputs"] as readonly {
        readonly logprobs?: { readonly data: readonly number[] };
      }[];
      for (const [i, { loss_fn_inputs: { target_tokens } }] of part.entries()) {
        const row = outputs?.[i]?.logprobs?.data;
        if (row?.length !== target_tokens.data.length) {
          const expected = `expected ${target_tokens.data.length} log-probabilities of datum ${i}, got ${row?.length}`;
          throw new HaloError("HALO_LORA_REPLY", `${route}: ${expected}`, {
            hint: "halo trains with servers that return one log-probability for each target token",
          });
        }
        rows.push(row);
      }
    }
    return { rows, metrics };
  }

  /** Asks the server. After a request that failed the session is no longer kept alive: this model is not asked again. */
  async #ask(route: string, o: Call & { readonly body: object }): Promise<Reply> {
    try {
      return await this.#requests.ask(route, o);
    } catch (e) {
      clearInterval(this.#heart);
      throw e;
    }
  }
}

const nameOf = (version: number): string => `v${String(version).padStart(6, "0")}`;
