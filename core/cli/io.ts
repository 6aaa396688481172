import { writeSync } from "node:fs";
import process from "node:process";
import pc from "picocolors";
import type { Env } from "../config/interpolate.ts";
import { endBrowsersAtOnce } from "../browser/temp-folder.ts";
import { withTokens } from "../serve/tokens.ts";
import { exitOfCode } from "../util/error-facts.ts";
import type { HaloError } from "../util/errors.ts";
import { type Log, stderrLog } from "../util/log.ts";
import type { Watchdog } from "./watchdog.ts";

/** All that a command touches of the process around it; a test hands in its own. */
export interface Io {
  /** Writes a line of the result to stdout. */
  out(line: string): void;
  /** Writes a line for people to stderr. */
  err(line: string): void;
  readonly paint: ReturnType<typeof pc.createColors>;
  readonly log: Log;
  readonly cwd: string;
  readonly env: Env;
  /** Aborts when the user asks to stop. */
  readonly signal: AbortSignal;
  /** Width of the terminal that stdout is; Infinity where it is none. */
  readonly columns: number;
  /** True when stderr is a terminal that may be repainted. */
  readonly isLive: boolean;
  /** Asks on the terminal, "no" being the answer to anything but yes; absent where nobody can answer. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Begins to watch for plugin code that runs on and on; absent where the process is not the command's own. */
  readonly watch?: () => Promise<Watchdog>;
  /** What watches while a command runs that may load plugins. */
  readonly watchdog?: Watchdog | undefined;
}

/** The real streams, colours as NO_COLOR, FORCE_COLOR and the terminal ask for. */
export function processIo(signal: AbortSignal): Io {
  const { env } = process;
  // A reader that has seen enough (`halo tasks | head`) is no error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (e: NodeJS.ErrnoException) => {
      if (e.code !== "EPIPE") throw e;
    });
  }
  const isTerminal = Boolean(process.stderr.isTTY) && env["TERM"] !== "dumb";
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  const isColoured = !env["NO_COLOR"] && (forced || (isTerminal && !env["CI"]));
  const err = (line: string) => void process.stderr.write(`${line}\n`);
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err,
    paint: pc.createColors(isColoured),
    log: stderrLog,
    cwd: process.cwd(),
    env: withTokens(env, { cwd: process.cwd(), isMade: false }),
    signal,
    columns: process.stdout.isTTY ? process.stdout.columns : Infinity,
    isLive: isTerminal && !env["CI"],
    watch: async () => (await import("./watchdog.ts")).startWatchdog({ onStall: tellAtOnce }),
    ...(process.stdin.isTTY && isTerminal && { confirm: (question) => confirmOn(question, signal) }),
  };
}

/** Says how the process ends while nothing else runs any more: streams that wait would stay unwritten. */
function tellAtOnce({ code, message, hint }: HaloError): void {
  writeSync(2, `error ${code}\n  ${message}\n  try: ${hint}\n`);
  const { launches, orphans } = endBrowsersAtOnce();
  if (launches > 0) writeSync(2, `orphans: ${orphans}, ended now\n`);
  if (!process.argv.includes("--json")) return;
  const lines = [{ type: "error", code, message, hint }, { type: "done", ok: false, exit: exitOfCode(code) }];
  writeSync(1, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

async function confirmOn(question: string, signal: AbortSignal): Promise<boolean> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `, { signal })).trim());
  } finally {
    lines.close();
  }
}
