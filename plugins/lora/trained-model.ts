import type { Batch, BlobReader, Call, Log } from "halo-agent";
import type { SavedState } from "./checkpoint.ts";
import type { LoraClient, Reply } from "./client.ts";
import type { LoraOptions } from "./options.ts";

/** An adapter in a training server's memory. */
export interface TrainedModel {
  /** Takes one optimiser step on a batch, which makes the version the batch's `seq`; takes none when the gap canary fails. */
  learn(batch: Batch, call: Call): Promise<Readonly<Record<string, number>>>;
  /** Keeps weights and moments on the server's disk, as this version. */
  save(version: number, call: Call): Promise<SavedState>;
  /** Makes an adapter of the weights as they are and names it by this version. */
  publish(version: number, call: Call): Promise<Published>;
  /** Puts what the run keeps of a published adapter into a folder: its manifest, and its files where they are asked for. */
  keep(published: Published, o: Call & { readonly dir: string }): Promise<AdapterManifest>;
  unload(call: Call): Promise<void>;
}

/** An adapter on the server. */
export interface Published {
  readonly path: string;
  readonly version: number;
  /** What halo's sidecar says about it. */
  readonly manifest?: AdapterManifest;
}

/** What the server tells of weights it published; `halo.json` in the folder of an adapter. */
export interface AdapterManifest extends Reply {
  readonly version: number;
  readonly sha256: string;
  readonly location: string;
}

/** What a model on a server is made with. */
export interface ModelOptions {
  readonly client: LoraClient;
  readonly options: LoraOptions;
  readonly seed: number;
  readonly blobs: BlobReader;
  readonly log: Log;
}
