import process from "node:process";
import { plainText } from "./plain-text.ts";

/** Prose for people; goes to stderr. Facts go to the recorder instead. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A log that says nothing. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** A log that hands each message to `write` as one line; `debug` only when `isVerbose`. */
export function lineLog(o: { readonly write: (line: string) => void; readonly isVerbose: boolean }): Log {
  const line = (prefix: string) => (message: string) => o.write(`${prefix}${plainText(message)}`);
  return {
    debug: o.isVerbose ? line("debug: ") : () => {},
    info: line(""),
    warn: line("warning: "),
    error: line("error: "),
  };
}

/** The log of the command line: stderr, with debug messages when HALO_DEBUG is set. */
export const stderrLog: Log = lineLog({
  write: (line) => void process.stderr.write(`${line}\n`),
  isVerbose: Boolean(process.env["HALO_DEBUG"]),
});
