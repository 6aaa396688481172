// runtime: node
// What halo writes for others is read by their own programs: TensorBoard, a real MLflow server and its client, datasets.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import process from "node:process";
import { text } from "node:stream/consumers";
import { assert, suite } from "../harness.ts";

const test = suite("bench/readers");
const python = ".tools/readers/bin/python";

test("event files, a MLflow run, its pictures and both data sets are read as they were recorded", async (t) => {
  if (!existsSync(".tools/readers/.halo-readers")) {
    return console.log(`skipped: no ${python}; ./launch.sh --setup-only --dev makes it`);
  }
  const child = spawn(process.execPath, ["bench/readers.ts", python], { signal: t.signal, killSignal: "SIGTERM" });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  assert.is(status, 0, stdout + stderr);
  assert.is(stdout.match(/^ok {4}(TensorBoard|MLflow|datasets)/gm)?.length, 7, stdout);
}, { timeoutMs: 540_000 });
