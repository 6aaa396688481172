// runtime: node
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assert, suite, type TestContext } from "../harness.ts";

const test = suite("teardown.sh");
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A folder with teardown.sh and one run, `r1`. */
function machine(t: TestContext) {
  const home = mkdtempSync(join(tmpdir(), "halo-teardown-"));
  t.defer(() => rmSync(home, { recursive: true, force: true }));
  copyFileSync(join(root, "teardown.sh"), join(home, "teardown.sh"));
  const pids = join(home, "runs/r1/pids");
  mkdirSync(pids, { recursive: true });
  const teardown = (...options: string[]) => {
    const done = spawnSync("bash", [join(home, "teardown.sh"), ...options], { encoding: "utf8", timeout: 25_000 });
    return { status: done.status, stdout: done.stdout, stderr: done.stderr };
  };
  const state = join(home, "runs/r1/state.json");
  const recordRun = ({ pid }: ChildProcess, { status = "RUNNING", host = hostname() } = {}) =>
    writeFileSync(state, JSON.stringify({ schema: "x", status, since: "2026-01-01T00:00:00Z", pid, host }) + "\n");
  const recordService = ({ pid }: ChildProcess) => writeFileSync(join(pids, String(pid)), "");
  return { home, pids, state, teardown, recordRun, recordService };
}

function start(t: TestContext, script: string): ChildProcess {
  const child = spawn("bash", ["-c", script], { stdio: ["ignore", "pipe", "ignore"] });
  t.defer(() => child.kill("SIGKILL"));
  return child;
}

const quiet = { status: 0, stdout: "" };

test("teardown.sh stops the run, lets it save, and stops what it left behind", async (t) => {
  const { home, pids, teardown, recordRun, recordService } = machine(t);
  const run = start(t, `trap 'touch ${home}/saved; exit 0' TERM; sleep 300 & echo ready; wait`);
  const service = start(t, "trap '' TERM; echo ready; sleep 300; sleep 300");
  const ends = [once(run, "exit"), once(service, "exit")];
  await Promise.all([run, service].map((child) => child.stdout && once(child.stdout, "data")));
  recordRun(run);
  recordService(service);
  assert.equal(teardown(), {
    ...quiet,
    stderr: "teardown: stopping 1 run(s)\nteardown: stopped; the state is kept in the run folders\n",
  });
  assert.equal(await Promise.all(ends), [[0, null], [null, "SIGKILL"]]);
  assert.ok(existsSync(join(home, "saved")));
  assert.equal(readdirSync(pids), []);
});

test("teardown.sh leaves a process alone that got a recorded number later", (t) => {
  const { pids, state, teardown, recordRun, recordService } = machine(t);
  const other = start(t, "sleep 300");
  recordRun(other);
  recordService(other);
  for (const record of [state, join(pids, String(other.pid))]) utimesSync(record, 0, Date.now() / 1000 - 3600);
  assert.equal(teardown(), { ...quiet, stderr: "teardown: nothing was running\n" });
  assert.ok(other.kill(0));
  assert.equal(readdirSync(pids), []);
});

test("teardown.sh leaves runs alone that have ended or belong to another machine", (t) => {
  const { teardown, recordRun } = machine(t);
  const other = start(t, "sleep 300");
  for (const state of [{ status: "DONE" }, { host: "elsewhere" }]) {
    recordRun(other, state);
    assert.equal(teardown(), { ...quiet, stderr: "teardown: nothing was running\n" });
  }
  assert.ok(other.kill(0));
});

test("teardown.sh --purge removes what was installed and keeps runs and checkpoints", (t) => {
  const { home, teardown } = machine(t);
  for (const folder of ["node_modules", ".tools", "checkpoints/mine"]) {
    mkdirSync(join(home, folder), { recursive: true });
  }
  assert.equal(teardown("--purge"), {
    ...quiet,
    stderr: "teardown: nothing was running\n" +
      "teardown: removed node_modules and .tools; kept runs/, checkpoints/ and system packages (Chromium)\n",
  });
  assert.equal(readdirSync(home).sort(), ["checkpoints", "runs", "teardown.sh"]);
  assert.ok(existsSync(join(home, "checkpoints/mine")));
});

test("teardown.sh --save copies the adapter committed last, from the run or from where its manifest says", (t) => {
  const { home, teardown } = machine(t);
  const commit = (n: number, adapter: Record<string, string>) => {
    const iteration = join(home, "runs/r1/iter", String(n));
    mkdirSync(join(iteration, "adapter"), { recursive: true });
    for (const [name, text] of Object.entries(adapter)) writeFileSync(join(iteration, "adapter", name), text);
    writeFileSync(join(iteration, "COMMIT"), "{}");
    utimesSync(join(iteration, "COMMIT"), n, n);
  };
  const saved = (name: string, iteration: number) => ({
    ...quiet,
    stderr:
      `teardown: nothing was running\nteardown: saved ${home}/runs/r1/iter/${iteration}/adapter as checkpoints/${name}\n`,
  });
  const read = (name: string) => readFileSync(join(home, "checkpoints", name), "utf8");
  commit(9, { "weights.bin": "nine" });
  commit(10, { "weights.bin": "ten" });
  assert.equal(teardown("--save", "linear"), saved("linear", 10));
  assert.is(read("linear/weights.bin"), "ten");

  const location = join(home, "sidecar/v000011");
  mkdirSync(location, { recursive: true });
  for (const name of ["adapter_model.safetensors", "halo.json"]) writeFileSync(join(location, name), name);
  commit(11, { "halo.json": JSON.stringify({ schema: "halo.adapter/1", location, rank: 16 }) });
  assert.equal(teardown("--save", "lora"), saved("lora", 11));
  assert.equal(readdirSync(join(home, "checkpoints/lora")).sort(), ["adapter_model.safetensors", "halo.json"]);

  assert.equal(teardown("--save", "lora").stderr, "teardown: checkpoints/lora is there already; choose another name\n");
  rmSync(location, { recursive: true });
  const { status, stderr } = teardown("--save", "far");
  assert.equal([status, existsSync(join(home, "checkpoints/far"))], [1, false]);
  assert.match(
    stderr,
    `teardown: the weights of ${home}/runs/r1/iter/11/adapter are on another machine, in ${location}\n`,
  );
});

test("teardown.sh refuses an option it does not know", (t) => {
  const { teardown } = machine(t);
  assert.equal(teardown("--all"), {
    status: 2,
    stdout: "",
    stderr: "teardown: unknown option --all; see ./teardown.sh --help\n",
  });
});
