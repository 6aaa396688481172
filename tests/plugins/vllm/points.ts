import { crc32, deflateSync } from "node:zlib";
import type { PastStep, Point, SampleRequest, Screenshot } from "halo-agent";
import { keyedRng, sha256 } from "halo-agent/kit";

/** A picture whose pixels depend on `seed`. */
export function picture(seed: number, widthPx = 160, heightPx = 96): Screenshot {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2], 8);
  const rng = keyedRng("picture", seed);
  const row = () => Buffer.concat([Buffer.of(0), Buffer.from(Array.from({ length: widthPx * 3 }, () => rng.int(256)))]);
  const rows = Buffer.concat(
    Array.from({ length: heightPx / 32 }, row).flatMap((r) => Array.from({ length: 32 }, () => r)),
  );
  const png = Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return { png, widthPx, heightPx, sha256: sha256(png) };
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}

/** A point of an episode that looks like `picture(seed)`. */
export function pointOf(
  seed: number,
  o: { readonly history?: readonly PastStep[]; readonly title?: string } = {},
): Point {
  const history = o.history ?? [];
  return {
    id: `p${seed}`,
    task: { id: "t", text: "Star the letter from Anna", startUrl: "http://mail.test/", maxSteps: 10 },
    depth: history.length,
    history,
    observation: {
      url: "http://mail.test/inbox",
      title: o.title ?? "Inbox",
      elements: [],
      stateKey: `k${seed}`,
      screenshot: picture(seed),
    },
  };
}

/** A request at that point; equal keys give equal draws. */
export function requestOf(
  at: Point,
  o: Partial<SampleRequest> & { readonly key?: string | number } = {},
): SampleRequest {
  const { key = 0, ...rest } = o;
  return { at, n: 4, mode: "sample", temperature: 1, rng: keyedRng("draw", at.id, key), ...rest };
}
