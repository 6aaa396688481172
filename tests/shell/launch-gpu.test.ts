// runtime: node
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { assert, suite, type TestContext } from "../harness.ts";
import { until } from "../core/serve/fake.ts";
import { launch, readyMachine } from "./machine.ts";

const test = suite("launch.sh --profile gpu");

/** Stands in for bin/halo.mjs: `serve` gets ready and waits, `run` ends with 5; both say what they were called with. */
const halo = `
  import { appendFileSync } from "node:fs";
  const said = (text) => appendFileSync("said", text + "\\n");
  const [command, ...args] = process.argv.slice(2);
  said(command + " " + args.join(" "));
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => {
    said(command + " got " + name);
    setTimeout(() => process.exit(command === "run" ? 130 : 0), 200);
  });
  if (command === "doctor") process.exit(0);
  if (command === "serve") setTimeout(() => console.log("# ready"), 300);
  else if (args.includes("--wait")) console.log("running");
  else process.exit(5);
  setInterval(() => {}, 1000);
`;

const python = `#!/bin/sh
echo "python $*" >>calls
case "$*" in
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
esac
`;

/** A machine with a GPU that nvidia-smi describes. */
function gpuMachine(t: TestContext, smi = "590.44.01, 80994, NVIDIA H100 80GB HBM3") {
  const machine = readyMachine(t, halo);
  machine.addProgram("tools/nvidia-smi", `#!/bin/sh\necho "${smi}"\n`);
  machine.addProgram("tools/python3", python);
  machine.addProgram("tools/cc", "#!/bin/sh\n");
  machine.addProgram("tools/df", "#!/bin/sh\nprintf 'a\\nb c d 104857600 e\\n'\n");
  machine.addProgram("plugins/lora/sidecar/requirements.txt", "torch==2.13.0\n");
  const read = (file: string) => {
    const path = join(machine.home, file);
    return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  };
  return { ...machine, read };
}

const remedy = (stderr: string) => stderr.split("\n").slice(0, 2).join("\n");

test("it says what to do when there is no driver, or it does not answer", (t) => {
  const bare = readyMachine(t, halo);
  const none = launch(bare, "--profile", "gpu");
  assert.is(none.status, 3);
  assert.is(
    remedy(none.stderr),
    "launch: no NVIDIA driver: nvidia-smi is not on the PATH\n" +
      "        Install the driver (580 or newer), or run where there is a GPU; without one: ./launch.sh",
  );
  const broken = launch(gpuMachine(t, "Failed to initialize NVML: Driver/library version mismatch"), "--profile=gpu");
  assert.is(broken.status, 3);
  assert.is(
    remedy(broken.stderr),
    "launch: nvidia-smi does not work: Failed to initialize NVML: Driver/library version mismatch\n" +
      "        Load or reinstall the driver; after an update, reboot.",
  );
});

test("it misses a driver at once, while another set-up of the folder is under way", async (t) => {
  const machine = readyMachine(t, halo);
  const holds = "mkdir -p .tools; exec 9>.tools/lock; flock 9; echo held; exec sleep 60";
  const other = spawn("bash", ["-c", holds], { cwd: machine.home, stdio: ["ignore", "pipe", "ignore"] });
  t.defer(() => other.kill("SIGKILL"));
  await once(other.stdout, "data");
  const { status, stderr } = launch(machine, "--profile", "gpu");
  assert.is(status, 3);
  assert.match(stderr, /^launch: no NVIDIA driver: /);
});

