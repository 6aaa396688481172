import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Batch } from "../domain/batch.ts";
import type { Group } from "../domain/group.ts";
import { decode, encode, type Encoded } from "./codec.ts";
import { makeDir, makeEmptyDir, syncTree, writeWhole } from "./durable.ts";
import { fileNameOf } from "./file-name.ts";
import { readJson, writeJson } from "./json-file.ts";
import { readJsonl } from "./jsonl.ts";
import { schemas } from "./records.ts";

/** One training iteration on disk: slots/, batch.json, state/, adapter/ and, once everything is durable, COMMIT. */
export class Iteration {
  readonly n: number;
  readonly path: string;
  /** Where the trainer's checkpoint and the published adapter stand after COMMIT. */
  readonly statePath: string;
  readonly adapterPath: string;

  constructor(runPath: string, n: number) {
    this.n = n;
    this.path = join(runPath, "iter", String(n));
    this.statePath = join(this.path, "state");
    this.adapterPath = join(this.path, "adapter");
  }

  /** Keeps a finished task slot, whole. */
  async writeSlot(id: string, slot: object): Promise<void> {
    await makeDir(join(this.path, "slots"));
    await writeJson(this.#slotPath(fileNameOf(id)), schemas.slot, { id, ...encode(slot) });
  }

  /** All finished slots, in the order of their ids' numbers. */
  async readSlots<T>(): Promise<readonly T[]> {
    const names = (await namesIn(join(this.path, "slots"))).filter((name) => name.endsWith(".json"));
    const files = await Promise.all(
      names.map((name) => readJson<Encoded & { id: string }>(this.#slotPath(name.slice(0, -5)), schemas.slot)),
    );
    const found = files.filter((f) => f !== undefined).sort((a, b) => byNumbers(a.id, b.id));
    return found.map((f) => decode<T>(f));
  }

  /** The groups of all finished slots, in slot order. */
  async readGroups(): Promise<readonly Group[]> {
    return (await this.readSlots<{ readonly groups?: readonly Group[] }>()).flatMap((slot) => slot.groups ?? []);
  }

  /** Keeps how this iteration's trees grew, for looking at; replaces what an interrupted attempt left. */
  async writeTrees(records: readonly object[]): Promise<void> {
    await makeDir(this.path);
    const lines = [{ schema: schemas.tree }, ...records].map((line) => `${JSON.stringify(line)}\n`);
    await writeWhole(this.#treePath, lines.join(""));
  }

  /** What `writeTrees` was given; empty when this iteration has no trees. */
  async readTrees<T>(): Promise<readonly T[]> {
    return (await readJsonl<T>(this.#treePath, schemas.tree)).records;
  }

  /** Fixes this iteration's update for good. Throws when a batch is sealed already. */
  async sealBatch(batch: Batch): Promise<void> {
    if (await exists(this.#batchPath)) {
      throw new TypeError(`iteration ${this.n} has a sealed batch; read it, it is never replaced`);
    }
    await makeDir(this.path);
    await writeJson(this.#batchPath, schemas.batch, encode(batch));
  }

  async readBatch(): Promise<Batch | undefined> {
    const encoded = await readJson<Encoded>(this.#batchPath, schemas.batch);
    return encoded && decode<Batch>(encoded);
  }

  /** An empty folder for the trainer's checkpoint; leftovers of an attempt without COMMIT are removed. */
  async stateDir(): Promise<string> {
    return await this.#fresh(this.statePath);
  }

  /** An empty folder for the adapter, as `stateDir`. */
  async adapterDir(): Promise<string> {
    return await this.#fresh(this.adapterPath);
  }

  /** Declares the iteration done: flushes state/ and adapter/, then writes `record` as COMMIT. */
  async commit(record: object): Promise<void> {
    for (const dir of [this.statePath, this.adapterPath]) if (await exists(dir)) await syncTree(dir);
    await makeDir(this.path);
    await writeJson(this.#commitPath, schemas.commit, encode(record));
  }

  /** What `commit` was given; undefined before COMMIT. */
  async readCommit<T>(): Promise<T | undefined> {
    const encoded = await readJson<Encoded>(this.#commitPath, schemas.commit);
    return encoded && decode<T>(encoded);
  }

  async isCommitted(): Promise<boolean> {
    return await exists(this.#commitPath);
  }

  async #fresh(dir: string): Promise<string> {
    if (await this.isCommitted()) {
      throw new TypeError(`iteration ${this.n} is committed; ${dir} is never written again`);
    }
    await makeEmptyDir(dir);
    return dir;
  }

  get #batchPath(): string {
    return join(this.path, "batch.json");
  }

  get #treePath(): string {
    return join(this.path, "tree.jsonl");
  }

  get #commitPath(): string {
    return join(this.path, "COMMIT");
  }

  #slotPath(name: string): string {
    return join(this.path, "slots", `${name}.json`);
  }
}

/** Numbers of the iterations that have a folder, ascending. */
export async function iterationNumbers(runPath: string): Promise<readonly number[]> {
  const names = await namesIn(join(runPath, "iter"));
  return names.filter((name) => /^\d+$/.test(name)).map(Number).sort((a, b) => a - b);
}

/** Orders "s2" before "s10": runs of digits compare as numbers, the rest by code unit. */
function byNumbers(a: string, b: string): number {
  const padded = (id: string) => id.replace(/\d+/g, (digits) => digits.padStart(12, "0"));
  return padded(a) < padded(b) ? -1 : 1;
}

async function namesIn(dir: string): Promise<readonly string[]> {
  try {
    // A leading dot is an unfinished write.
    return (await readdir(dir)).filter((name) => !name.startsWith("."));
  } catch (e) {
    if ((e as { code?: string }).code === "ENOENT") return [];
    throw e;
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(() => true, () => false);
}
