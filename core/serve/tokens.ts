import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";

type Env = Readonly<Record<string, string | undefined>>;

/** Where `halo serve` keeps logs, process records and tokens, below the working directory. */
export const servicesFolder = "runs/services";

/** A secret that halo may make up itself: what its own programs ask of each other. */
const ownToken = /^(HALO_[A-Z0-9_]+_TOKEN)_FILE$/;

/**
 * The environment in which `HALO_<NAME>_TOKEN_FILE` names the file under runs/services where `halo serve` keeps that
 * token, unless the token or another file is set. `isMade` makes a file that is missing.
 */
export function withTokens(env: Env, o: { readonly cwd: string; readonly isMade: boolean }): Env {
  return new Proxy(env, {
    get(target, key) {
      const set = typeof key === "string" ? target[key] : undefined;
      const name = typeof key === "string" ? key.match(ownToken)?.[1] : undefined;
      if (set || name === undefined) return set;
      const file = resolve(o.cwd, servicesFolder, name);
      if (o.isMade) makeToken(file);
      return existsSync(file) ? file : undefined;
    },
  });
}

/** Writes a new token that only this user may read; an existing one stays, also when another process makes it now. */
function makeToken(file: string): void {
  if (existsSync(file)) return;
  mkdirSync(join(file, ".."), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  try {
    linkSync(temporary, file);
  } catch (e) {
    if ((e as { code?: string }).code !== "EEXIST") throw e;
  } finally {
    rmSync(temporary, { force: true });
  }
}
