import { HaloError } from "./errors.ts";
import { findProgram, runProgram } from "./program.ts";

/** Milliseconds a Python may take to start. */
const startLimitMs = 10_000;

/**
 * Path of the Python behind a name: what starts under the name may be a wrapper that needs an environment, which scripts
 * are not given. Throws HALO_PYTHON_NOT_FOUND.
 */
export async function findPython(name: string): Promise<string> {
  const path = await findProgram(name);
  const hint = "install Python 3.10 or later; the standard library is enough";
  if (path === undefined) {
    throw new HaloError("HALO_PYTHON_NOT_FOUND", `there is no "${name}" on this machine`, { hint });
  }
  const ask = ["-I", "-S", "-c", "import sys; print(sys.version_info[0], sys.executable)"];
  const limit = { signal: AbortSignal.timeout(startLimitMs), limitMs: startLimitMs };
  const { stdout, stderr } = await runProgram(path, ask, limit);
  const executable = stdout.match(/^3 (.+)$/m)?.[1];
  if (executable !== undefined) return executable;
  const said = `${stdout}${stderr}`.trim().slice(0, 200);
  throw new HaloError("HALO_PYTHON_NOT_FOUND", `"${path}" is no Python 3: it said "${said}"`, { hint });
}
