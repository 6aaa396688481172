// runtime: node
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, suite, type TestContext } from "../harness.ts";
import { launch, readyMachine, root } from "./machine.ts";

const test = suite("launch.sh --profile lm-cpu");

/** Stands in for bin/halo.mjs: `serve` gets ready and waits, `run` ends with 5; both say what they were called with. */
const halo = `
  import { appendFileSync } from "node:fs";
  const [command, ...args] = process.argv.slice(2);
  appendFileSync("said", command + " " + args.join(" ") + "\\n");
  process.on("SIGTERM", () => process.exit(0));
  if (command === "serve") setTimeout(() => console.log("# ready"), 100);
  else process.exit(5);
  setInterval(() => {}, 1000);
`;

/** A machine on which both installers work and say that they were called. */
function lmMachine(t: TestContext) {
  const machine = readyMachine(t, halo);
  machine.addProgram("tools/python3", "#!/bin/sh\n");
  const says = (name: string, made: string) => `echo "${name} $*" >>said\n${made}\n`;
  machine.addProgram("plugins/vllm/cpu/install.sh", says("vllm", 'mkdir -p "$1"; echo 1 >"$1/.halo-vllm-cpu"'));
  machine.addProgram("scripts/small-model.sh", says("model", 'mkdir -p "$2"'));
  const said = (): readonly string[] => {
    const file = join(machine.home, "said");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  };
  return { ...machine, said };
}

const commands = ["serve", "run"].map((command) => `${command} pipelines/grpo-gomail-lm.yaml --profile lm-cpu`);

test("it installs vLLM for the CPU and the small model, serves both, runs and stops", (t) => {
  const machine = lmMachine(t);
  assert.is(launch(machine, "--profile", "lm-cpu").status, 5);
  assert.equal(machine.said(), [
    "vllm .tools/python",
    "model .tools/python/bin/python .tools/models/SmolLM2-135M-Instruct",
    ...commands,
  ]);
});

test("it takes the folder that HALO_MODEL names, and says so when there is none", (t) => {
  const machine = lmMachine(t);
  machine.env.HALO_MODEL = machine.home;
  assert.is(launch(machine, "--profile=lm-cpu", "pipelines/mine.yaml").status, 5);
  assert.equal(machine.said(), [
    "vllm .tools/python",
    ...["serve", "run"].map((command) => `${command} pipelines/mine.yaml --profile lm-cpu`),
  ]);
  machine.env.HALO_MODEL = "/no/such/model";
  const { status, stderr } = launch(machine, "--profile", "lm-cpu");
  assert.is(status, 3);
  assert.match(
    stderr,
    'launch: HALO_MODEL is "/no/such/model", which is no folder\n        Unset it to use SmolLM2-135M-Instruct.\n',
  );
});

test("it says so when there is no vLLM, or no model can be had", (t) => {
  const machine = lmMachine(t);
  machine.addProgram("scripts/small-model.sh", "echo no network today; exit 3\n");
  const { status, stderr } = launch(machine, "--profile", "lm-cpu");
  assert.is(status, 3);
  assert.match(stderr, "no network today\nlaunch: the weights of SmolLM2-135M-Instruct could not be brought\n");
  const bare = lmMachine(t);
  bare.addProgram("plugins/vllm/cpu/install.sh", "exit 3\n");
  const missing = launch(bare, "--profile", "lm-cpu");
  assert.is(missing.status, 3);
  assert.match(missing.stderr, "launch: there is no Python environment with vLLM for the CPU in .tools/python\n");
  assert.equal(bare.said(), []);
});

test("small-model.sh leaves a folder alone that is there, and wants its two arguments", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "halo-model-"));
  t.defer(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "model"));
  const call = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync("bash", [join(root, "scripts/small-model.sh"), ...args], { encoding: "utf8" });
    return { status, stderr };
  };
  assert.equal(call("/no/such/python", join(folder, "model")), { status: 0, stderr: "" });
  assert.equal(call("python3"), { status: 2, stderr: "small-model: usage: small-model.sh PYTHON FOLDER\n" });
});
