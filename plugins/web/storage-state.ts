import { readFile } from "node:fs/promises";
import { HaloError } from "halo-agent";
import type { StorageState } from "halo-agent/browser";

/** Cookies and local storage as Playwright's `context.storageState()` saves them. Throws HALO_WEB_STORAGE. */
export async function readStorageState(path: string): Promise<StorageState> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw wrong(`there is no file "${path}", or it cannot be read`, cause);
  });
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch (cause) {
    throw wrong(`"${path}" is no JSON`, cause);
  }
  const { cookies, origins } = (state ?? {}) as { readonly cookies?: unknown; readonly origins?: unknown };
  if (Array.isArray(cookies) && Array.isArray(origins)) return { cookies, origins };
  throw wrong(`"${path}" lacks the lists "cookies" and "origins"`);
}

const wrong = (message: string, cause?: unknown) =>
  new HaloError("HALO_WEB_STORAGE", message, { option: "storage_state", cause });
