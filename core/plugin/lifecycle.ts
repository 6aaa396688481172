import type { Closable } from "../domain/call.ts";
import { HaloError } from "../util/errors.ts";

interface Entry {
  readonly name: string;
  readonly resource: Closable;
}

/** Closes what was opened, last first, each within a time limit; one that fails or hangs does not keep the rest open. */
export class Lifecycle implements Closable {
  readonly #entries: Entry[] = [];
  readonly #limitMs: number;
  #closing: Promise<void> | undefined;

  constructor(o: { readonly limitMs?: number } = {}) {
    this.#limitMs = o.limitMs ?? 15_000;
  }

  /** Registers a resource under the name messages use; returns it. */
  use<T extends Closable>(name: string, resource: T): T {
    this.#entries.push({ name, resource });
    return resource;
  }

  /** Closes everything once; later calls wait for the first. Throws HALO_CLOSE_FAILED that names all that did not close. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const failures: { readonly name: string; readonly reason: unknown }[] = [];
    for (const { name, resource } of this.#entries.reverse()) {
      try {
        await this.#limited(resource);
      } catch (reason) {
        failures.push({ name, reason });
      }
    }
    if (failures.length === 0) return;
    const texts = failures.map(({ name, reason }) =>
      `${name}: ${reason instanceof Error ? reason.message : String(reason)}`
    );
    throw new HaloError("HALO_CLOSE_FAILED", `could not close ${texts.join("; ")}`, { cause: failures[0]!.reason });
  }

  async #limited(resource: Closable): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`still open after ${this.#limitMs / 1000} s`)), this.#limitMs);
    });
    try {
      await Promise.race([resource.close(), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
