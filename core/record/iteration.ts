import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Batch } from "../domain/batch.ts";
import type { Group } from "../domain/group.ts";
import { batchFormat } from "./batch.ts";
import { decode, encode, type Encoded } from "./codec.ts";
import { commitFormat, type CommitRecord, filesFormat } from "./commit.ts";
import { checkJournals, journalsNow } from "./kept-journals.ts";
import { makeDir, makeEmptyDir, syncTree, writeWhole } from "./durable.ts";
import { fileNameOf } from "./file-name.ts";
import { readJson, writeJson } from "./json-file.ts";
import { readWholeJsonl, wholeJsonl } from "./jsonl.ts";
import { HaloError } from "../util/errors.ts";
import { sha256Files } from "../util/sha256.ts";
import { byNumbers } from "../util/by-numbers.ts";
import { fromSlotRecord, type Slot, slotFormat, toSlotRecord } from "./slot.ts";
import { treeFormat, type TreeRecord } from "./tree.ts";

/** One training iteration on disk: slots/, batch.json, state/, adapter/ and, once everything is durable, COMMIT. */
export class Iteration {
  readonly n: number;
  readonly path: string;
  /** Where the trainer's checkpoint and the published adapter stand after COMMIT. */
  readonly statePath: string;
  readonly adapterPath: string;

  readonly #runPath: string;

  constructor(runPath: string, n: number) {
    this.#runPath = runPath;
    this.n = n;
    this.path = join(runPath, "iter", String(n));
    this.statePath = join(this.path, "state");
    this.adapterPath = join(this.path, "adapter");
  }

  /** Keeps a finished task slot, whole. */
  async writeSlot(slot: Slot): Promise<void> {
    await makeDir(join(this.path, "slots"));
    await writeJson(this.slotPath(slot.id), slotFormat.schema, {
      id: slot.id,
      ...encode(toSlotRecord(slot)),
    });
  }

  /** All finished slots, in the order of their ids' numbers. */
  async readSlots(): Promise<readonly Slot[]> {
    const names = (await namesIn(join(this.path, "slots"))).filter((name) => name.endsWith(".json"));
    // The name of a file names itself.
    const slots = await Promise.all(names.map((name) => this.readSlot(name.slice(0, -5))));
    return slots.filter((slot) => slot !== undefined).sort((a, b) => byNumbers(a.id, b.id));
  }

  /** One finished slot; undefined where there is none of that id. */
  async readSlot(id: string): Promise<Slot | undefined> {
    const hint = await this.#hintOr("delete this one file: its slot is explored again");
    const record = await readJson(this.slotPath(id), slotFormat, { read: decoded, hint });
    return record && fromSlotRecord(record);
  }

  /** The groups of all finished slots, in slot order. */
  async readGroups(): Promise<readonly Group[]> {
    return (await this.readSlots()).flatMap((slot) => slot.groups);
  }

  /** Keeps how this iteration's trees grew, for looking at; replaces what an interrupted attempt left. */
  async writeTrees(records: readonly TreeRecord[]): Promise<void> {
    await makeDir(this.path);
    await writeWhole(this.#treePath, wholeJsonl(treeFormat.schema, records));
  }

  /** What `writeTrees` was given; empty when this iteration has no trees. */
  async readTrees(): Promise<readonly TreeRecord[]> {
    return await readWholeJsonl(this.#treePath, treeFormat);
  }

  /** Fixes this iteration's update for good. Throws when a batch is sealed already. */
  async sealBatch(batch: Batch): Promise<void> {
    if (await exists(this.batchPath)) {
      throw new TypeError(`iteration ${this.n} has a sealed batch; read it, it is never replaced`);
    }
    await makeDir(this.path);
    await writeJson(this.batchPath, batchFormat.schema, encode(batch));
  }

  async readBatch(): Promise<Batch | undefined> {
    const hint = await this.#hintOr("delete this one file: the batch is made again from the slots beside it");
    return await readJson(this.batchPath, batchFormat, { read: decoded, hint });
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
  async commit(record: CommitRecord): Promise<void> {
    for (const dir of [this.statePath, this.adapterPath]) if (await exists(dir)) await syncTree(dir);
    await makeDir(this.path);
    const files = await this.#filesNow();
    await writeJson(this.#filesPath, filesFormat.schema, { files, journals: await journalsNow(this.#runPath) });
    await writeJson(this.#commitPath, commitFormat.schema, encode(record));
  }

  /** Throws HALO_RUN_CORRUPT when a file of the checkpoint or the adapter, or what journals held, is not what it was at COMMIT. */
  async checkFiles(): Promise<void> {
    const committed = await readJson(this.#filesPath, filesFormat, { hint: this.#fallBack });
    if (!committed) return;
    const { files, journals = {} } = committed;
    await checkJournals(this.#runPath, journals);
    const found = await this.#filesNow();
    const names = [...new Set([...Object.keys(files), ...Object.keys(found)])].sort();
    const wrong = names.filter((name) => files[name] !== found[name]);
    if (wrong.length === 0) return;
    const texts = wrong.map((name) =>
      `${join(this.path, name)} is ${
        found[name] === undefined ? "gone" : files[name] === undefined ? "new" : "not what was written"
      }`
    );
    throw new HaloError("HALO_RUN_CORRUPT", `iteration ${this.n}: ${texts.join("; ")}`, { hint: this.#fallBack });
  }

  async #filesNow(): Promise<Readonly<Record<string, string>>> {
    return { ...await sha256Files(this.path, "state"), ...await sha256Files(this.path, "adapter") };
  }

  get #filesPath(): string {
    return join(this.path, "files.json");
  }

  /** What to do about a damaged file of this iteration: before COMMIT it can be made again. */
  async #hintOr(redo: string): Promise<string> {
    return await this.isCommitted() ? this.#fallBack : redo;
  }

  get #fallBack(): string {
    return `restore it from a copy, or go on from the iteration before: halo run --resume ${this.#runPath} --from-iteration ${
      this.n - 1
    }`;
  }

  /** What `commit` was given; undefined before COMMIT. */
  async readCommit(): Promise<CommitRecord | undefined> {
    return await readJson(this.#commitPath, commitFormat, { read: decoded, hint: this.#fallBack });
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

  /** The file of the sealed batch. */
  get batchPath(): string {
    return join(this.path, "batch.json");
  }

  get #treePath(): string {
    return join(this.path, "tree.jsonl");
  }

  get #commitPath(): string {
    return join(this.path, "COMMIT");
  }

  /** The file of a slot. */
  slotPath(id: string): string {
    return join(this.path, "slots", `${fileNameOf(id)}.json`);
  }
}

/** Numbers of the iterations that have a folder, ascending. */
export async function iterationNumbers(runPath: string): Promise<readonly number[]> {
  const names = await namesIn(join(runPath, "iter"));
  return names.filter((name) => /^\d+$/.test(name)).map(Number).sort((a, b) => a - b);
}

/** What `encode` made JSON of, as it was; undefined for anything else. */
function decoded(content: unknown): unknown {
  const { prompts, body } = content as Partial<Encoded>;
  return Array.isArray(prompts) && body !== undefined ? decode({ prompts, body }) : undefined;
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
