import { type Adapter, type Call, HaloError, isHaloError, type Log } from "halo-agent";
import { within } from "halo-agent/kit";
import { checkAdapter, checkProjection } from "./adapter-canaries.ts";
import { checkCache, checkTemperature, type Precision } from "./canaries.ts";
import type { VllmClient } from "./client.ts";
import type { Figures } from "./figures.ts";
import { type Manifest, type Projection, readManifest, refuseOtherBase } from "./manifest.ts";
import { once } from "./once.ts";
import { probePicture } from "./picture-probe.ts";
import { nextTokens, scoreText } from "./probes.ts";

/** One policy version as vLLM serves it. */
export interface Serving {
  /** Name that requests ask for; also the salt of its prefix cache. */
  readonly model: string;
  readonly version: number;
  /** Absent for the base. */
  readonly manifest?: Manifest;
}

export interface AdaptersOptions {
  readonly client: VllmClient;
  readonly model: string;
  /** First part of adapter names. */
  readonly name: string;
  /** Precision of the server; the trainer's stands in each manifest. */
  readonly precision: Precision;
  readonly seesPictures: boolean;
  readonly figures: Figures;
  readonly log: Log;
  /** Token ids of some text, longer than two blocks of any prefix cache. */
  readonly probeText: () => readonly number[];
  /** Ends what is done for several callers at once. */
  readonly signal: AbortSignal;
}

/** Adapters kept in vLLM: the one in force and the one before, to go back to. */
const kept = 2;
/** Restarts of vLLM that one load lives through. */
const mostRestarts = 3;

/**
 * The policy's versions in vLLM: each under a name of its own that holds its content's hash, loaded, listed, probed and
 * only then put in force; unloaded when two newer ones are there and its last request has ended.
 */
export class Adapters {
  readonly #o: AdaptersOptions;
  /** In order of adoption; the last is in force. */
  readonly #servings: Serving[];
  readonly #inFlight = new Map<string, number>();
  readonly #idle = new Map<string, () => void>();
  readonly #reloads = new Map<string, () => Promise<void>>();
  /** Loud adapters that this start of vLLM was probed with. */
  readonly #probed = new Set<string>();

  constructor(o: AdaptersOptions) {
    this.#o = o;
    this.#servings = [{ model: o.model, version: 0 }];
  }

  /** The version in force. */
  get current(): Serving {
    return this.#servings.at(-1)!;
  }

  /** Runs `use` on the version in force now; it stays loaded meanwhile. */
  async lease<T>(use: (serving: Serving) => Promise<T>): Promise<T> {
    const serving = this.current;
    const { model } = serving;
    this.#inFlight.set(model, (this.#inFlight.get(model) ?? 0) + 1);
    try {
      return await use(serving);
    } finally {
      const left = this.#inFlight.get(model)! - 1;
      this.#inFlight.set(model, left);
      if (left === 0) this.#idle.get(model)?.();
    }
  }

  /** Loads, lists, probes, switches, then drains and unloads what is too old. Until the switch the old one stays in force. */
  async adopt({ dir, version }: Pick<Adapter, "dir" | "version">, call: Call): Promise<void> {
    const manifest = await readManifest(dir);
    refuseOtherBase(dir, manifest, this.#o.model);
    const model = `${this.#o.name}-v${String(version).padStart(6, "0")}-${manifest.sha256.slice(0, 8)}`;
    const serving: Serving = { model, version, manifest };
    if (this.current.model !== model) {
      try {
        await this.#prepare(serving, call);
      } catch (e) {
        if (!this.#servings.some((s) => s.model === model)) await this.#unload(model, call).catch(() => {});
        throw e;
      }
      const known = this.#servings.findIndex((s) => s.model === model);
      if (known >= 0) this.#servings.splice(known, 1);
      this.#servings.push(serving);
    }
    await this.#shed(call);
  }

  /** Loads an adapter again that vLLM forgot, for example because it was restarted. Callers of one name share the work. */
  async reload(serving: Serving, { signal }: Call): Promise<void> {
    const { model } = serving;
    let work = this.#reloads.get(model);
    if (!work) {
      this.#o.log.info(`vLLM no longer knows ${model}; loading it again`);
      this.#probed.clear();
      const call = { signal: this.#o.signal };
      work = once(() => this.#prepare(serving, call));
      this.#reloads.set(model, work);
    }
    try {
      await within(work(), signal);
    } finally {
      if (this.#reloads.get(model) === work) this.#reloads.delete(model);
    }
  }

  /** Unloads a version that is no longer in force. */
  async retire(version: number, call: Call): Promise<void> {
    for (const serving of this.#servings.filter((s) => s.version === version && s !== this.current)) {
      await this.#drop(serving, call);
    }
  }

  /** Unloads all adapters, in force or not. */
  async close(call: Call): Promise<void> {
    for (const { model, manifest } of this.#servings) if (manifest) await this.#unload(model, call);
  }

  async #shed(call: Call): Promise<void> {
    for (const serving of this.#servings.slice(0, -kept)) await this.#drop(serving, call);
  }

  async #drop(serving: Serving, call: Call): Promise<void> {
    await this.#drained(serving.model, call);
    if (serving.manifest) await this.#unload(serving.model, call);
    this.#servings.splice(this.#servings.indexOf(serving), 1);
  }

  async #drained(model: string, { signal }: Call): Promise<void> {
    if (!this.#inFlight.get(model)) return;
    let abort = () => {};
    await new Promise<void>((resolve, reject) => {
      abort = () => reject(signal.reason);
      this.#idle.set(model, resolve);
      signal.addEventListener("abort", abort, { once: true });
    }).finally(() => {
      signal.removeEventListener("abort", abort);
      this.#idle.delete(model);
    });
  }

  /** Loads and probes; anew when vLLM was restarted in between. */
  async #prepare(serving: Serving, call: Call): Promise<void> {
    for (let attempt = 0;; attempt++) {
      try {
        for (const projection of serving.manifest!.projections ?? []) await this.#probeLoud(projection, serving, call);
        const isNew = await this.#load(serving.model, serving.manifest!.location, call);
        // Throw-away ones are not counted.
        if (isNew) this.#o.figures.add("adapter_loads");
        return await this.#probe(serving, call);
      } catch (e) {
        if (!isHaloError(e, "HALO_VLLM_ADAPTER_GONE") || attempt === mostRestarts) throw e;
      }
    }
  }

  /** Returns false where vLLM had it already. */
  async #load(model: string, location: string, { signal }: Call): Promise<boolean> {
    const { client } = this.#o;
    const body = { lora_name: model, lora_path: location };
    const loaded = await this.#loaded(signal);
    if (loaded.has(model) && loaded.get(model) !== location) await this.#unload(model, { signal });
    const isNew = loaded.get(model) !== location;
    if (isNew) {
      await client.send("/load_lora_adapter", { signal, body }).catch((e) => {
        // An attempt whose answer was lost has loaded it.
        if (!isHaloError(e) || !/has already been loaded/.test(e.message)) throw e;
      });
    }
    if ((await this.#loaded(signal)).has(model)) return isNew;
    throw new HaloError("HALO_VLLM_REPLY", `vLLM loaded ${model} and does not list it`, {
      hint: "does a proxy spread requests over several servers? `url` must reach one vLLM",
    });
  }

  /** Names of the adapters in vLLM and their folders. */
  async #loaded(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { data = [] } = await this.#o.client.send("/models", { signal }) as {
      readonly data?: readonly { readonly id: string; readonly root: string; readonly parent?: string | null }[];
    };
    return new Map(data.filter(({ parent }) => parent).map(({ id, root }) => [id, root]));
  }

  async #unload(model: string, { signal }: Call): Promise<void> {
    await this.#o.client.send("/unload_lora_adapter", { signal, body: { lora_name: model } }).catch((e) => {
      if (!isHaloError(e, "HALO_VLLM_ADAPTER_GONE")) throw e;
    });
  }

