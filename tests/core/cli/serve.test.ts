// runtime: node
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { freePort } from "../../../core/serve/port.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { isRunning, node, tempDir, until } from "../serve/fake.ts";
import { capture } from "./capture.ts";

const test = suite("cli/serve");
const pipeline = join(packageRoot(), "tests/fixtures/services/pipeline.yaml");
const fakeNode = `--set=policy.options.node=${node}`;

/** `halo serve` as a program of its own, in a folder of its own; `lines` are its JSON lines so far. */
async function served(t: TestContext, ...flags: string[]) {
  const cwd = tempDir(t);
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(node, [join(packageRoot(), "bin/halo.mjs"), "serve", pipeline, fakeNode, "--json", ...flags], {
    cwd,
    env: { ...process.env, FAKE_URL: url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.defer(() => spawnSync("bash", [join(packageRoot(), "teardown.sh"), join(cwd, "runs")]));
  let out = "";
  child.stdout.on("data", (chunk) => out += chunk);
  child.stderr.on("data", (chunk) => out += chunk);
  const lines = () => out.trim().split("\n").map((line) => JSON.parse(line));
  const seen = (state: string) => out.includes(`"${state}"`);
  const pid = () => lines().find((line) => line.state === "ready").pid as number;
  const ready = () => until(() => out.includes('"type":"ready"') || child.exitCode !== null, t.signal);
  return { child, cwd, url, lines, seen, pid, ready };
}

const ended = async (child: ChildProcess): Promise<unknown> =>
  child.exitCode ?? child.signalCode ?? (await once(child, "exit")).find((how) => how !== null);

test("halo serve says what halo run needs, keeps the token to itself, and ends with 0 on a signal", async (t) => {
  const { child, cwd, url, lines, pid, ready } = await served(t);
  await ready();
  const token = join(cwd, "runs/services/HALO_FAKE_TOKEN");
  assert.equal(lines().map(({ type, state }) => state ?? type), ["starting", "ready", "ready"]);
  assert.equal(lines().at(-1), {
    type: "ready",
    services: ["fake"],
    variables: { FAKE_URL: url, HALO_FAKE_TOKEN_FILE: token },
  });
  assert.is(statSync(token).mode & 0o777, 0o600);
  assert.not.match(JSON.stringify(lines()), readFileSync(token, "utf8").trim());
  const service = pid();
  assert.equal(readdirSync(join(cwd, "runs/services/pids")).sort(), [String(child.pid), String(service)].sort());
  // What a run in this folder sees: the pipeline loads, its secret is found.
  const check = spawnSync(node, [join(packageRoot(), "bin/halo.mjs"), "serve", pipeline, fakeNode], {
    cwd,
    env: { ...process.env, FAKE_URL: url },
    encoding: "utf8",
  });
  assert.match(check.stderr, `HALO_SERVICE_PORT\n  fake cannot listen on ${new URL(url).host}: process ${service} (`);
  assert.is(check.status, 3);
  child.kill("SIGTERM");
  assert.is(await ended(child), 0);
  assert.equal(lines().at(-1), { type: "done", ok: true, exit: 0 });
  assert.equal([isRunning(service), readdirSync(join(cwd, "runs/services/pids"))], [false, []]);
});

test("halo serve leaves no process when a second signal ends it at once", async (t) => {
  const { child, cwd, ready, pid, seen } = await served(t, "--set=policy.options.flags=['--stubborn']");
  await ready();
  child.kill("SIGINT");
  await until(() => readFileSync(join(cwd, "runs/services/fake.log"), "utf8").includes("asked"), t.signal);
  assert.not.ok(seen("stopped"));
  child.kill("SIGINT");
  assert.is(await ended(child), 130);
  await until(() => !isRunning(pid()), t.signal);
});

test("teardown.sh stops halo serve and its services, and what a killed halo serve left", async (t) => {
  for (const isKilled of [false, true]) {
    const { child, cwd, ready, pid } = await served(t);
    await ready();
    if (isKilled) {
      child.kill("SIGKILL");
      await ended(child);
      assert.ok(isRunning(pid()));
    }
    const { status, stderr } = spawnSync("bash", [join(packageRoot(), "teardown.sh"), join(cwd, "runs")], {
      encoding: "utf8",
    });
    assert.equal([status, stderr], [0, "teardown: stopped; the state is kept in the run folders\n"]);
    await ended(child);
    assert.equal([isRunning(pid()), readdirSync(join(cwd, "runs/services/pids"))], [false, []]);
  }
}, { timeoutMs: 60_000 });

test("halo serve says which programs there are when none is asked for, or --only names another", async (t) => {
  const cwd = tempDir(t);
  const none = await capture(["serve", join(packageRoot(), "tests/board/pipeline.yaml")], { cwd });
  assert.is(none.exit, 2);
  assert.match(none.err, "HALO_SERVICE_NONE\n  the plugins of this pipeline ask for no program to be started here");
  const other = await capture(["serve", pipeline, "--only", "fak"], { cwd });
  assert.is(other.exit, 2);
  assert.match(other.err, '--only names no service of this pipeline: "fak"; did you mean "fake"?');
});
