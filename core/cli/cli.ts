import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CAC, cac } from "cac";
import { HaloError } from "../util/errors.ts";
import { didYouMean } from "../util/nearest.ts";
import { packageRoot } from "../util/package-root.ts";
import type { AnyCommand, Flag } from "./command.ts";
import { commands } from "./commands.ts";
import { exitCodes } from "./exit.ts";
import { flagUsage, helpOf, overview, usageOf } from "./help.ts";
import type { Io } from "./io.ts";
import { reportError } from "./report-error.ts";

/** Runs one command line without the program's name; returns the exit status and never throws. */
export async function cli(argv: readonly string[], io: Io): Promise<number> {
  const isJson = argv.includes("--json");
  try {
    return await dispatch(argv, io);
  } catch (e) {
    return await reportError(e, { io, isJson });
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  if (argv.length === 0 || (argv.length === 1 && ["help", "--help", "-h"].includes(argv[0]!))) {
    io.out(overview(commands, { version: version(), columns: io.columns }));
    return exitCodes.done;
  }
  if (argv.length === 1 && ["--version", "-v"].includes(argv[0]!)) {
    io.out(version());
    return exitCodes.done;
  }
  const [name = "", ...rest] = argv[0] === "help" ? [...argv.slice(1), "--help"] : argv;
  const row = commands.find((c) => c.name === name || c.formerly === name);
  if (!row) throw unknownCommand(name);
  if (row.name !== name) io.err(`"halo ${name}" is called "halo ${row.name}" now; the old name still works`);
  if (rest.includes("--help") || rest.includes("-h")) {
    io.out(helpOf(row, { columns: io.columns }));
    return exitCodes.done;
  }
  const input = parse(row, rest);
  const run = await row.load();
  const watchdog = row.loadsPlugins && await io.watch?.();
  try {
    return await run(input, { ...io, ...(watchdog && { watchdog }) });
  } finally {
    await watchdog?.close();
  }
}

function unknownCommand(name: string): HaloError {
  const names = commands.map((c) => c.name);
  if (name.startsWith("-")) {
    return new HaloError("HALO_CLI_FLAG", `a command comes before its flags, got "${name}"`, { hint: "halo --help" });
  }
  return new HaloError("HALO_CLI_COMMAND", `there is no command "${name}"${didYouMean(name, names)}`, {
    hint: "halo --help",
  });
}

/** Arguments and flags of a row, checked against it. */
function parse(row: AnyCommand, argv: readonly string[]) {
  const hint = `halo ${row.name} --help`;
  checkFlagNames(row, argv, hint);
  const program: CAC = cac("halo");
  const target = program.command(usageOf(row), row.summary);
  for (const flag of row.flags) target.option(flagUsage(flag), flag.summary, flag.value ? { type: [String] } : {});
  let args: readonly string[];
  let options: Readonly<Record<string, unknown>>;
  try {
    ({ args, options } = program.parse(["node", "halo", row.name, ...argv], { run: false }));
    target.checkRequiredArgs();
    target.checkOptionValue();
    target.checkUnusedArgs();
  } catch (e) {
    const reason = e instanceof Error ? e.message : String(e);
    const told = reason.startsWith("missing required args") ? `halo ${row.name} needs ${row.args}` : reason;
    throw new HaloError("HALO_CLI_USAGE", `${told}; usage: halo ${usageOf(row)}`, { hint });
  }
  const flags = Object.fromEntries(
    row.flags.map((flag) => [flag.name, valueOf(flag, options[camelCase(flag.name)], hint)]),
  );
  return { args: args.map(String), flags };
}

function checkFlagNames(row: AnyCommand, argv: readonly string[], hint: string): void {
  const names = row.flags.map((flag) => flag.name);
  const end = argv.indexOf("--");
  const given = end < 0 ? argv : argv.slice(0, end);
  for (const [i, word] of given.entries()) {
    const before = row.flags.find((flag) => `--${flag.name}` === given[i - 1]);
    if (!/^-[^-\d]|^--./.test(word) || before?.value) continue;
    const name = word.replace(/^-+/, "").replace(/=.*/s, "");
    const flag = word.startsWith("--") ? row.flags.find((f) => f.name === name) : undefined;
    if (flag?.value && !word.includes("=") && (given[i + 1] ?? "--").startsWith("--")) {
      throw new HaloError("HALO_CLI_USAGE", `${flagUsage(flag)} lacks its value`, { hint });
    }
    if (flag) continue;
    throw new HaloError(
      "HALO_CLI_FLAG",
      `halo ${row.name} has no flag "${word.replace(/=.*/s, "")}"${didYouMean(name, names).replace('"', '"--')}`,
      { hint },
    );
  }
}

function valueOf(flag: Flag, given: unknown, hint: string): unknown {
  if (!flag.value) return given === true;
  const values = (Array.isArray(given) ? given : []).filter((v) => v !== undefined).map(String);
  if (flag.isList) return values;
  if (new Set(values).size > 1) {
    throw new HaloError("HALO_CLI_USAGE", `--${flag.name} can be given once, got ${values.join(" and ")}`, { hint });
  }
  const value = values[0];
  if (!flag.isNumber || value === undefined) return value;
  if (/^\d+$/.test(value)) return Number(value);
  throw new HaloError("HALO_CLI_USAGE", `--${flag.name} must be a whole number, got "${value}"`, { hint });
}

const camelCase = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function version(): string {
  return JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")).version;
}
