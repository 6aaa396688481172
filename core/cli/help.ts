import type { AnyCommand, Flag } from "./command.ts";

export interface HelpOptions {
  /** Columns of the terminal; Infinity where there is none, so that lines stay whole. */
  readonly columns: number;
}

/** What `halo --help` prints: every command with its summary. */
export function overview(commands: readonly AnyCommand[], o: HelpOptions & { readonly version: string }): string {
  const rows = commands.map((c) => [usageOf(c), c.summary] as const);
  return [
    ...wrap(`halo ${o.version}: online reinforcement learning for browser agents`, o),
    "",
    "usage: halo <command> [flags]",
    "",
    ...table(rows, o),
    "",
    ...wrap("halo <command> --help explains one command. docs/errors.md lists error codes and exit statuses.", o),
  ].join("\n");
}

/** What `halo COMMAND --help` prints. */
export function helpOf(row: AnyCommand, o: HelpOptions): string {
  const flags = row.flags.map((flag) => [flagUsage(flag), flag.summary] as const);
  const examples = row.examples ?? [];
  return [
    ...wrap(`halo ${row.name}: ${row.summary}`, o),
    "",
    ...wrap(`usage: halo ${usageOf(row)}`, o),
    ...(flags.length > 0 ? ["", "flags:", ...table(flags, o)] : []),
    ...(examples.length > 0 ? ["", "examples:", ...examples.flatMap((line) => example(line, o))] : []),
  ].join("\n");
}

/** A command with its arguments: "check <pipeline>". */
export const usageOf = ({ name, args }: AnyCommand): string => `${name} ${args}`.trim();

/** A flag as it is written: "--mode <name>". */
export const flagUsage = (flag: Flag): string => flag.value ? `--${flag.name} <${flag.value}>` : `--${flag.name}`;

/** Fewest columns that the right side of a table is squeezed into before it moves below the left one. */
const narrowest = 30;

/** Two columns, the first as wide as its widest entry; where that leaves little room, the second stands below it. */
function table(rows: readonly (readonly [string, string])[], { columns }: HelpOptions): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  const room = columns - width - 4;
  return rows.flatMap(([left, right]) => {
    if (room < narrowest) return [`  ${left}`, ...wrap(right, { columns: columns - 6 }).map((line) => `      ${line}`)];
    const [first = "", ...more] = wrap(right, { columns: room });
    return [`  ${left.padEnd(width)}  ${first}`, ...more.map((line) => `  ${"".padEnd(width)}  ${line}`)];
  });
}

/** A command that can be copied from several lines as from one. */
function example(line: string, { columns }: HelpOptions): string[] {
  const lines = wrap(line, { columns: columns - 6 });
  return lines.map((part, i) => `${i === 0 ? "  " : "    "}${part}${i + 1 < lines.length ? " \\" : ""}`);
}

/** The words of a text in lines of at most so many columns; a longer word has a line of its own. */
function wrap(text: string, { columns }: HelpOptions): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= columns) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
