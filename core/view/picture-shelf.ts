/** Pictures that stay in memory. */
const mostBytes = 64_000_000;

/** Keeps pictures that were made, the oldest going first, and makes none twice at a time. */
export class PictureShelf {
  readonly #kept = new Map<string, Uint8Array>();
  readonly #making = new Map<string, Promise<Uint8Array | undefined>>();
  #bytes = 0;

  /** The picture of that name, made now when it is not there. */
  async get(name: string, make: () => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> {
    const known = this.#kept.get(name);
    if (known) return known;
    const making = this.#making.get(name) ?? make();
    this.#making.set(name, making);
    try {
      const png = await making;
      if (png) this.#keep(name, png);
      return png;
    } finally {
      this.#making.delete(name);
    }
  }

  #keep(name: string, png: Uint8Array): void {
    if (this.#kept.has(name)) return;
    this.#kept.set(name, png);
    this.#bytes += png.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= mostBytes) return;
      this.#kept.delete(oldest);
      this.#bytes -= length;
    }
  }
}
