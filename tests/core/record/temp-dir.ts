import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new folder that `close` removes. */
export function tempDir(): { readonly path: string; close(): void } {
  const path = mkdtempSync(join(tmpdir(), "halo-record-"));
  return { path, close: () => rmSync(path, { recursive: true, force: true }) };
}
