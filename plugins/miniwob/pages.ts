import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { type Asset, HaloError } from "halo-agent";
import { cacheFolder, filesBelow, sha256Folder } from "halo-agent/kit";

/** The one release whose pages are fetched: the wheel's sha256, and that of its folder of pages. */
export const wheel = {
  name: "miniwob",
  version: "1.1.0",
  sha256: "297006e84219d56ad037e843527ed773a4a82509dc43b6031ec4a3ad3e3e61d9",
  pagesSha256: "ea2e56626cc1da2c61641b93c652c0e2b5aac8c59e11564b452b0844d6978b8e",
} as const;

/** Command that brings the pages to this machine. */
export const fetchCommand = "halo tasks fetch miniwob";

/** Folder of the fetched pages, unless another one is named. */
export const defaultFolder = (): string => cacheFolder(`${wheel.name}-${wheel.version}`);

/** Throws HALO_MINIWOB_FETCH unless the folder holds the pages of the release, byte for byte. */
export async function verifyPages(folder: string): Promise<void> {
  const found = await sha256Folder(folder);
  if (found === wheel.pagesSha256) return;
  throw new HaloError("HALO_MINIWOB_FETCH", `${folder} holds other pages than ${wheel.name} ${wheel.version}`, {
    hint: `remove the folder and run: ${fetchCommand}`,
  });
}

/**
 * The folder of the pages: the one that is named, as it is, else the fetched one, verified. Throws HALO_MINIWOB_MISSING when there
 * is none.
 */
export async function pagesFolder(path?: string): Promise<string> {
  const folder = path ?? defaultFolder();
  const isThere = await stat(join(folder, "miniwob")).then((s) => s.isDirectory(), () => false);
  if (!isThere) {
    throw new HaloError("HALO_MINIWOB_MISSING", `there are no MiniWoB++ pages in ${folder}`, {
      hint: `${fetchCommand}, or name a folder with \`miniwob\`, \`core\` and \`common\` in the option \`path\``,
    });
  }
  if (path === undefined) await verifyPages(folder);
  return folder;
}

/** Names of the pages in a folder, sorted. */
export async function pageNames(folder: string): Promise<readonly string[]> {
  const files = await readdir(join(folder, "miniwob"));
  return files.filter((file) => file.endsWith(".html")).map((file) => file.slice(0, -5)).sort();
}

/** Everything in the folder by the path it is served at. */
export async function pageAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const files = await filesBelow(folder);
  return new Map(
    await Promise.all(files.map(async (file): Promise<[string, Asset]> => {
      const type = types[extname(file)] ?? "application/octet-stream";
      return [`/${file}`, { type, body: await readFile(join(folder, file)) }];
    })),
  );
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".gif": "image/gif",
  ".woff": "font/woff",
};
