import pc from "picocolors";
import { cli } from "../../../core/cli/cli.ts";
import type { Env } from "../../../core/config/interpolate.ts";
import type { Io } from "../../../core/cli/io.ts";
import { packageRoot } from "../../../core/util/package-root.ts";
import { lineLog } from "../../../core/util/log.ts";

/** Runs one command line in this process and returns what it printed. */
export async function capture(
  argv: readonly string[],
  o: {
    readonly env?: Env;
    readonly cwd?: string;
    readonly signal?: AbortSignal;
    readonly columns?: number;
    readonly onOut?: (line: string) => void;
    readonly confirm?: Io["confirm"];
    readonly watch?: Io["watch"];
  } = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const write = (line: string) => void err.push(line);
  const exit = await cli(argv, {
    out(line) {
      out.push(line);
      o.onOut?.(line);
    },
    err: write,
    paint: pc.createColors(false),
    log: lineLog({ write, isVerbose: false }),
    cwd: o.cwd ?? packageRoot(),
    env: o.env ?? {},
    signal: o.signal ?? new AbortController().signal,
    columns: o.columns ?? Infinity,
    isLive: false,
    ...(o.confirm && { confirm: o.confirm }),
    ...(o.watch && { watch: o.watch }),
  });
  return { exit, out: out.join("\n"), err: err.join("\n") };
}
