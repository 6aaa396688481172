/** Harbor task folders of a recorded mail run: their files, and what their containers' commands do with states of the page. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";
import { openRun } from "../../../core/record/runs.ts";
import { HaloError } from "../../../core/util/errors.ts";
import { assert, suite, type TestContext } from "../../harness.ts";
import { runsFolder } from "../run/board-run.ts";
import { board, small } from "./board.ts";
import { capture } from "./capture.ts";
import { rehearsedRun } from "./rehearsed-run.ts";

const runs = await rehearsedRun();
process.on("exit", () => runs.close());
const pack = join(runs.path, "halo-agent-0.1.0.tgz");
writeFileSync(pack, gzipSync("a package"));
const exported = join(runs.path, "exported");
const harbor = (...argv: readonly string[]) =>
  capture(["export", "latest", "--runs-dir", runs.path, "--format", "harbor", "--package", pack, ...argv]);
const first = await harbor("--to", exported);
const test = suite("cli/export-harbor");
const folders = readdirSync(exported).sort();
const text = (...path: readonly string[]) => readFileSync(join(exported, ...path), "utf8");
const taskOf = (folder: string) => JSON.parse(text(folder, "environment/site/task.json"));

test("halo export --format harbor writes a folder for each task, whole in itself", () => {
  assert.equal([first.exit, first.err, folders.length], [0, "", 4]);
  for (const folder of folders) {
    assert.match(folder, /^gomail-[a-z0-9-]+-[0-9a-f]{8}$/);
    const root = join(exported, folder);
    const files = readdirSync(root, { recursive: true, withFileTypes: true })
      .flatMap((e) => e.isFile() ? [relative(root, join(e.parentPath, e.name)).replaceAll("\\", "/")] : []);
    assert.equal(files.sort(), [
      "environment/Dockerfile",
      "environment/docker-compose.yaml",
      "environment/site/Dockerfile",
      "environment/site/halo-agent-0.1.0.tgz",
      "environment/site/task.json",
      "instruction.md",
      "task.toml",
      "tests/Dockerfile",
      "tests/test.sh",
    ]);
    const { task, site, options, schema } = taskOf(folder);
    assert.equal([site, options, schema, task.split], ["gomail", { scramble: 3 }, "halo.site-task/1", "eval"]);
    assert.ok(
      text(folder, "instruction.md").startsWith(`${task.goal.text}\n\nThe web application is at http://site:8000/`),
    );
    assert.match(text(folder, "environment/site/Dockerfile"), 'RUN npm install --global "/halo/halo-agent-0.1.0.tgz"');
  }
});

test("a Harbor task's task.toml says what is done, on what, how long, and by what rule it is judged", () => {
  const [folder = ""] = folders;
  const { task } = taskOf(folder);
  const toml = text(folder, "task.toml").split("\n");
  const wanted = [
    'schema_version = "1.4"',
    'artifacts = [{ source = "/halo/verdict.json", service = "site" }]',
    `name = "halo/${folder}"`,
    `description = ${JSON.stringify(task.goal.text)}`,
    `task = ${JSON.stringify(task.id)}`,
    `key = "${task.key}"`,
    `judge = "gomail/${task.template}"`,
    `run = "${runs.id}"`,
    `max_steps = ${task.goal.maxSteps}`,
    `timeout_sec = ${task.goal.maxSteps * 60}.0`,
    'environment_mode = "separate"',
  ];
  assert.equal(wanted.filter((line) => !toml.includes(line)), []);
});

interface Served {
  readonly url: string;
  readonly verdict: string;
}

/** Serves a folder's site by the command of its container. */
async function served(t: TestContext, folder: string): Promise<Served> {
  const controller = new AbortController();
  const verdict = join(runs.path, `${folder}.verdict.json`);
  const cmd = JSON.parse(/^CMD (.*)$/m.exec(text(folder, "environment/site/Dockerfile"))![1]!) as readonly string[];
  const here: Readonly<Record<string, string>> = { "/halo/verdict.json": verdict, "0.0.0.0": "127.0.0.1", "8000": "0" };
  const url = await new Promise<string>((resolve, reject) => {
    const running = capture([...cmd.slice(1).map((arg) => here[arg] ?? arg), "--json"], {
      cwd: join(exported, folder, "environment/site"),
      signal: controller.signal,
      onOut: (line) => resolve(JSON.parse(line).url),
    });
    void running.then(({ err }) => reject(new Error(err)));
    t.defer(async () => {
      controller.abort(new HaloError("HALO_INTERRUPTED", "stop"));
      await running;
    });
  });
  return { url, verdict };
}

