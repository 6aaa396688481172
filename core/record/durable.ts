import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { diskError } from "../util/disk.ts";

/** One durable operation as the hook sees it. */
export interface DurableWrite {
  readonly when: "before" | "after";
  readonly what: "write" | "rename" | "append" | "folder";
  readonly path: string;
}

let hook: ((write: DurableWrite) => void) | undefined;
let temporaries = 0;

/** Calls `listener` before and after every durable operation of this process, so that tests can crash there; undefined ends it. */
export function onDurableWrite(listener: ((write: DurableWrite) => void) | undefined): void {
  hook = listener;
}

async function durable(what: DurableWrite["what"], path: string, run: () => Promise<void>): Promise<void> {
  hook?.({ when: "before", what, path });
  try {
    await run();
  } catch (e) {
    throw diskError(e, { path, isWrite: true });
  }
  hook?.({ when: "after", what, path });
}

/** A name of its own, in the same folder, for a file until it is whole. */
export const temporaryOf = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${process.pid}-${temporaries++}.tmp`);

/** What `temporaryOf` names. */
const unfinished = /^\..+\.\d+-\d+\.tmp$/;

/** Removes what killed processes left half written below a folder that no other process writes to; folders named `except` are left alone. */
export async function removeUnfinished(folder: string, o: { readonly except: string }): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== o.except) await removeUnfinished(path, o);
    else if (entry.isFile() && unfinished.test(entry.name)) await rm(path, { force: true });
  }
}

/** Replaces a file as a whole: after a crash it holds the old bytes or the new ones, never a mixture. */
export async function writeWhole(path: string, bytes: string | Uint8Array): Promise<void> {
  const temporary = temporaryOf(path);
  try {
    await durable("write", temporary, async () => {
      const file = await open(temporary, "wx");
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
    });
    await moveWhole(temporary, path);
  } catch (e) {
    await rm(temporary, { force: true });
    throw e;
  }
}

/** Renames a file or folder within its parent folder; afterwards it has the new name even if power fails. */
export async function moveWhole(from: string, to: string): Promise<void> {
  await durable("rename", to, async () => {
    await rename(from, to);
    await syncFolder(dirname(to));
  });
}

/** Appends one line with one write. `sync` makes it survive a power cut, not only a crash of the process. */
export async function appendLine(path: string, line: string, o: { readonly sync?: boolean } = {}): Promise<void> {
  await durable("append", path, async () => {
    const file = await open(path, "a");
    try {
      await file.writeFile(line + "\n");
      if (o.sync) await file.datasync();
    } finally {
      await file.close();
    }
  });
}

/** Makes a folder and its parents; the new entry survives a power cut. */
export async function makeDir(path: string): Promise<void> {
  await durable("folder", path, async () => {
    const first = await mkdir(path, { recursive: true });
    if (first !== undefined) await syncFolder(dirname(first));
  });
}

/** Makes a folder that is empty, removing whatever an earlier attempt left there. */
export async function makeEmptyDir(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await makeDir(path);
}

/** Flushes every file and folder below `path`, for files that others wrote. */
export async function syncTree(path: string): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await syncTree(child);
    else if (entry.isFile()) await syncFile(child);
  }
  await syncFolder(path);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder, and needs no such flush.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
