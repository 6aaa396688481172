// runtime: node
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, suite } from "../harness.ts";
import { bareMachine, launch, readyMachine, root } from "./machine.ts";

const test = suite("launch.sh");

test("the shell scripts parse", () => {
  for (const script of ["launch.sh", "scripts/preflight-gpu.sh", "scripts/small-model.sh", "teardown.sh", ".ci/run"]) {
    const { status, stderr } = spawnSync("bash", ["-n", join(root, script)], { encoding: "utf8" });
    assert.equal({ script, status, stderr }, { script, status: 0, stderr: "" });
  }
});

test("launch.sh --help names every option", (t) => {
  const { status, stdout, stderr } = launch(bareMachine(t), "--help");
  assert.equal([status, stderr], [0, ""]);
  const options = [
    "--profile",
    "--mode",
    "--setup-only",
    "--skip-setup",
    "--dev",
    "--task",
    "--episodes",
    "--help",
    " -- ",
  ];
  assert.equal(options.filter((option) => !stdout.includes(option)), []);
});

test("launch.sh refuses an option it does not know", (t) => {
  const { status, stdout, stderr } = launch(bareMachine(t), "--fast");
  assert.equal([status, stdout], [2, ""]);
  assert.is(
    stderr,
    "launch: unknown option --fast; options of `halo run` go after --, the others: ./launch.sh --help\n",
  );
});

test("launch.sh says what to do when Node is missing", (t) => {
  const { status, stdout, stderr } = launch(bareMachine(t));
  assert.equal([status, stdout], [3, ""]);
  assert.is(
    stderr,
    `launch: Node.js with npm is needed to fetch the packages, and is not on the PATH
        Any version from 20 does; the project then brings its own Node 24.
        Debian, Ubuntu: apt-get install nodejs npm    Fedora: dnf install nodejs npm
        Alpine: apk add nodejs npm                    macOS: brew install node
`,
  );
});

test("launch.sh tries npm twice, then shows the end of its log", (t) => {
  const machine = readyMachine(t, "");
  machine.addProgram("tools/npm", "#!/bin/sh\necho broken pipe dream\nexit 1\n");
  const { status, stdout, stderr } = launch(machine);
  assert.equal([status, stdout], [3, ""]);
  assert.is(
    stderr,
    `launch: installing npm packages
launch: failed, trying once more: npm ci --no-audit --no-fund --loglevel=error
launch: the end of .tools/logs/npm.log:
        $ npm ci --no-audit --no-fund --loglevel=error
        broken pipe dream
        $ npm ci --no-audit --no-fund --loglevel=error
        broken pipe dream
launch: npm ci failed twice
        Check the network and \`npm config get registry\`, then run ./launch.sh again.
`,
  );
});

test("launch.sh says so when HALO_CHROMIUM names no program", (t) => {
  const machine = readyMachine(t, "");
  machine.env.HALO_CHROMIUM = "/no/such/chromium";
  const { status, stderr } = launch(machine, "--setup-only");
  assert.is(status, 3);
  assert.match(stderr, "launch: HALO_CHROMIUM names no program: /no/such/chromium\n        Correct it or unset it.\n");
});

test("launch.sh runs the main job with its options and passes its exit status on", (t) => {
  const machine = readyMachine(t, "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 5;");
  const first = launch(machine, "--profile", "fast", "--mode=score", "--", "--seed", "7", "--json");
  assert.equal(first, {
    status: 5,
    stdout: '["run","pipelines/grpo-gomail.yaml","--profile","fast","--mode","score","--seed","7","--json"]\n',
    stderr: "launch: installing npm packages\n",
  });
  const second = launch(machine, "pipelines/smoke.yaml");
  assert.equal(second, { status: 5, stdout: '["run","pipelines/smoke.yaml"]\n', stderr: "" });
});

test("launch.sh --setup-only starts nothing, and installs anew after the lock file changed", (t) => {
  const machine = readyMachine(t, "console.log('started');");
  const quiet = { status: 0, stdout: "", stderr: "" };
  const install = { ...quiet, stderr: "launch: installing npm packages\n" };
  assert.equal(launch(machine, "--setup-only"), install);
  assert.equal(launch(machine, "--setup-only"), quiet);
  writeFileSync(join(machine.home, "package-lock.json"), "{}");
  assert.equal(launch(machine, "--setup-only"), install);
});

test("launch.sh --dev says loudly when Python packages cannot be had, and goes on", (t) => {
  const machine = readyMachine(t, "");
  machine.addProgram(".tools/deno/node_modules/.bin/deno", "#!/bin/sh\necho 'deno 2.9.6 (stable)'\n");
  machine.addProgram("tools/python3", '#!/bin/sh\ncase "$*" in "-m venv "*) echo "no venv" >&2; exit 1 ;; esac\n');
  machine.addProgram("plugins/vllm/cpu/install.sh", 'echo "no wheel for $1" >&2; exit 3');
  machine.addProgram("bench/readers/requirements.txt", "tensorboard==2.21.0\n");
  const { status, stdout, stderr } = launch(machine, "--setup-only", "--dev");
  assert.equal([status, stdout], [0, ""]);
  assert.is(
    stderr,
    `launch: installing npm packages
launch: installing Python packages for the tests (2.5 GB on disk)
launch: the end of .tools/logs/python.log:
        $ bash plugins/vllm/cpu/install.sh .tools/python
        no wheel for .tools/python
launch: NOTE: no Python environment for the sidecar and vLLM: THEIR TESTS WILL BE SKIPPED
launch: installing Python packages into .tools/readers (some minutes)
launch: failed, trying once more: python3 -m venv .tools/readers
launch: the end of .tools/logs/readers.log:
        $ python3 -m venv .tools/readers
        no venv
        $ python3 -m venv .tools/readers
        no venv
launch: no environment could be made in .tools/readers
launch: NOTE: no TensorBoard, MLflow and datasets: THE TESTS WITH THEM WILL BE SKIPPED
`,
  );
  const environment = 'mkdir -p "$3/bin"; ln -sf /bin/true "$3/bin/python"';
  machine.addProgram("tools/python3", `#!/bin/sh\ncase "$*" in "-m venv "*) ${environment} ;; esac\n`);
  machine.addProgram("plugins/vllm/cpu/install.sh", 'mkdir -p "$1/bin"; ln -sf /bin/sh "$1/bin/python"');
  assert.is(launch(machine, "--setup-only", "--dev").status, 0);
  assert.is(launch(machine, "--setup-only", "--dev").stderr, "");
});

test("launch.sh delivers one signal to the run", async (t) => {
  const machine = readyMachine(
    t,
    "let n = 0; process.on('SIGINT', () => n++ || setTimeout(() => process.exit(n === 1 ? 130 : 1), 300));" +
      "setInterval(() => {}, 1000); console.log('ready');",
  );
  launch(machine, "--setup-only");
  const child = spawn("bash", [join(machine.home, "launch.sh")], {
    env: machine.env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.defer(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  child.kill("SIGINT");
  assert.equal(await once(child, "exit"), [130, null]);
});
