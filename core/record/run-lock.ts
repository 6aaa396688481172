import { open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { HaloError } from "../util/errors.ts";
import { makeDir } from "./durable.ts";
import { fileFormat } from "./file-format.ts";
import { jsonText, readJson, writeJson } from "./json-file.ts";
import { isAlive, isAnother, type ProcessId, thisProcess } from "../util/process-id.ts";
import { count, flag, object, optional, text } from "./shape.ts";

/** A file of lock/. */
interface Lock {
  readonly owner: ProcessId;
  readonly since: string;
  readonly isFree: boolean;
}

const lockFormat = fileFormat<Lock>(
  "halo.lock/1",
  object<Lock>({
    owner: object<ProcessId>({ host: text, pid: count, started: optional(text) }),
    since: text,
    isFree: flag,
  }),
);

/**
 * Who may write to a run. The newest of the numbered files in lock/ names the owner; whoever finds it free, or its process
 * gone, makes the next number, which only one can. A file is never taken away from its owner, so that no two of them can
 * believe the same.
 */
export class RunLock {
  readonly #dir: string;
  #own: number | undefined;

  constructor(runPath: string) {
    this.#dir = join(runPath, "lock");
  }

  /** Throws HALO_RUN_BUSY while another live process has it. */
  async take(): Promise<void> {
    await makeDir(this.#dir);
    for (;;) {
      const newest = (await this.#numbers()).at(-1) ?? 0;
      const held = newest === 0 ? undefined : await this.#read(newest);
      if (held && !held.isFree && isAnother(held.owner) && isAlive(held.owner)) throw this.#busy(held, newest);
      if (await this.#make(newest + 1, thisProcess())) return;
    }
  }

  /** Lets the next one have it. */
  async free(): Promise<void> {
    if (this.#own === undefined) return;
    const lock: Lock = { owner: thisProcess(), since: new Date().toISOString(), isFree: true };
    await writeJson(this.#path(this.#own), lockFormat.schema, lock);
    this.#own = undefined;
  }

  async #make(n: number, owner: ProcessId): Promise<boolean> {
    const lock: Lock = { owner, since: new Date().toISOString(), isFree: false };
    const file = await open(this.#path(n), "wx").catch((e: { readonly code?: string }) => {
      if (e.code === "EEXIST") return undefined;
      throw e;
    });
    if (!file) return false;
    try {
      await file.writeFile(jsonText(lockFormat.schema, lock));
    } finally {
      await file.close();
    }
    this.#own = n;
    for (const old of await this.#numbers()) if (old < n) await rm(this.#path(old), { force: true });
    return true;
  }

  /** The lock with this number; one that is just being written, or damaged, is waited for a moment and then counts as none. */
  async #read(n: number): Promise<Lock | undefined> {
    for (let i = 0; i < 20; i++) {
      const lock = await readJson(this.#path(n), lockFormat).catch(() => undefined);
      if (lock) return lock;
      await new Promise((done) => setTimeout(done, 10));
    }
    return undefined;
  }

  async #numbers(): Promise<readonly number[]> {
    const names = await readdir(this.#dir);
    return names.filter((name) => /^\d+$/.test(name)).map(Number).sort((a, b) => a - b);
  }

  #busy({ owner: { pid, host }, since }: Lock, n: number): HaloError {
    return new HaloError("HALO_RUN_BUSY", `${join(this.#dir, "..")} is being run by process ${pid} since ${since}`, {
      hint: `wait for it to end, or end it; if machine "${host}" is gone, delete the file ${this.#path(n)}`,
    });
  }

  #path(n: number): string {
    return join(this.#dir, String(n));
  }
}
