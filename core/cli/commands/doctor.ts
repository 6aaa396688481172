import { execFile } from "node:child_process";
import { mkdir, open, readFile, rename, rm, statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { packageRoot } from "../../util/package-root.ts";
import { plainText } from "../../util/plain-text.ts";
import type { CheckResult } from "../doctor/check-result.ts";
import type { RunCommand } from "../command.ts";
import { checkBrowser } from "../doctor/browser.ts";
import { exitCodes } from "../exit.ts";
import type { doctorFlags } from "../flags.ts";
import type { Io } from "../io.ts";

interface Check {
  readonly name: string;
  run(io: Io): Promise<CheckResult>;
}

const checks: readonly Check[] = [
  { name: "runtime", run: checkRuntime },
  { name: "packages", run: checkPackages },
  { name: "browser", run: checkBrowser },
  { name: "runs folder", run: checkRunsFolder },
  { name: "free disk", run: checkDisk },
  { name: "git", run: checkGit },
];

/** Longest time one check may take. */
const checkLimitMs = 60_000;

/** `halo doctor`: looks at everything a run needs on this machine and says what to do about the rest. */
export const doctor: RunCommand<typeof doctorFlags> = async ({ flags }, io) => {
  let failed = 0;
  let done = 0;
  const tell = (name: string, found: CheckResult) => {
    const { status, text, remedy } = found;
    done++;
    if (status === "fail") failed++;
    if (flags.json) {
      io.out(JSON.stringify({ type: "check", name, status, text, ...(status !== "ok" && remedy && { remedy }) }));
    } else print(name, found, io);
  };
  for (const { name, run } of checks) {
    const signal = AbortSignal.any([io.signal, AbortSignal.timeout(checkLimitMs)]);
    const found = await run({ ...io, signal }).catch((e: unknown): CheckResult => ({
      status: "fail",
      text: e instanceof Error ? e.message : String(e),
    }));
    io.signal.throwIfAborted();
    tell(name, found);
  }
  if (flags.gpu) {
    const { gpuSteps } = await import("../doctor/training-loop.ts");
    for await (const { name, found } of gpuSteps(io)) tell(name, found);
  }
  const exit = failed > 0 ? exitCodes.prerequisite : exitCodes.done;
  if (flags.json) io.out(JSON.stringify({ type: "done", ok: failed === 0, exit }));
  else io.err(failed === 0 ? "ready to run" : `${failed} of ${done} checks failed`);
  return exit;
};

function print(name: string, { status, text, remedy }: CheckResult, io: Io): void {
  const colour = { ok: io.paint.green, warn: io.paint.yellow, fail: io.paint.red }[status];
  const [first, ...more] = plainText(text).split("\n");
  io.out(`${colour(status.padEnd(4))}  ${name.padEnd(11)}  ${first}`);
  for (const line of more) io.out(`      ${"".padEnd(11)}  ${line}`);
  if (remedy && status !== "ok") io.out(`      ${"".padEnd(11)}  → ${remedy}`);
}

async function checkRuntime(): Promise<CheckResult> {
  const deno = (process.versions as Readonly<Record<string, string | undefined>>)["deno"];
  if (deno !== undefined) {
    const isNew = Number(deno.split(".")[0]) >= 2;
    return { status: isNew ? "ok" : "fail", text: `Deno ${deno}`, remedy: "install Deno 2 or newer" };
  }
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isNew = major > 22 || (major === 22 && minor >= 18);
  return {
    status: isNew ? "ok" : "fail",
    text: `Node ${process.versions.node}`,
    remedy: "install Node 22.18 or newer",
  };
}

/** Every dependency is installed in the version that package.json asks for. */
async function checkPackages(): Promise<CheckResult> {
  const manifest = JSON.parse(await readFile(join(packageRoot(), "package.json"), "utf8"));
  const wanted: Readonly<Record<string, string>> = manifest.dependencies ?? {};
  const require = createRequire(join(packageRoot(), "package.json"));
  const wrong: string[] = [];
  for (const [name, range] of Object.entries(wanted)) {
    const found = await installedVersion(name, require.resolve.paths(name) ?? []);
    if (found === undefined) wrong.push(`${name} is missing`);
    else if (/^\d/.test(range) && found !== range) wrong.push(`${name} is ${found}, expected ${range}`);
  }
  if (wrong.length > 0) return { status: "fail", text: wrong.join("; "), remedy: "npm ci" };
  return { status: "ok", text: `${Object.keys(wanted).length} packages in their versions` };
}

async function installedVersion(name: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    try {
      return JSON.parse(await readFile(join(folder, name, "package.json"), "utf8")).version;
    } catch {
      // Not here: the next folder up.
    }
  }
  return undefined;
}

/** What the recorder does all the time: write, flush to disk, rename. */
async function checkRunsFolder({ cwd }: Io): Promise<CheckResult> {
  const folder = join(cwd, "runs");
  const file = join(folder, `.doctor-${process.pid}`);
  const remedy = `make ${folder} a writable folder, or set runs_dir in the pipeline`;
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(file, "w");
    try {
      await handle.writeFile("halo");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(file, `${file}.renamed`);
    await rm(`${file}.renamed`);
  } catch (e) {
    return {
      status: "fail",
      text: `cannot write into ${folder}: ${e instanceof Error ? e.message : String(e)}`,
      remedy,
    };
  }
  return { status: "ok", text: `${folder} can be written, flushed and renamed in` };
}

async function checkDisk({ cwd }: Io): Promise<CheckResult> {
  const { bavail, bsize } = await statfs(cwd);
  const freeGiB = Number(bavail) * Number(bsize) / 2 ** 30;
  const status = freeGiB < 0.5 ? "fail" : freeGiB < 5 ? "warn" : "ok";
  return {
    status,
    text: `${freeGiB.toFixed(1)} GiB free`,
    remedy: "a run with screenshots takes about 1 GiB per 10,000 steps: free some space",
  };
}

async function checkGit({ cwd, signal }: Io): Promise<CheckResult> {
  const git = async (...args: string[]) => (await promisify(execFile)("git", args, { cwd, signal })).stdout.trim();
  try {
    await git("rev-parse", "--is-inside-work-tree");
  } catch {
    return { status: "ok", text: "not inside a git repository" };
  }
  try {
    await git("check-ignore", "-q", "runs/x");
  } catch {
    return { status: "warn", text: "git does not ignore runs/", remedy: "echo runs/ >> .gitignore" };
  }
  return { status: "ok", text: "git ignores runs/" };
}
