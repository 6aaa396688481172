import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { HaloError } from "halo-agent";
import { cacheFolder, findPython, runProgram } from "halo-agent/kit";
import { agisdk } from "../agisdk.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Folder of the virtual environment that `--install` makes. */
const harnessFolder = (env: Env): string => cacheFolder(`${agisdk.name}-${agisdk.version}-python`, env);

/** The Python with the harness: the one that is named, else the one in halo's cache. Throws HALO_AGISDK_MISSING. */
export async function harnessPython(
  named: string | undefined,
  { env, signal }: { readonly env: Env; readonly signal: AbortSignal },
): Promise<string> {
  const python = named ?? join(harnessFolder(env), "bin", "python");
  const ask = `import importlib.metadata as m; print(m.version("${agisdk.name}"))`;
  const { code, stdout } = await runProgram(python, ["-c", ask], { signal, limitMs: 60_000 });
  const found = stdout.trim();
  if (code === 0 && found === agisdk.version) return python;
  const what = code === 0
    ? `has ${agisdk.name} ${found}, expected ${agisdk.version}`
    : `has no ${agisdk.name} ${agisdk.version}, or is not there`;
  throw new HaloError("HALO_AGISDK_MISSING", `${python} ${what}`, {
    hint: "halo agisdk --install makes one (0.7 GB from PyPI, without torch); or name yours: --python PATH",
  });
}

/** Makes a virtual environment with the harness. Throws HALO_FETCH_FAILED with pip's last words. */
export async function installHarness(
  { env, signal }: { readonly env: Env; readonly signal: AbortSignal },
): Promise<string> {
  const folder = harnessFolder(env);
  const have = await harnessPython(undefined, { env, signal }).catch(() => undefined);
  if (have !== undefined) return folder;
  const python = await findPython("python3");
  await mkdir(join(folder, ".."), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  const pip = join(folder, "bin", "python");
  const steps: readonly (readonly [string, readonly string[]])[] = [
    [python, ["-m", "venv", folder]],
    [pip, ["-m", "pip", "install", "--quiet", `${agisdk.name}==${agisdk.version}`]],
  ];
  for (const [program, args] of steps) {
    const { code, stderr } = await runProgram(program, args, { signal, limitMs: 3_600_000 });
    if (code === 0) continue;
    await rm(folder, { recursive: true, force: true });
    const last = stderr.trim().split("\n").at(-1)?.slice(0, 300) ?? "";
    throw new HaloError("HALO_FETCH_FAILED", `${agisdk.name} ${agisdk.version} could not be installed: ${last}`, {
      hint:
        `by hand: ${python} -m venv DIR && DIR/bin/pip install ${agisdk.name}==${agisdk.version}; then --python DIR/bin/python`,
    });
  }
  return folder;
}