/** Runs a folder's test by the script of its container; the reward it wrote, undefined when it failed. */
function rewardOf(folder: string, { verdict }: Pick<Served, "verdict">): string | undefined {
  const logs = join(runs.path, `${folder}.logs`);
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(join(logs, "verifier"), { recursive: true });
  const script = text(folder, "tests/test.sh").replaceAll("/halo/verdict.json", verdict).replaceAll("/logs", logs);
  const reward = join(logs, "verifier/reward.txt");
  try {
    execFileSync("sh", ["-c", script], { stdio: "ignore" });
  } catch {
    assert.not.ok(existsSync(reward));
    return undefined;
  }
  return readFileSync(reward, "utf8");
}

/** The page's state at the end of the episode that the run recorded, and whether it solved the task. */
async function endOf(key: string): Promise<{ readonly state: string; readonly isSolved: boolean }> {
  const run = await openRun(runs.id, runs.path);
  const seen = await run.readPages(`eval/${key}#0`);
  const last = [...seen!.points].sort((a, b) => b.depth - a.depth)[0]!;
  return {
    state: JSON.stringify((last.mark!.state as { readonly state: object }).state),
    isSolved: (await run.episodes()).find((e) => e.taskKey === key)!.success,
  };
}

const tell = (url: string, body: string) => fetch(new URL("__halo/state", url), { method: "POST", body });
const stateIn = (html: string) => JSON.parse(JSON.parse(/__halo\.restore\((".*")\);/.exec(html)![1]!));

test("a Harbor task earns 0 at its start and 1 at a state that solves it, which its pages then show", async (t) => {
  let solved = 0;
  for (const folder of folders) {
    const { task } = taskOf(folder);
    const site = await served(t, folder);
    assert.equal([folder, rewardOf(folder, site)], [folder, "0\n"]);
    const page = await (await fetch(site.url)).text();
    assert.match(page, 'haloNames = "3"');
    const start = JSON.stringify(stateIn(page));
    const { state, isSolved } = await endOf(task.key);
    assert.is.not(state, start);
    assert.is((await tell(site.url, state)).status, 204);
    assert.equal([folder, rewardOf(folder, site)], [folder, isSolved ? "1\n" : "0\n"]);
    const { success, by, reason, task: key } = JSON.parse(readFileSync(site.verdict, "utf8"));
    assert.equal([success, by, typeof reason, key], [isSolved, `gomail/${task.template}`, "string", task.key]);
    assert.is(JSON.stringify(stateIn(await (await fetch(site.url)).text())), state);
    assert.is((await tell(site.url, start)).status, 204);
    assert.equal([folder, rewardOf(folder, site)], [folder, "0\n"]);
    if (isSolved) solved++;
  }
  assert.is(solved, 3);
});

