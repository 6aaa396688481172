import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ended, findProgram, runProgram } from "./program.ts";

/** A Python script of somebody else's, and all that it gets to see. */
export interface IsolatedScript {
  readonly python: string;
  /** Path of the script. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Texts of the files in its working folder, by name; there are no others. */
  readonly files: Readonly<Record<string, string>>;
  /** Name of the file that it answers in. */
  readonly answer?: string;
  /** Its whole environment; empty when absent. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly limitMs: number;
}

/** How a script ended, and what it left in its answer file, if anything. */
export interface IsolatedEnd extends Ended {
  readonly answer?: string;
}

/**
 * Runs a script to its end, killed at the limit: isolated Python without site packages, in a fresh private folder that goes
 * afterwards, without the network where the system lets go of it. Throws only when `signal` aborts.
 */
export async function runIsolated(
  { python, script, args = [], files, answer, env = {}, signal, limitMs }: IsolatedScript,
): Promise<IsolatedEnd> {
  const cwd = await mkdtemp(join(tmpdir(), "halo-"));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text, { mode: 0o600 });
    const words = [...await withoutNetwork(), python, "-I", "-S", script, ...args];
    const ended = await runProgram(words[0]!, words.slice(1), { signal, limitMs, cwd, env });
    const left = answer === undefined ? undefined : await readFile(join(cwd, answer), "utf8").catch(() => undefined);
    return { ...ended, ...(left !== undefined && { answer: left }) };
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

let isolation: Promise<readonly string[]> | undefined;

/** The words before a command that take its network away; none where the system refuses. Found out once. */
export function withoutNetwork(): Promise<readonly string[]> {
  return isolation ??= probe();
}

async function probe(): Promise<readonly string[]> {
  const unshare = await findProgram("unshare");
  if (unshare === undefined) return [];
  const words = [unshare, "--user", "--map-current-user", "--net", "--"];
  const { code } = await runProgram(words[0]!, [...words.slice(1), "/bin/true"], {
    signal: AbortSignal.timeout(10_000),
    limitMs: 5_000,
    env: {},
  });
  return code === 0 ? words : [];
}
