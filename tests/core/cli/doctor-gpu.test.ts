// runtime: node
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { inflateSync } from "node:zlib";
import { doctorPoint } from "../../../core/cli/doctor/point.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite } from "../../harness.ts";
import { tempDir } from "../serve/fake.ts";
import { capture } from "./capture.ts";

const test = suite("cli/doctor --gpu");

test("doctorPoint shows a PNG of a button on grey", () => {
  const { png, widthPx, heightPx } = doctorPoint().observation.screenshot;
  const bytes = Buffer.from(png);
  // The last chunk of every PNG: no data, its name, the check sum of its name.
  assert.is(bytes.subarray(-12).toString("hex"), "0000000049454e44ae426082");
  assert.equal([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [widthPx, heightPx]);
  const start = bytes.indexOf("IDAT") + 4;
  const rows = inflateSync(bytes.subarray(start, start + bytes.readUInt32BE(start - 8)));
  const at = (x: number, y: number) => [...rows.subarray(y * (1 + 3 * widthPx) + 1 + 3 * x).subarray(0, 3)];
  assert.equal([rows.length, at(0, 0), at(64, 64)], [heightPx * (1 + 3 * widthPx), [240, 240, 240], [40, 90, 200]]);
});

test("halo doctor --gpu serves, samples, updates, publishes and adopts with a small random model", async (t) => {
  const python = join(packageRoot(), ".tools/python/bin/python");
  if (spawnSync(python, ["-c", "import vllm, peft"]).status !== 0) {
    return console.log("skipped: no .tools/python with vLLM and peft");
  }
  const cwd = tempDir(t);
  const { exit, out, err } = await capture(["doctor", "--gpu", "--json"], { cwd, env: process.env, signal: t.signal });
  const lines = out.split("\n").map((line) => JSON.parse(line));
  const steps = lines.slice(6, -1);
  assert.equal(steps.filter(({ status }) => status !== "ok"), [], err);
  assert.equal(
    steps.map(({ name }) => name),
    ["device", "plan", "memory", "model", "serve", "connect", "sample", "update", "publish", "canary"],
  );
  assert.match(steps[2].text, "80 GB");
  assert.match(steps.at(-1).text, /^version 1 samples; /);
  assert.is(exit, 0);
  assert.equal(readdirSync(join(cwd, "runs/services/pids")), []);
  assert.ok(existsSync(join(cwd, "runs/services/doctor/vllm.log")));
}, { timeoutMs: 280_000 });
