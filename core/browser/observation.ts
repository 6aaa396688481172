import { createHash } from "node:crypto";
import type { Element, Observation, Screenshot, Tab } from "../domain/observation.ts";

/** What the script in the page reports. */
export interface Seen {
  readonly url: string;
  readonly title: string;
  readonly elements: readonly Element[];
  /** The windows, when there are several. */
  readonly tabs?: readonly Tab[];
}

/** What is seen besides elements, when it was asked for. */
export interface Pictures {
  readonly screenshot: Screenshot | undefined;
  readonly axtree: string | undefined;
}

/** An observation with its state key. */
export function observationOf(seen: Seen, o: Pictures): Observation {
  return {
    ...seen,
    stateKey: stateKeyOf(seen),
    ...(o.screenshot && { screenshot: o.screenshot }),
    ...(o.axtree !== undefined && { axtree: o.axtree }),
  };
}

/** sha256 of what a user would call "the same page": URL without query order and hash noise, title, elements without ids and places. */
export function stateKeyOf({ url, title, elements }: Seen): string {
  const hash = createHash("sha256").update(`${normalUrl(url)}\n${title}\n`);
  for (const { role, name, value, states, near, region } of elements) {
    const lasting = states.filter((s) => s !== "focused");
    hash.update(JSON.stringify([role, name, value ?? null, lasting, near, region]));
  }
  return hash.digest("hex");
}

function normalUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const u = new URL(url);
  u.searchParams.sort();
  return u.href.replace(/\/$/, "");
}

/** A PNG with its size, read from its header, and its digest. */
export function screenshotOf(png: Uint8Array): Screenshot {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return {
    sha256: createHash("sha256").update(png).digest("hex"),
    widthPx: view.getUint32(16),
    heightPx: view.getUint32(20),
    png,
  };
}
