import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeDir, writeWhole } from "../../record/durable.ts";
import { HaloError } from "../../util/errors.ts";
import { packageRoot } from "../../util/package-root.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { initFlags } from "../flags.ts";

/** Files of a project, each with the template it comes from; npm leaves a file called .gitignore out of a package. */
const files: Readonly<Record<string, string>> = {
  "pipeline.yaml": "project/pipeline.yaml",
  ".gitignore": "project/gitignore",
  "reward/reward.ts": "reward/reward.ts",
  "reward/reward.test.ts": "reward/reward.test.ts",
  "reward/pages.json": "reward/pages.json",
};
/** The one file that a project may have already, for example from another tool. */
const mayExist = ".gitignore";

/** `halo init [FOLDER]`: a project with a pipeline that learns, a reward of its own and its test. Never overwrites. */
export const init: RunCommand<typeof initFlags> = async ({ args: [given = "."], flags }, io) => {
  const folder = resolve(io.cwd, given);
  const taken = Object.keys(files).filter((file) => file !== mayExist && existsSync(join(folder, file)));
  if (taken.length > 0) {
    throw new HaloError("HALO_NEW_EXISTS", `${folder} holds ${taken.join(", ")} already`, {
      hint: "name another folder: halo init FOLDER",
    });
  }
  const written = Object.keys(files).filter((file) => !existsSync(join(folder, file)));
  for (const file of written) {
    await makeDir(join(folder, file, ".."));
    const text = readFileSync(join(packageRoot(), "configs/new", files[file]!), "utf8");
    await writeWhole(join(folder, file), text.replaceAll("my-reward", "first-reward"));
  }
  if (flags.json) {
    io.out(JSON.stringify({ type: "init", folder, files: written }));
    return exitCodes.done;
  }
  io.out(`wrote ${written.join(" ")}`);
  io.out("");
  if (given !== ".") io.out(`  cd ${given}`);
  io.out(`  ${command()} run          # pipeline.yaml: learns four kinds of mail tasks, compares before and after`);
  io.out(`  ${command()} runs show latest`);
  io.out(`  ${command()} new critic my-critic   # more to begin with: ${kinds().join(", ")}`);
  return exitCodes.done;
};

/** How halo is started from a shell: by npx where it is an installed package, else by its name. */
function command(): string {
  return packageRoot().includes("node_modules") ? "npx halo" : "halo";
}

function kinds(): readonly string[] {
  return readdirSync(join(packageRoot(), "configs/new")).filter((name) => name !== "project").sort();
}
