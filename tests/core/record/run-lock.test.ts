// runtime: node
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { jsonText } from "../../../core/record/json-file.ts";
import { RunLock } from "../../../core/record/run-lock.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { assert, suite, thrownBy } from "../../harness.ts";

const test = suite("record/run-lock");
const lock = new URL("../../../core/record/run-lock.ts", import.meta.url).href;

/** A process that takes the lock, says whether it got it, and holds it until it is ended. */
const script = `
const { RunLock } = await import(${JSON.stringify(lock)});
await new Promise((done) => process.stdin.once("data", done));
const lock = new RunLock(process.argv[1]);
await lock.take().then(() => console.log("has it"), (e) => console.log(e.code));
setInterval(() => {}, 1e6);
`;

test("of several processes that take a run at once exactly one gets it, also after its owner was killed", async (t) => {
  const run = mkdtempSync(path.join(tmpdir(), "halo-test-"));
  t.defer(() => rmSync(run, { recursive: true }));
  for (let round = 0; round < 3; round++) {
    const children = Array.from(
      { length: 4 },
      () => spawn(process.execPath, ["--input-type=module", "-e", script, run]),
    );
    t.defer(() => children.forEach((child) => child.kill("SIGKILL")));
    await new Promise((done) => setTimeout(done, 300));
    for (const { stdin } of children) stdin.write("go\n");
    const said = await Promise.all(
      children.map((child) =>
        new Promise<string>((done) => child.stdout.once("data", (text) => done(String(text).trim())))
      ),
    );
    assert.equal(said.sort(), ["HALO_RUN_BUSY", "HALO_RUN_BUSY", "HALO_RUN_BUSY", "has it"]);
    for (const child of children) {
      child.kill("SIGKILL");
      await new Promise((done) => child.once("close", done));
    }
  }
}, { timeoutMs: 60_000 });

test("RunLock is held by a process of another machine, also where it has this one's number", async (t) => {
  const run = mkdtempSync(path.join(tmpdir(), "halo-test-"));
  t.defer(() => rmSync(run, { recursive: true }));
  mkdirSync(path.join(run, "lock"));
  const owner = { host: "another.test", pid: process.pid };
  const held = { owner, since: "2026-01-01T00:00:00.000Z", isFree: false };
  writeFileSync(path.join(run, "lock", "1"), jsonText("halo.lock/1", held));
  assert.ok(isHaloError(await thrownBy(() => new RunLock(run).take()), "HALO_RUN_BUSY"));
  writeFileSync(path.join(run, "lock", "1"), jsonText("halo.lock/1", { ...held, isFree: true }));
  await new RunLock(run).take();
});
