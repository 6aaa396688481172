/** The event files: their bytes against hand-made ones, and read back by TensorBoard's own reader where it is installed. */
import { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scalarsEvent } from "../../../plugins/tensorboard/event.ts";
import { crc32c, tfRecord } from "../../../plugins/tensorboard/tf-record.ts";
import tensorboard from "../../../plugins/tensorboard/tracker.ts";
import { createPlugin } from "../../../core/testing.ts";
import type { Tracker } from "../../../core/domain/tracker.ts";
import { assert, suite } from "../../harness.ts";
import { runsFolder } from "../../core/run/board-run.ts";
import { recordsOf } from "./records.ts";

const test = suite("tensorboard/tracker");
const call = { signal: new AbortController().signal };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** One red pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
  "base64",
);

test("crc32c gives the values of RFC 3720", () => {
  assert.is(crc32c(Buffer.from("123456789")), 0xe3069283);
  assert.is(crc32c(Buffer.alloc(32)), 0x8a9136aa);
  assert.is(crc32c(Buffer.alloc(32, 0xff)), 0x62a8ab43);
});

test("tfRecord stands between its length and its masked checksums", () => {
  const record = Buffer.from(tfRecord(Buffer.from("123456789")));
  // ((0xe3069283 >>> 15 | 0xe3069283 << 17) + 0xa282ead8) mod 2^32
  assert.is(record.readUInt32LE(record.length - 4), 0xc78ab0e5);
  assert.is(Number(record.readBigUInt64LE(0)), 9);
  assert.is(record.length, 12 + 9 + 4);
});

test("scalarsEvent is the protobuf of event.proto", () => {
  const event = scalarsEvent({ at: new Date(2_000), step: 300 }, { "a/b": 0.5 });
  // wall_time 2.0; step 300 as varint ac 02; summary { value { tag "a/b", simple_value 0.5f } }
  assert.is(hex(event), "09" + "0000000000000040" + "10ac02" + "2a0c" + "0a0a" + "0a03612f62" + "150000003f");
});

async function written(folder: string): Promise<string> {
  const tracker = await createPlugin(tensorboard, { dir: folder }) as Tracker;
  const run = { id: "run-1", name: "run", seed: 7, folder, pipeline: { name: "grpo" } };
  await tracker.start({ ...run, from: 0, isResumed: false }, call);
  for (const step of [1, 2, 3]) {
    await tracker.track({
      type: "metrics",
      of: "iteration",
      step,
      at: new Date(step * 1000),
      values: { mean_reward: step / 4, "policy/entropy": 1 / step },
    }, call);
  }
  const pictures = [{ name: "after/worst-1", caption: "send-mail: max_steps", png }];
  await tracker.track({ type: "pictures", step: 1, at: new Date(4_000), pictures }, call);
  await tracker.start({ ...run, from: 1, isResumed: true }, call);
  await tracker.track(
    { type: "metrics", of: "iteration", step: 2, at: new Date(5_000), values: { mean_reward: 0.75 } },
    call,
  );
  return join(folder, "run-1");
}

test("the tracker writes a file for each attempt: version, pipeline or session start, then what it is told", async (t) => {
  const folder = await written(t.use(runsFolder()).path);
  const files = readdirSync(folder).sort();
  assert.is(files.length, 2);
  const [first, second] = files.map((file) => recordsOf(readFileSync(join(folder, file)))).sort((a, b) =>
    b.length - a.length
  );
  assert.is(first!.length, 6);
  assert.ok(first!.every((record) => record.length > 0));
  assert.match(first![0]!.toString("latin1"), /brain\.Event:2/);
  assert.match(first![1]!.toString("latin1"), /pipeline[\s\S]*run-1, seed 7[\s\S]*"name": "grpo"/);
  assert.ok(first![5]!.includes(png));
  assert.is(second!.length, 3);
  assert.is(hex(second![1]!.subarray(-6)), "1002" + "3a02" + "0801", "step 2, SessionLog START");
});

const reader = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
it = EventAccumulator(sys.argv[1], size_guidance={"images": 0, "scalars": 0, "tensors": 0})
it.Reload()
image = it.Images(it.Tags()["images"][0])[0]
print(json.dumps({
    "scalars": {tag: [[e.step, round(e.value, 6)] for e in it.Scalars(tag)] for tag in it.Tags()["scalars"]},
    "images": it.Tags()["images"], "size": [image.width, image.height, len(image.encoded_image_string)],
    "text": it.Tensors("pipeline")[0].tensor_proto.string_val[0].decode(),
}))
`;

test(
  "TensorBoard's own reader finds scalars, picture and pipeline; what a resume does again counts once",
  async (t) => {
    const python = ".tools/readers/bin/python";
    const has = existsSync(python) && spawnSync(python, ["-c", "import tensorboard"], { timeout: 30_000 }).status === 0;
    if (!has) return console.log(`skipped: ${python} has no tensorboard; ./launch.sh --setup-only --dev makes it`);
    const folder = await written(t.use(runsFolder()).path);
    const { status, stdout, stderr } = spawnSync(python, ["-c", reader, folder], { encoding: "utf8", timeout: 60_000 });
    assert.is(status, 0, stderr);
    assert.equal(JSON.parse(stdout), {
      scalars: { mean_reward: [[1, 0.25], [2, 0.75]], "policy/entropy": [[1, 1]] },
      images: ["evaluate/after/worst-1"],
      size: [1, 1, png.length],
      text: 'run-1, seed 7\n\n    {\n      "name": "grpo"\n    }',
    });
  },
  { timeoutMs: 90_000 },
);
