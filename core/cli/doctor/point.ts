import { deflateSync } from "node:zlib";
import type { Screenshot } from "../../domain/observation.ts";
import type { Point } from "../../domain/point.ts";
import { sha256 } from "../../util/sha256.ts";

/** A made-up page with one button, as large as a real screenshot's smaller sister: 192×128. */
export function doctorPoint(): Point & { readonly observation: { readonly screenshot: Screenshot } } {
  const [widthPx, heightPx] = [192, 128];
  const isButton = (x: number, y: number) => x >= 32 && x < 96 && y >= 48 && y < 80;
  const png = pngOf(widthPx, heightPx, (x, y) => isButton(x, y) ? [40, 90, 200] : [240, 240, 240]);
  const button = {
    id: "e0",
    role: "button",
    name: "Save",
    states: [],
    near: "",
    region: "",
    centre: [333, 500] as const,
  };
  return {
    id: "doctor",
    task: { id: "doctor", text: "Click the button.", startUrl: "http://doctor.halo.test/", maxSteps: 4 },
    depth: 0,
    observation: {
      url: "http://doctor.halo.test/",
      title: "Doctor",
      elements: [button],
      stateKey: "doctor",
      screenshot: { sha256: sha256(png), widthPx, heightPx, png },
      axtree: 'button "Save"',
    },
    history: [],
  };
}

type Colour = readonly [red: number, green: number, blue: number];

/** An 8-bit RGB PNG. */
function pngOf(width: number, height: number, colourAt: (x: number, y: number) => Colour): Uint8Array {
  const rows = new Uint8Array(height * (1 + 3 * width));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colourAt(x, y), y * (1 + 3 * width) + 1 + 3 * x);
  }
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([8, 2], 8);
  const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
  return concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", new Uint8Array())]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = concat([new TextEncoder().encode(name), data]);
  const ends = new DataView(new ArrayBuffer(8));
  ends.setUint32(0, data.length);
  ends.setUint32(4, crc32(body));
  return concat([new Uint8Array(ends.buffer, 0, 4), body, new Uint8Array(ends.buffer, 4, 4)]);
}

/** The check sum of PNG chunks: CRC-32, reflected polynomial 0xedb88320. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
