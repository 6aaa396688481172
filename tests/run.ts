/**
 * Runs every test file as a process of its own, on Node and, unless the file says `// runtime: node`, on Deno too. A file
 * that fails is run once more when the machine has nothing else to do; what then passes is counted, and named as unsteady.
 *
 *   node tests/run.ts [--node] [--deno] [--python] [--grep PATTERN] [--dir FOLDER] [--limit-s SECONDS] [--once]
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

type Runtime = "node" | "deno" | "python";

interface Job {
  readonly file: string;
  readonly runtime: Runtime;
}

interface Result extends Job {
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  readonly output: string;
  /** Why the file counts as failed although no test in it did. */
  readonly trouble?: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const runtimes: readonly Runtime[] = ["node", "deno", "python"];
const sidecar = "plugins/lora/sidecar";
const concurrency = 2;
const graceMs = 5_000;

const { values: flags } = parseArgs({
  options: {
    node: { type: "boolean", default: false },
    deno: { type: "boolean", default: false },
    python: { type: "boolean", default: false },
    grep: { type: "string", default: "" },
    dir: { type: "string", default: "tests" },
    "limit-s": { type: "string", default: "600" },
    once: { type: "boolean", default: false },
  },
});

function testFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => folder.includes("fixtures") || !file.startsWith(join("tests", "fixtures")))
    .sort();
}

function isPortable(file: string): boolean {
  const head = readFileSync(join(root, file), "utf8").split("\n", 5);
  return !head.some((line) => line.trim() === "// runtime: node");
}

function plan(): Job[] {
  const wanted = runtimes.filter((runtime) => flags[runtime]);
  const pattern = new RegExp(flags.grep);
  const files = testFiles(flags.dir).filter((file) => pattern.test(file));
  const jobs: Job[] = [
    ...files.map((file) => ({ file, runtime: "node" as const })),
    ...files.filter(isPortable).map((file) => ({ file, runtime: "deno" as const })),
  ];
  const python = join(sidecar, "tests");
  if (flags.dir === "tests" && existsSync(join(root, python)) && pattern.test(python)) {
    jobs.unshift({ file: python, runtime: "python" }); // One long file: last, it would run alone.
  }
  return jobs.filter((job) => wanted.length === 0 || wanted.includes(job.runtime));
}

/** The first of these programs that exists; the bare name, left to the PATH, when none does. */
function program(name: string, ...places: string[]): string {
  return places.map((place) => join(root, place)).find((path) => existsSync(path)) ?? name;
}

/** Whether the sidecar's tests can run: its packages are big, and not every machine gets them. */
function hasPython(): boolean {
  return spawnSync(commands.python[0] as string, ["-c", "import pytest, torch"]).status === 0;
}

const onDeno = "deno" in process.versions;
const commands: Record<Runtime, readonly string[]> = {
  node: [onDeno ? program("node", "node_modules/.bin/node") : process.execPath],
  deno: [onDeno ? process.execPath : program("deno", ".tools/deno/node_modules/.bin/deno"), "run", "-A", "--quiet"],
  python: [program("python3", ".tools/python/bin/python"), "-m", "pytest", "-q", "--rootdir", sidecar],
};

const { FORCE_COLOR: _, ...environment } = process.env;
const env = {
  ...environment,
  NO_COLOR: "1",
  // Node keeps what it made of a source for the next of the many processes that read it.
  NODE_COMPILE_CACHE: environment["NODE_COMPILE_CACHE"] ?? join(tmpdir(), "halo-tests-compiled"),
};

const running = new Set<ChildProcess>();
let stopping = false;