  /** Once for each start of vLLM and each kind of module: it applies a loud adapter of that kind alone. */
  async #probeLoud(projection: Projection, { manifest }: Serving, call: Call): Promise<void> {
    const { client, figures, log, name } = this.#o;
    const { ids, base_logprobs: base } = manifest!.canary!;
    const model = `${name}-canary-${projection.name}-${projection.sha256.slice(0, 8)}`;
    if (this.#probed.has(model)) return;
    try {
      await this.#load(model, projection.location, call);
      const scored = await scoreText(client, { model, salt: model, ids, ...call });
      const share = checkProjection(scored, { projection, base, precision: this.#precisionWith(manifest!) });
      figures.set(`canary/projection/${projection.name}`, share);
    } catch (e) {
      const isAway = isHaloError(e, "HALO_VLLM_ADAPTER") && /No adapter found/.test(e.message);
      if (!isAway) throw e;
      log.warn(`projection canary: left out, ${projection.location} is not on vLLM's machine`);
    } finally {
      await this.#unload(model, call).catch((e) => log.debug(String(e)));
    }
    this.#probed.add(model);
  }

  #precisionWith({ dtype }: Manifest): Precision {
    return dtype === "float32" ? this.#o.precision : "bfloat16";
  }

  /** The canaries that need the adapter: text, cache, temperature, picture. */
  async #probe({ model, manifest }: Serving, { signal }: Call): Promise<void> {
    const { client, figures, log } = this.#o;
    const ask = { model, salt: model, signal };
    const { canary } = manifest!;
    if (canary) {
      const before = this.current.model === model ? undefined : this.current.manifest?.canary;
      const scored = await scoreText(client, { ...ask, ids: canary.ids });
      const precision = this.#precisionWith(manifest!);
      const warn = (text: string) => log.warn(text);
      figures.set("canary/adapter_gap", checkAdapter(scored, { manifest: manifest!, before, precision, warn }));
    }
    const ids = this.#o.probeText();
    const at1 = await nextTokens(client, { ...ask, ids, temperature: 1 });
    const fresh = await nextTokens(client, { ...ask, salt: `${model}-${crypto.randomUUID()}`, ids, temperature: 1 });
    figures.set("canary/cache_gap", checkCache(at1, { fresh, precision: this.#o.precision }));
    const atHalf = await nextTokens(client, { ...ask, ids, temperature: 0.5 });
    figures.set("canary/temperature_ratio", checkTemperature(at1, atHalf));
    if (this.#o.seesPictures) {
      figures.set("canary/picture", await probePicture(client, { ...ask, precision: this.#o.precision }));
    }
    if (canary) return;
    const base = await nextTokens(client, { ...ask, model: this.#o.model, salt: this.#o.model, ids, temperature: 1 });
    if ([...at1.logprobs].some(([id, value]) => value !== base.logprobs.get(id))) return;
    throw new HaloError(
      "HALO_CANARY_ADAPTER",
      `adapter canary: with ${model} vLLM answers exactly as the base model does`,
      {
        hint:
          "its tensors have names vLLM does not apply, or it was never trained; without `adapter` the base is sampled",
      },
    );
  }
}
