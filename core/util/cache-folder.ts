import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** Path of a folder in halo's own cache on this machine. */
export function cacheFolder(name: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  return join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "halo", name);
}
