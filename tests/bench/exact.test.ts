// runtime: node
import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";
import { pictureDifference } from "../../bench/exact/picture-difference.ts";
import { pixelsOf } from "../png-pixels.ts";
import { drawPoints, recordedRun, showAgain } from "../../bench/exact/show-again.ts";
import { assert, suite } from "../harness.ts";
import { runsFolder } from "../core/run/board-run.ts";

const test = suite("bench/exact");

/** A PNG of rows that are filtered already: the number of the filter, then the bytes. */
function png(widthPx: number, rows: readonly (readonly number[])[]): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(widthPx, 0);
  head.writeUInt32BE(rows.length, 4);
  head.set([8, 2], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const bytes = deflateSync(Uint8Array.from(rows.flat()));
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", bytes), chunk("IEND", new Uint8Array())]);
}

test("pixelsOf takes each of the five filters off", () => {
  // Two pixels a row, three bytes each; what each filter adds is left, above, their mean rounded down, and Paeth's guess.
  const { bytes, ...size } = pixelsOf(png(2, [
    [0, 10, 20, 30, 40, 50, 60],
    [1, 10, 20, 30, 30, 30, 30],
    [2, 1, 1, 1, 1, 1, 1],
    [3, 5, 5, 5, 5, 5, 5],
    [4, 1, 2, 3, 0, 0, 0],
  ]));
  assert.equal(size, { widthPx: 2, heightPx: 5, depth: 3 });
  assert.equal([...bytes], [
    ...[10, 20, 30, 40, 50, 60],
    ...[10, 20, 30, 40, 50, 60],
    ...[11, 21, 31, 41, 51, 61],
    // 5 + ⌊11 / 2⌋ = 10, then 5 + ⌊(10 + 41) / 2⌋ = 30, and so on.
    ...[10, 15, 20, 30, 38, 45],
    // 1 + above; then left, above and corner are 11, 30 and 10: the guess 31 is nearest to 30.
    ...[11, 17, 23, 30, 38, 45],
  ]);
});

test("pictureDifference finds equal pixels equal however they are packed, and says where others differ", () => {
  const flat = png(2, [[0, 7, 7, 7, 7, 7, 7], [0, 7, 7, 7, 7, 7, 7]]);
  const packed = png(2, [[1, 7, 7, 7, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0]]);
  const other = png(2, [[0, 7, 7, 7, 7, 7, 7], [0, 7, 7, 7, 7, 7, 8]]);
  const button = { id: "e0", role: "button", name: "Send", states: [], near: "", region: "dialog:New message" };
  const elements = [{ ...button, centre: [750, 750] as const, box: [500, 500, 500, 500] as const }];
  assert.is(pictureDifference(flat, packed, { elements }), undefined);
  assert.is(
    pictureDifference(flat, other, { elements }),
    "pixels at a button in dialog:New message (1 × 1 from 1, 1)",
  );
  assert.is(pictureDifference(flat, other, { elements: [] }), "pixels outside every control (1 × 1 from 1, 1)");
  assert.is(pictureDifference(flat, png(1, [[0, 7, 7, 7]]), { elements }), "another size: 2 × 2, then 1 × 1");
});

test("points of a calendar run are shown again with equal pixels, pages off the path among them", async (t) => {
  const { path } = t.use(runsFolder());
  const pipeline = "pipelines/grpo-gocalendar.yaml";
  const run = await recordedRun(path, { pipeline, iterations: 1, tasks: 1, signal: t.signal });
  const points = await drawPoints(run, { count: 12, seed: 1 });
  assert.is(points.length, 12);
  assert.ok(points.some(({ kinds }) => kinds.includes("fork")));
  const shown = await showAgain(points, t.signal);
  assert.equal(
    shown.flatMap(({ point, seen, cause }) => cause === undefined ? [] : [`${seen.of} ${point.id} ${cause}`]),
    [],
  );
}, { timeoutMs: 480_000 });