test("it says what to do about an old driver, a full GPU, a full disk and a missing Python", (t) => {
  const fails = (machine: ReturnType<typeof gpuMachine>, env: Record<string, string> = {}) => {
    Object.assign(machine.env, env);
    const { status, stderr } = launch(machine, "--profile", "gpu");
    assert.is(status, 3);
    assert.ok(!existsSync(join(machine.home, "node_modules")), "nothing is fetched before");
    return stderr.split("\n").find((line) => !line.startsWith("launch: GPU: "));
  };
  assert.is(
    fails(gpuMachine(t, "535.183.01, 80994, NVIDIA H100")),
    "launch: the NVIDIA driver is 535.183.01; vLLM 0.32.0 needs 580 or newer",
  );
  assert.is(
    fails(gpuMachine(t, "590.44.01, 20480, NVIDIA H100")),
    "launch: NVIDIA H100 has 20 GiB of free memory, the 8B beside its trainer needs 70",
  );
  const full = gpuMachine(t);
  full.addProgram("tools/df", "#!/bin/sh\nprintf 'a\\nb c d 31457280 e\\n'\n");
  assert.is(fails(full), "launch: 30 GiB of disk are free here, environments and weights take 60");
  // The cache of weights lies on another disk.
  const split = gpuMachine(t);
  split.addProgram(
    "tools/df",
    '#!/bin/sh\ncase "$2" in .) n=104857600 ;; *) n=9437184 ;; esac\nprintf "a\\nb c d $n e\\n"\n',
  );
  assert.is(
    fails(split, { HF_HOME: "/no/such/disk" }),
    "launch: 9 GiB of disk are free in /no/such/disk/hub, weights take 20",
  );
  Object.assign(split.env, { HALO_MODEL: split.home });
  assert.is(launch(split, "--profile", "gpu").status, 5);
  const old = gpuMachine(t);
  old.addProgram("tools/python3", '#!/bin/sh\ncase "$*" in --version) echo Python 3.8.10 ;; *) exit 1 ;; esac\n');
  assert.is(
    fails(old, { HALO_PYTHON: "python3" }),
    'launch: Python 3.10 to 3.13 with venv is needed, "python3" is Python 3.8.10',
  );
});

test("it says what to do without a compiler, without Python.h, and about a busy GPU beside a free one", (t) => {
  const fails = (machine: ReturnType<typeof gpuMachine>) => {
    const { status, stderr } = launch(machine, "--profile", "gpu");
    assert.is(status, 3);
    assert.equal(machine.read("calls").filter((line) => /-m (pip|venv)/.test(line)), []);
    assert.ok(!existsSync(join(machine.home, "node_modules")), "nothing is fetched before");
    return stderr.split("\n").filter((line) => !line.startsWith("launch: GPU: "));
  };
  const plain = gpuMachine(t);
  rmSync(join(plain.home, "tools/cc"));
  assert.is(fails(plain)[0], "launch: no C compiler: vLLM and the trainer compile kernels when they start");
  const headless = gpuMachine(t);
  headless.addProgram("tools/python3", python.replace('case "$*" in', 'case "$*" in\n  *Python.h*) exit 1 ;;'));
  Object.assign(headless.env, { HALO_PYTHON: "python3" });
  assert.is(
    fails(headless)[0],
    'launch: Python.h is missing for "python3": kernels are compiled against it when vLLM and the trainer start',
  );
  const two = gpuMachine(t);
  const rows = "590.44.01, 4096, NVIDIA H100\n590.44.01, 80994, NVIDIA H100";
  two.addProgram(
    "tools/nvidia-smi",
    `#!/bin/sh\ncase "$*" in *=memory.free*) printf '4096\\n80994\\n' ;; *) echo "${rows}" ;; esac\n`,
  );
  assert.equal(fails(two).slice(0, 2), [
    "launch: NVIDIA H100 has 4 GiB of free memory, the 8B beside its trainer needs 70",
    "        GPU 1 has as much: export CUDA_VISIBLE_DEVICES=1",
  ]);
  Object.assign(two.env, { CUDA_VISIBLE_DEVICES: "2" });
  assert.is(fails(two)[0], "launch: there is no GPU 2; nvidia-smi lists 2");
  Object.assign(two.env, { CUDA_VISIBLE_DEVICES: "1" });
  assert.is(launch(two, "--profile", "gpu").status, 5);
});