/** Runs the script that a judged page brings, on a page that is only its state and its address. */
function shown(html: string, { address }: { readonly address: string }) {
  const script = /<script>(addEventListener\("load", [\s\S]*)<\/script>$/.exec(html)![1]!;
  const page = { state: "", path: new URL(address).pathname, followed: 0, status: 204, told: [] as string[] };
  const none = () => {};
  let changed = none;
  const parts = {
    addEventListener: (_: string, load: () => void) => load(),
    performance: { getEntriesByType: () => [{ name: address }] },
    __halo: {
      snapshot: () => page.state,
      restore(state: string) {
        page.state = state;
        page.path = "/"; // The page puts its address right.
      },
    },
    location: {
      search: "",
      get pathname() {
        return page.path;
      },
    },
    history: { replaceState: (_: unknown, __: string, path: string) => void (page.path = path) },
    PopStateEvent: class {},
    dispatchEvent: () => void page.followed++,
    document: {},
    setInterval: none,
    XMLHttpRequest: class {
      status = 0;
      open(method: string, path: string, isAsync: boolean) {
        assert.equal([method, path, isAsync], ["POST", "/__halo/state", false]);
      }
      send(body: string) {
        page.told.push(body);
        this.status = page.status;
      }
    },
    MutationObserver: class {
      constructor(tell: () => void) {
        changed = tell;
      }
      observe = none;
    },
  };
  new Function(...Object.keys(parts), script)(...Object.values(parts));
  return { page, change: (state: string) => (page.state = state, changed()) };
}

test("a judged page goes on from the site's state, tells each change once, and a refused one again", async (t) => {
  const [folder = ""] = folders;
  const site = await served(t, folder);
  const html = await (await fetch(site.url)).text();
  const { page, change } = shown(html, { address: site.url });
  assert.equal([JSON.parse(page.state), page.followed, page.told], [stateIn(html), 0, []]);
  change("changed");
  change("changed");
  page.status = 400;
  change("again");
  page.status = 204;
  change("again");
  change("again");
  assert.equal(page.told, ["changed", "again", "again"]);
});

test("a judged page that is loaded at another address shows what is there", async (t) => {
  const site = await served(t, folders[0] ?? "");
  const address = new URL("elsewhere", site.url).href;
  const { page } = shown(await (await fetch(new URL("/?at=elsewhere", site.url))).text(), { address });
  assert.equal([page.path, page.followed, page.told], ["/elsewhere", 1, []]);
});

test("halo site --verdict takes nothing that is no state, and has no verdict where it cannot be written", async (t) => {
  const [folder = ""] = folders;
  const site = await served(t, folder);
  const before = readFileSync(site.verdict, "utf8");
  for (const body of ["no state", "null", "{}"]) assert.equal([body, (await tell(site.url, body)).status], [body, 400]);
  assert.is((await fetch(`${site.url}/`)).status, 200);
  assert.is(readFileSync(site.verdict, "utf8"), before);
  rmSync(site.verdict);
  mkdirSync(site.verdict);
  assert.is((await tell(site.url, (await endOf(taskOf(folder).task.key)).state)).status, 400);
  assert.is(rewardOf(folder, site), undefined);
  rmSync(site.verdict, { recursive: true, force: true });
});

test("a Harbor task's test writes no reward without a verdict", () => {
  const [folder = ""] = folders;
  const file = join(runs.path, "missing.json");
  assert.is(rewardOf(folder, { verdict: file }), undefined);
  writeFileSync(file, "{}\n");
  assert.is(rewardOf(folder, { verdict: file }), undefined);
});

test("halo export --format harbor refuses a run whose pages no container can hold, and a package that is none", async (t) => {
  const to = join(runs.path, "refused");
  const refused = async (...argv: readonly string[]) => {
    const { exit, err } = await capture(["export", "latest", "--format", "harbor", "--to", to, ...argv]);
    assert.not.ok(existsSync(to));
    return [exit, ...err.split("\n").slice(0, 2)] as const;
  };
  const { path } = t.use(runsFolder());
  assert.is((await capture(["run", board, "--runs-dir", path, "--quiet", ...small])).exit, 0);
  const [exit, code, message = ""] = await refused("--runs-dir", path, "--package", pack);
  assert.equal([exit, code], [2, "error HALO_EXPORT_HARBOR"]);
  assert.match(
    String(message),
    /^ {2}run \S+ was played in the environment "\S+", whose pages do not go into a container with a task$/,
  );
  assert.equal(await refused("--runs-dir", runs.path), [
    2,
    "error HALO_CLI_USAGE",
    "  --format harbor needs --package FILE.tgz",
  ]);
  assert.equal(await refused("--runs-dir", runs.path, "--package", "README.md"), [
    2,
    "error HALO_CLI_USAGE",
    `  --package must name halo's npm package, a .tgz file, got "README.md"`,
  ]);
});

test("halo site --task-file refuses another site's task, a second way to name it, and a verdict without a task", async () => {
  const file = join(exported, folders[0] ?? "", "environment/site/task.json");
  const refused = async (...argv: readonly string[]) => {
    const { exit, err } = await capture(["site", ...argv]);
    return [exit, ...err.split("\n").slice(0, 2)];
  };
  const usage = (message: string) => [2, "error HALO_CLI_USAGE", `  ${message}`];
  assert.equal(
    await refused("omnizon", "--task-file", file),
    usage(`--task-file must name a file with a task for "omnizon", got a task for "gomail": ${file}`),
  );
  assert.equal(
    await refused("gomail", "--task-file", "no-file"),
    usage('--task-file must name a file with a task for "gomail", got nothing: no-file'),
  );
  assert.equal(
    await refused("gomail", "--task-file", file, "--seed", "1"),
    usage("--task-file says what the task and the site's options are"),
  );
  assert.equal(await refused("gomail", "--verdict", "v.json"), usage("--verdict needs a task"));
});
