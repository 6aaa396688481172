import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HaloError } from "../util/errors.ts";
import { makeDir, writeWhole } from "./durable.ts";
import { sha256 } from "../util/sha256.ts";

/** Screenshots by content, shared by all runs of a folder: `blobs/sha256/ab/abcd….png`. Never rewritten. */
export class Blobs {
  readonly #dir: string;

  constructor(runsDir: string) {
    this.#dir = join(runsDir, "blobs", "sha256");
  }

  /** Where the blob with this sha256 is or would be. */
  path(digest: string): string {
    return join(this.#dir, digest.slice(0, 2), `${digest}.png`);
  }

  /** Stores the bytes unless they are there already; returns their sha256. */
  async put(bytes: Uint8Array): Promise<string> {
    const digest = sha256(bytes);
    const path = this.path(digest);
    const known = await stat(path).catch(() => undefined);
    if (known?.size === bytes.byteLength) return digest;
    await makeDir(dirname(path));
    await writeWhole(path, bytes);
    return digest;
  }

  /** The bytes; throws HALO_RUN_CORRUPT when they are missing or are not what their name says. */
  async get(digest: string): Promise<Uint8Array> {
    const path = this.path(digest);
    const bytes = await readFile(path).catch((cause) => {
      throw new HaloError("HALO_RUN_CORRUPT", `${path}: expected a stored screenshot, got ${cause.code}`, {
        hint: "copy the `blobs` folder along with the run",
        cause,
      });
    });
    const found = sha256(bytes);
    if (found !== digest) {
      throw new HaloError(
        "HALO_RUN_CORRUPT",
        `${path}: expected bytes with the sha256 of the file's name, got ${found}`,
        {
          hint: "delete the file; screenshots are for looking at only",
        },
      );
    }
    return bytes;
  }
}
