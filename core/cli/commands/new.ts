import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import process from "node:process";
import { makeDir, writeWhole } from "../../record/durable.ts";
import { packageEntry } from "../../plugin/package.ts";
import { HaloError } from "../../util/errors.ts";
import { didYouMean } from "../../util/nearest.ts";
import { packageRoot } from "../../util/package-root.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { newFlags } from "../flags.ts";

/** What can be written, and the lines that put it into a pipeline; `#` stands for the plugin's path. */
const kinds = {
  reward: ["rewards:", "  - { use: gomail }", "  - { use: #, weight: 1 }"],
  tasks: ["tasks: { use: # }"],
  policy: ["policy: { use: # }"],
  critic: ["critic: { use: # }"],
  tracker: ["trackers: [{ use: # }]"],
  environment: [
    'tasks: { use: "##tasks" }',
    "environment: { use: # }",
    "rewards: [{ use: shaping, options: { success: 1 } }]",
  ],
  site: [
    'tasks: { use: "##tasks" }',
    "environment: { use: replica, options: { site: # } }",
    'rewards: [{ use: "##reward" }]',
  ],
} as const;

type Kind = keyof typeof kinds;

/** `halo new KIND NAME`: a folder with a plugin that works, its fixture and its test. Never overwrites. */
export const newPlugin: RunCommand<typeof newFlags> = async ({ args, flags }, io) => {
  const kind = kindOf(args[0]!);
  const name = args[1]!;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new HaloError("HALO_CLI_USAGE", `a plugin's name is lower case letters, digits and dashes, got "${name}"`, {
      hint: `halo new ${kind} my-${kind}`,
    });
  }
  const folder = resolve(io.cwd, flags.dir ?? ".", name);
  const template = join(packageRoot(), "configs/new", kind);
  const files = readdirSync(template).sort();
  const taken = files.filter((file) => existsSync(join(folder, file)));
  if (taken.length > 0) {
    throw new HaloError("HALO_NEW_EXISTS", `${shown(folder, io.cwd)} holds ${taken.join(", ")} already`, {
      hint: "choose another name, or --dir",
    });
  }
  await makeDir(folder);
  for (const file of files) {
    const text = readFileSync(join(template, file), "utf8").replaceAll(`my-${kind}`, name);
    await writeWhole(join(folder, file), text);
  }
  const yaml = kinds[kind].map((line) => line.replace("#", `${shown(folder, io.cwd, "./")}/${kind}.ts`));
  const test = testCommand(folder, join(folder, `${kind}.test.ts`), io.cwd);
  if (flags.json) {
    io.out(JSON.stringify({ type: "new", kind, name, folder, files, test, yaml }));
    return exitCodes.done;
  }
  io.out(`wrote ${shown(folder, io.cwd)}/{${files.join(",")}}`);
  io.out("");
  io.out("test it:");
  io.out(`  ${test}`);
  io.out("");
  io.out("use it, in a pipeline that lies here (paths start from the pipeline's folder):");
  for (const line of yaml) io.out(`  ${line}`);
  return exitCodes.done;
};

function kindOf(text: string): Kind {
  const known = Object.keys(kinds) as Kind[];
  const kind = known.find((k) => k === text);
  if (kind) return kind;
  throw new HaloError("HALO_CLI_USAGE", `halo new writes no "${text}"${didYouMean(text, known)}`, {
    hint: `it writes: ${known.join(", ")}; docs/plugins.md has whole plugins of the other kinds to start from`,
  });
}

/** A path below the working directory as relative, any other as absolute. */
function shown(path: string, cwd: string, prefix = ""): string {
  const near = relative(cwd, path).split(sep).join("/");
  return near.startsWith("..") || isAbsolute(near) ? path : `${prefix}${near}`;
}

/**
 * The command that runs a test with this runtime. Where "halo-agent" does not resolve by itself, outside of a checkout
 * and of a folder it is installed in, it names where halo is.
 */
function testCommand(folder: string, file: string, cwd: string): string {
  const root = packageRoot();
  const program = quoted(programName());
  const isInside = !relative(root, folder).startsWith("..");
  if ("Deno" in globalThis) {
    const config = isInside && !relative(root, cwd).startsWith("..")
      ? ""
      : ` --config ${quoted(join(root, "deno.json"))}`;
    return `${program} test -A --no-check${config} ${quoted(shown(file, cwd))}`;
  }
  const resolves = isInside || packageEntry("halo-agent", folder) !== undefined;
  const register = resolves ? "" : ` --import ${quoted(join(root, "bin/register.mjs"))}`;
  return `${program}${register} --test ${quoted(shown(file, cwd))}`;
}

/** `node` or `deno` when a shell would start this very program by that name, else its path. */
function programName(): string {
  const name = "Deno" in globalThis ? "deno" : "node";
  // npm puts the project's own programs first while a script runs; a person's shell does not.
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((dir) =>
    !dir.endsWith(join("node_modules", ".bin"))
  );
  const first = path.map((dir) => join(dir, name)).find((file) => existsSync(file));
  const own = realpathSync(process.execPath);
  return first !== undefined && dirname(realpathSync(first)) === dirname(own) ? name : process.execPath;
}

const quoted = (text: string): string => /^[\w./@:=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
