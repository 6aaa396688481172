import { randomInt } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";

/** True when this machine can listen there now. */
export function isPortFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host, port }, () => server.close(() => resolve(true)));
  });
}

/** Ports below those that systems give to connections and to whoever asks for any: these stay free until somebody wants them. */
const named = { first: 20_000, count: 12_000 };

/** A port of 127.0.0.1 that is free now, for a program that listens later. Throws when none of many is. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = named.first + randomInt(named.count);
    if (await isPortFree("127.0.0.1", port)) return port;
  }
  throw new Error(`none of 100 ports from ${named.first} on is free on 127.0.0.1`);
}

/** A process that listens, with the first words of its command line: later words may be secrets. */
export interface Listener {
  readonly pid: number;
  readonly command: string;
}

/** Who listens on a port, where the system tells (Linux, and only processes this user may look at). */
export function listenerOf(port: number): Listener | undefined {
  const sockets = new Set([...inodes("/proc/net/tcp", port), ...inodes("/proc/net/tcp6", port)]);
  if (sockets.size === 0) return undefined;
  for (const pid of numbers("/proc")) {
    for (const fd of numbers(`/proc/${pid}/fd`)) {
      const inode = attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`))?.match(/^socket:\[(\d+)\]$/)?.[1];
      if (inode !== undefined && sockets.has(inode)) return { pid, command: commandOf(pid) };
    }
  }
  return undefined;
}

const listening = "0A";

function inodes(table: string, port: number): readonly string[] {
  const rows = attempt(() => readFileSync(table, "utf8"))?.split("\n").slice(1) ?? [];
  return rows.flatMap((row) => {
    const [, local = "", , state, , , , , , inode] = row.trim().split(/\s+/);
    const isOurs = state === listening && Number.parseInt(local.split(":")[1] ?? "", 16) === port;
    return isOurs && inode !== undefined ? [inode] : [];
  });
}

function numbers(folder: string): readonly number[] {
  return (attempt(() => readdirSync(folder)) ?? []).filter((name) => /^\d+$/.test(name)).map(Number);
}

function commandOf(pid: number): string {
  const words = attempt(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"))?.split("\0") ?? [];
  return words.slice(0, 3).join(" ").trim().slice(0, 100) || "unknown";
}

/** Undefined instead of an error: processes and their files come and go while one looks. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
