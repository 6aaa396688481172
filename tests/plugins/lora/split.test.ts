// runtime: node
/**
 * The split set-up: vLLM and the sidecar run as root in a folder that nobody else can read; `halo run` and its Chromium run
 * as another user and reach both through two forwarded ports. Skipped, with a line that says so, where that cannot be.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { freePort } from "../../../core/serve/port.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite, type TestContext } from "../../harness.ts";

const test = suite("lora/split");
const root = packageRoot();
const python = join(root, ".tools/python/bin/python");
const nobody = 65_534;
const asNobody = ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];

/** Why the test cannot run here; undefined when it can. */
function obstacle(): string | undefined {
  if (process.getuid?.() !== 0) return "only root can start a program as another user";
  if (spawnSync("setpriv", ["--version"]).status !== 0) return "setpriv is not installed";
  if (spawnSync(python, ["-c", "import vllm, peft"]).status !== 0) return "no .tools/python with vLLM and peft";
  return undefined;
}

/** Forwards a port of loopback, as `ssh -L` does; returns its number. */
async function forward(t: TestContext, port: number): Promise<number> {
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [a, b] of [[near, far], [far, near]] as const) a.on("error", () => b.destroy()).pipe(b);
  }).listen(0, "127.0.0.1");
  t.defer(() => server.close());
  await once(server, "listening");
  return (server.address() as { port: number }).port;
}

function folder(t: TestContext, name: string, o: { readonly owner: number; readonly mode: number }): string {
  const path = mkdtempSync(join(tmpdir(), `halo-split-${name}-`));
  t.defer(() => rmSync(path, { recursive: true, force: true }));
  chmodSync(path, o.mode);
  chownSync(path, o.owner, o.owner);
  return path;
}

/** The command line of `halo COMMAND` out of one checkout. */
const halo = (checkout: string, command: string) => [
  join(checkout, "node_modules/.bin/node"),
  join(checkout, "bin/halo.mjs"),
  command,
  join(checkout, "bench/lora-cpu/pipeline.yaml"),
  "--overlay",
  join(checkout, "tests/fixtures/services/split.yaml"),
];

/** The runtime's own copy of the program: it holds no Python, and lies where another user can read it. */
function copyOfCheckout(to: string): string {
  const checkout = join(to, "halo");
  for (
    const part of [
      "bin",
      "core",
      "plugins",
      "configs",
      "bench",
      "tests",
      "package.json",
      "tsconfig.json",
      "node_modules",
    ]
  ) {
    cpSync(join(root, part), join(checkout, part), { recursive: true, verbatimSymlinks: true });
  }
  return checkout;
}

test("halo run trains through two forwarded ports and reads no file of the machine with the weights", async (t) => {
  const why = obstacle();
  if (why !== undefined) return console.log(`skipped: ${why}`);
  const gpu = folder(t, "gpu", { owner: 0, mode: 0o700 });
  const here = folder(t, "runtime", { owner: nobody, mode: 0o755 });
  const [vllm, lora] = [await freePort(), await freePort()];
  const env = { ...process.env, OMP_NUM_THREADS: "1", HALO_MODEL: join(gpu, "model") };
  const made = spawnSync(python, ["-m", "halo_lora.tiny", env.HALO_MODEL], {
    env: { ...env, PYTHONPATH: join(root, "plugins/lora/sidecar") },
    encoding: "utf8",
  });
  assert.is(made.status, 0, made.stderr);

  const [node, ...serve] = halo(root, "serve");
  const serving = spawn(node!, serve, {
    cwd: gpu,
    env: { ...env, HALO_VLLM_URL: `http://127.0.0.1:${vllm}/v1`, HALO_LORA_URL: `http://127.0.0.1:${lora}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.defer(() => spawnSync("bash", [join(root, "teardown.sh"), join(gpu, "runs")]));
  let said = "";
  serving.stderr.on("data", (chunk) => said += chunk);
  await Promise.race([once(serving.stdout, "data"), once(serving, "exit")]);
  assert.is(serving.exitCode, null, said);

  const token = join(here, "token");
  copyFileSync(join(gpu, "runs/services/HALO_LORA_TOKEN"), token);
  chownSync(token, nobody, nobody);
  const [program, ...args] = asNobody;
  assert.is.not(spawnSync(program!, [...args, "ls", gpu]).status, 0);
  mkdirSync(join(here, "home"));
  chownSync(join(here, "home"), nobody, nobody);
  const running = spawn(program!, [...args, ...halo(copyOfCheckout(here), "run"), "--json"], {
    cwd: here,
    env: {
      ...env,
      HOME: join(here, "home"),
      HALO_VLLM_URL: `http://127.0.0.1:${await forward(t, vllm)}/v1`,
      HALO_LORA_URL: `http://127.0.0.1:${await forward(t, lora)}`,
      HALO_LORA_TOKEN_FILE: token,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.defer(() => running.kill("SIGKILL"));
  let [out, err] = ["", ""];
  running.stdout.on("data", (chunk) => out += chunk);
  running.stderr.on("data", (chunk) => err += chunk);
  const [status] = await once(running, "close");
  assert.is(status, 0, err + out.slice(-2_000));

  const events = out.trim().split("\n").map((line) => JSON.parse(line));
  const done = events.at(-1);
  // One task, one group of eight; it had a gradient, so its screenshot went to the sidecar.
  assert.is(done.frac_reward_zero_std, 0);
  assert.equal(done.evaluations.map((e: { policy_version: number }) => e.policy_version), [0, 1]);
  const adapter = join(done.run, "iter/1/adapter");
  assert.equal(readdirSync(adapter), ["halo.json"]);
  const { location } = JSON.parse(readFileSync(join(adapter, "halo.json"), "utf8"));
  assert.ok(location.startsWith(`${gpu}/`), location);
  assert.ok(existsSync(join(location, "adapter_model.safetensors")));
}, { timeoutMs: 540_000 });