test("an older driver passes once the forward-compatibility package is there and switched on", (t) => {
  const machine = gpuMachine(t, "535.274.02, 80994, NVIDIA A100-SXM4-80GB");
  const said = () => {
    const { status, stderr } = launch(machine, "--profile", "gpu");
    return { status, lines: stderr.split("\n") };
  };
  const without = said();
  assert.is(without.status, 3);
  assert.is(without.lines[0], "launch: the NVIDIA driver is 535.274.02; vLLM 0.32.0 needs 580 or newer");
  assert.match(without.lines[1]!, /forward-compatibility package, which is not here:$/);
  // Switched on where it is not installed, it is missing all the same.
  Object.assign(machine.env, { VLLM_ENABLE_CUDA_COMPATIBILITY: "1" });
  assert.equal(said(), without);
  const folder = join(machine.home, "compat");
  machine.addProgram("compat/libcuda.so.1", "");
  Object.assign(machine.env, { VLLM_CUDA_COMPATIBILITY_PATH: folder });
  const off = said();
  assert.equal([off.status, ...off.lines.slice(0, 2)], [
    3,
    "launch: the NVIDIA driver is 535.274.02, older than 580, and the forward-compatibility package is not switched on",
    `        export VLLM_ENABLE_CUDA_COMPATIBILITY=1 VLLM_CUDA_COMPATIBILITY_PATH=${folder} LD_LIBRARY_PATH=${folder}`,
  ]);
  Object.assign(machine.env, { LD_LIBRARY_PATH: `/opt/x:${folder}` });
  const on = said();
  assert.is(on.status, 5);
  assert.match(on.lines[0]!, /^launch: NOTE: driver 535\.274\.02 with forward compatibility from /);
});

test("a card that fails the doctor fetches no weights", (t) => {
  const machine = gpuMachine(t);
  machine.addProgram("bin/halo.mjs", 'console.log("LoRA kernels do not start"); process.exit(3);\n');
  const { status, stderr } = launch(machine, "--profile", "gpu");
  assert.is(status, 3);
  assert.match(stderr, /LoRA kernels do not start\nlaunch: halo doctor --gpu found what would stop the run/);
  assert.ok(!stderr.includes("fetching the weights"));
});

test("a GPU named by its identity is the one that is looked at", (t) => {
  const machine = gpuMachine(t);
  machine.addProgram(
    "tools/nvidia-smi",
    '#!/bin/sh\ncase "$*" in *--id=GPU-7*) echo "590.44.01, 4096, NVIDIA H200" ;; *) echo "590.44.01, 80994, NVIDIA H100" ;; esac\n',
  );
  Object.assign(machine.env, { CUDA_VISIBLE_DEVICES: "GPU-7" });
  const { status, stderr } = launch(machine, "--profile", "gpu");
  assert.is(status, 3);
  assert.match(stderr, /^launch: NVIDIA H200 has 4 GiB of free memory/);
});

test("a Chromium that lacks libraries is named with them before environments and weights are fetched", (t) => {
  const machine = gpuMachine(t);
  const dies = "error while loading shared libraries: libnss3.so: cannot open shared object file: No such file";
  machine.addProgram("tools/a-chromium", `#!/bin/sh\necho "$0: ${dies}" >&2\nexit 127\n`);
  machine.addProgram(
    "tools/ldd",
    "#!/bin/sh\nprintf '\\tlibnss3.so => not found\\n\\tlibgbm.so.1 => not found\\n\\tlibc.so.6 => /lib/libc.so.6\\n'\n",
  );
  const program = machine.env["HALO_CHROMIUM"];
  const failed = launch(machine, "--profile", "gpu");
  assert.is(failed.status, 3);
  assert.match(failed.stderr, `launch: ${program} does not start: the machine has no libgbm.so.1 libnss3.so\n`);
  assert.match(failed.stderr, "npx playwright-core install-deps chromium");
  assert.ok(!failed.stderr.includes("installing Python packages"));
  // Without ldd the message of its start says which.
  rmSync(join(machine.home, "tools/ldd"));
  assert.match(launch(machine, "--profile", "gpu").stderr, /does not start: the machine has no libnss3\.so\n/);
  // Another reason is shown as it is.
  machine.addProgram("tools/a-chromium", "#!/bin/sh\necho no usable sandbox >&2\nexit 1\n");
  assert.match(launch(machine, "--setup-only").stderr, /no usable sandbox\nlaunch: \S+a-chromium does not start\n/);
});

test("where packages can be had, Chromium's libraries are installed and it is started again", (t) => {
  const machine = gpuMachine(t);
  machine.addProgram(
    "tools/a-chromium",
    '#!/bin/sh\n[ -e deps ] || { echo "x: error while loading shared libraries: libnss3.so: no" >&2; exit 127; }\necho start >>started\n',
  );
  machine.addProgram("tools/apt-get", "#!/bin/sh\n");
  machine.addProgram("tools/sudo", '#!/bin/sh\n[ "$1" != -n ] || shift\nexec "$@"\n');
  machine.addProgram("node_modules/.bin/playwright-core", '#!/bin/sh\n[ "$*" = "install-deps chromium" ] && : >deps\n');
  const { status, stderr } = launch(machine, "--setup-only");
  assert.equal([status, stderr], [
    0,
    "launch: installing npm packages\nlaunch: Chromium lacks libnss3.so; installing its libraries\n",
  ]);
  assert.is(launch(machine, "--setup-only").stderr, "");
  assert.equal(machine.read("started"), ["start"]);
});