/** Signals the whole group: a test's own children must not outlive it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}

function counts({ runtime }: Job, output: string): { passed: number; failed: number } | undefined {
  if (runtime === "python") {
    const count = (word: string) => Number(output.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
    const passed = count("passed");
    const failed = count("failed") + count("errors?");
    return passed + failed === 0 ? undefined : { passed, failed };
  }
  const line = [...output.matchAll(/^@halo-tests (\{.*\})$/gm)].at(-1)?.[1];
  return line === undefined ? undefined : JSON.parse(line);
}

function run(job: Job, limitS: number): Promise<Result> {
  const [command, ...prefix] = commands[job.runtime] as [string, ...string[]];
  const start = performance.now();
  const child = spawn(command, [...prefix, job.file], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env,
  });
  running.add(child);
  const chunks: Uint8Array[] = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr.on("data", (chunk) => chunks.push(chunk));
  return new Promise((resolve) => {
    let late = false;
    let ending = "no status";
    const timers = [
      setTimeout(() => {
        late = true;
        signalGroup(child, "SIGTERM");
        timers.push(setTimeout(() => signalGroup(child, "SIGKILL"), graceMs));
      }, limitS * 1000),
    ];
    const finish = () => {
      timers.forEach(clearTimeout);
      running.delete(child);
      signalGroup(child, "SIGKILL");
      child.stdout.destroy();
      child.stderr.destroy();
      const output = Buffer.concat(chunks).toString("utf8");
      const seconds = (performance.now() - start) / 1000;
      const found = counts(job, output);
      const { passed, failed } = found ?? { passed: 0, failed: 0 };
      const trouble = late
        ? `still running after ${limitS} s`
        : ending !== "status 0" && failed === 0
        ? `ended with ${ending} though no test failed`
        : found === undefined
        ? "reported no tests; test files use tests/harness.ts"
        : undefined;
      resolve({ ...job, passed, failed: failed + (trouble ? 1 : 0), seconds, output, ...(trouble && { trouble }) });
    };
    child.once("error", (e) => {
      ending = `"${e.message}"`;
      finish();
    });
    child.once("exit", (status, signal) => {
      ending = signal ? `signal ${signal}` : `status ${status}`;
      // A grandchild that keeps the pipes open holds back "close".
      timers.push(setTimeout(finish, graceMs));
    });
    child.once("close", finish);
  });
}

function showFailure(result: Result): void {
  const output = result.output.replace(/^@halo-tests .*\n?/gm, "").trimEnd();
  console.log(`\n--- ${result.file} on ${result.runtime}${result.trouble ? `: ${result.trouble}` : ""}`);
  if (output) console.log(output);
}

/** What a file came to, in one line, printed when it ends: a run that is cut short has still said how far it got. */
function line({ file, runtime, passed, failed, seconds }: Result): string {
  return `${seconds.toFixed(1).padStart(6)} s  ${
    failed ? `${failed} FAILED, ` : ""
  }${passed} passed  ${file} on ${runtime}`;
}

/** The ten files that took longest, with their share of the time of all. */
function slowest(results: readonly Result[]): string {
  const total = results.reduce((sum, { seconds }) => sum + seconds, 0);
  const first = results.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10);
  const share = first.reduce((sum, { seconds }) => sum + seconds, 0) / Math.max(total, 1e-9);
  return [
    `${results.length} files took ${total.toFixed(0)} s; the slowest ${first.length}, ${(share * 100).toFixed(0)} %:`,
    ...first.map(line),
  ].join("\n");
}

function stopOn(signal: NodeJS.Signals, status: number): void {
  process.once(signal, () => {
    stopping = true;
    for (const child of running) signalGroup(child, "SIGTERM");
    setTimeout(() => {
      for (const child of running) signalGroup(child, "SIGKILL");
      process.exit(status);
    }, 1_000);
  });
}

async function main(): Promise<number> {
  const limitS = Number(flags["limit-s"]);
  if (!(limitS > 0)) throw new Error(`--limit-s expects seconds > 0, got "${flags["limit-s"]}"`);
  stopOn("SIGINT", 130);
  stopOn("SIGTERM", 143);
  const all = plan();
  const queue = all.filter((job) => job.runtime !== "python" || hasPython());
  if (queue.length < all.length) {
    console.log(
      `skipped: ${sidecar}/tests, no .tools/python with pytest and torch; ./launch.sh --setup-only --dev makes it`,
    );
  }
  if (all.length === 0) {
    console.log(`no test file under ${flags.dir} matches /${flags.grep}/`);
    return 1;
  }
  for (const runtime of new Set(queue.map((job) => job.runtime))) {
    if (spawnSync(commands[runtime][0] as string, ["--version"]).status !== 0) {
      console.log(`${runtime} does not start here; ./launch.sh --setup-only --dev installs what the tests need`);
      return 1;
    }
  }
  const results: Result[] = [];
  const worker = async () => {
    for (let job = queue.shift(); job && !stopping; job = queue.shift()) {
      const result = await run(job, limitS);
      if (result.failed) showFailure(result);
      console.log(line(result));
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const unsteady: string[] = [];
  for (const [i, { file, runtime, failed }] of results.entries()) {
    if (failed === 0 || flags.once || stopping) continue;
    const again = await run({ file, runtime }, limitS);
    if (again.failed) showFailure(again);
    else unsteady.push(`unsteady: ${file} on ${runtime} failed beside others and passed alone`);
    results[i] = again;
  }
  const sum = (key: "passed" | "failed") => results.reduce((total, result) => total + result[key], 0);
  if (unsteady.length > 0) console.log(`\n${unsteady.join("\n")}`);
  console.log(`\n${slowest(results)}\n\n${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") ? 1 : 0;
}

process.exitCode = await main();
