import { execFile } from "node:child_process";
import { mkdir, open, readFile, rename, rm, statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import type { CheckResult } from "../../domain/doctor.ts";
import { packageRoot } from "../../util/package-root.ts";
import type { Io } from "../io.ts";
import { checkBrowser } from "./browser.ts";

interface MachineCheck {
  readonly name: string;
  run(io: Io): Promise<CheckResult>;
}

/** What every run needs of a machine, in the order it is told. */
export const machineChecks: readonly MachineCheck[] = [
  { name: "runtime", run: checkRuntime },
  { name: "packages", run: checkPackages },
  { name: "browser", run: checkBrowser },
  { name: "runs folder", run: checkRunsFolder },
  { name: "free disk", run: checkDisk },
  { name: "git", run: checkGit },
];

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
