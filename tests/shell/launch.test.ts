// runtime: node
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { assert, suite, type TestContext } from "../harness.ts";

const test = suite("launch.sh");
const root = fileURLToPath(new URL("../..", import.meta.url));
const tools = "bash cat cksum dirname env flock grep id ln mkdir rm sed sleep tail timeout uname".split(" ");

/** A folder with launch.sh and nothing installed, and a PATH with the basic tools only, no Node. */
function bareMachine(t: TestContext) {
  const home = mkdtempSync(join(tmpdir(), "halo-launch-"));
  t.defer(() => rmSync(home, { recursive: true, force: true }));
  const bin = join(home, "tools");
  mkdirSync(bin);
  for (const tool of tools) {
    const place = ["/usr/bin", "/bin"].map((folder) => join(folder, tool)).find((path) => existsSync(path));
    if (place) symlinkSync(place, join(bin, tool));
  }
  copyFileSync(join(root, "launch.sh"), join(home, "launch.sh"));
  copyFileSync(join(root, "package-lock.json"), join(home, "package-lock.json"));
  const addProgram = (path: string, text: string) => {
    mkdirSync(join(home, path, ".."), { recursive: true });
    writeFileSync(join(home, path), text);
    chmodSync(join(home, path), 0o755);
  };
  const env = { PATH: bin, HOME: home, HALO_CHROMIUM: "/bin/sh" };
  return { home, env, addProgram };
}

/** The same with everything installed; `main` is what bin/halo.mjs holds. */
function readyMachine(t: TestContext, main: string) {
  const machine = bareMachine(t);
  machine.addProgram(
    "tools/npm",
    `#!/bin/sh\nmkdir -p node_modules/.bin\nln -sf ${process.execPath} node_modules/.bin/node\n`,
  );
  symlinkSync(process.execPath, join(machine.home, "tools/node"));
  machine.addProgram("bin/halo.mjs", main);
  return machine;
}

function launch({ home, env }: { home: string; env: NodeJS.ProcessEnv }, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync("bash", [join(home, "launch.sh"), ...options], {
    cwd: tmpdir(),
    env,
    encoding: "utf8",
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

test("the shell scripts parse", () => {
  for (const script of ["launch.sh", "teardown.sh", ".ci/run"]) {
    const { status, stderr } = spawnSync("bash", ["-n", join(root, script)], { encoding: "utf8" });
    assert.equal({ script, status, stderr }, { script, status: 0, stderr: "" });
  }
});

test("launch.sh --help names every option", (t) => {
  const { status, stdout, stderr } = launch(bareMachine(t), "--help");
  assert.equal([status, stderr], [0, ""]);
  const options = ["--profile", "--mode", "--setup-only", "--skip-setup", "--dev", "--help", " -- "];
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
  const first = launch(machine, "--profile", "gpu", "--mode=score", "--", "--seed", "7", "--json");
  assert.equal(first, {
    status: 5,
    stdout: '["run","pipelines/grpo-gomail.yaml","--profile","gpu","--mode","score","--seed","7","--json"]\n',
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
