import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { TestContext } from "../harness.ts";

/** The repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const tools = "awk bash cat cksum cp df dirname env flock grep id ln mkdir rm sed sleep sort tail timeout tr uname"
  .split(" ");

/** A folder with launch.sh and nothing installed, and a PATH with the basic tools only, no Node. */
export function bareMachine(t: TestContext) {
  const home = mkdtempSync(join(tmpdir(), "halo-launch-"));
  t.defer(() => rmSync(home, { recursive: true, force: true }));
  const bin = join(home, "tools");
  mkdirSync(bin);
  for (const tool of tools) {
    const place = ["/usr/bin", "/bin"].map((folder) => join(folder, tool)).find((path) => existsSync(path));
    if (place) symlinkSync(place, join(bin, tool));
  }
  copyFileSync(join(root, "launch.sh"), join(home, "launch.sh"));
  copyFileSync(join(root, "package-lock.json"), join(home, "package-lock.json"));
  mkdirSync(join(home, "scripts"));
  copyFileSync(join(root, "scripts/preflight-gpu.sh"), join(home, "scripts/preflight-gpu.sh"));
  const addProgram = (path: string, text: string) => {
    mkdirSync(join(home, path, ".."), { recursive: true });
    rmSync(join(home, path), { force: true }); // it may be a link to a program of this machine
    writeFileSync(join(home, path), text);
    chmodSync(join(home, path), 0o755);
  };
  addProgram("tools/a-chromium", "#!/bin/sh\n");
  const env: NodeJS.ProcessEnv = { PATH: bin, HOME: home, HALO_CHROMIUM: join(bin, "a-chromium") };
  return { home, env, addProgram };
}

/** The same with everything installed; `main` is what bin/halo.mjs holds. */
export function readyMachine(t: TestContext, main: string) {
  const machine = bareMachine(t);
  machine.addProgram(
    "tools/npm",
    `#!/bin/sh\nmkdir -p node_modules/.bin\nln -sf ${process.execPath} node_modules/.bin/node\n`,
  );
  symlinkSync(process.execPath, join(machine.home, "tools/node"));
  machine.addProgram("bin/halo.mjs", main);
  return machine;
}

/** Runs launch.sh there. */
export function launch({ home, env }: { home: string; env: NodeJS.ProcessEnv }, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync("bash", [join(home, "launch.sh"), ...options], {
    cwd: tmpdir(),
    env,
    encoding: "utf8",
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}