test("it installs both environments once, serves, runs with the same choice, and stops the services", (t) => {
  const machine = gpuMachine(t);
  const options = ["--profile", "gpu", "pipelines/x.yaml", "--", "--set", "seed=3", "--json"];
  const first = launch(machine, ...options);
  assert.is(first.status, 5);
  assert.is(
    first.stderr,
    "launch: GPU: NVIDIA H100 80GB HBM3, driver 590.44.01, 79 GiB free\n" +
      "launch: installing npm packages\n" +
      "launch: installing Python packages into .tools/python (some minutes)\n" +
      "launch: installing Python packages into .tools/vllm (some minutes)\n" +
      "launch: trying a tiny model on the GPU: halo doctor --gpu (some minutes)\n" +
      "launch: fetching the weights of Qwen/Qwen3-VL-8B-Instruct (the 8B: 17.5 GB, 3 minutes at 100 MB/s); progress: .tools/logs/weights.log\n",
  );
  const calls = machine.read("calls").filter((line) => !line.startsWith("python -c"));
  assert.equal(calls, [
    "python -m venv .tools/python",
    "python -m pip install --disable-pip-version-check --quiet -r plugins/lora/sidecar/requirements.txt",
    "python -m venv .tools/vllm",
    "python -m pip install --disable-pip-version-check --quiet vllm==0.32.0",
  ]);
  const said = [
    "serve pipelines/x.yaml --profile gpu --set seed=3",
    "run pipelines/x.yaml --profile gpu --set seed=3 --json",
    "serve got SIGTERM",
  ];
  assert.equal(machine.read("said"), ["doctor --gpu", ...said]);
  const second = launch(machine, ...options);
  assert.equal([second.status, second.stderr], [
    5,
    "launch: GPU: NVIDIA H100 80GB HBM3, driver 590.44.01, 79 GiB free\n",
  ]);
  assert.equal(machine.read("said"), ["doctor --gpu", ...said, ...said]);
});

test("it serves nothing and looks at no GPU when both programs run elsewhere", (t) => {
  const machine = readyMachine(t, halo);
  Object.assign(machine.env, { HALO_VLLM_URL: "http://gpu:8000/v1", HALO_LORA_URL: "http://gpu:8100" });
  assert.is(launch(machine, "--profile", "gpu").status, 5);
  assert.is(readFileSync(join(machine.home, "said"), "utf8"), "run pipelines/grpo-gomail.yaml --profile gpu\n");
  // A mode trains nothing: it needs vLLM alone.
  Object.assign(machine.env, { HALO_LORA_URL: "" });
  assert.is(launch(machine, "--mode", "qwen3vl_base").status, 5);
  assert.is(launch(machine, "--profile", "gpu").status, 3);
});

test("it ends with the status of the services when they do not come up", (t) => {
  const machine = gpuMachine(t);
  machine.addProgram(
    "bin/halo.mjs",
    "if (process.argv[2] === 'serve') { console.error('vllm is not there'); process.exitCode = 3; }",
  );
  const { status, stdout, stderr } = launch(machine, "--profile", "gpu");
  assert.equal([status, stdout], [3, ""]);
  assert.match(stderr, /vllm is not there\n$/);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`it hands ${signal} to the run, and stops the services once the run has ended`, async (t) => {
    const machine = gpuMachine(t);
    launch(machine, "--profile", "gpu", "--setup-only");
    const child = spawn("bash", [join(machine.home, "launch.sh"), "--profile", "gpu", "--", "--wait"], {
      env: machine.env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    t.defer(() => child.kill("SIGKILL"));
    await once(child.stdout, "data");
    child.kill(signal);
    assert.equal(await once(child, "exit"), [130, null]);
    await until(() => machine.read("said").length >= 5, t.signal);
    assert.equal(machine.read("said").slice(3), [`run got ${signal}`, "serve got SIGTERM"]);
  });
}
