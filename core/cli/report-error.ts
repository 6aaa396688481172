import { isHaloError } from "../util/errors.ts";
import { plainText } from "../util/plain-text.ts";
import { exitCodeOf } from "./exit.ts";
import type { Io } from "./io.ts";

/** More findings than this are counted, not printed. */
const maxPrinted = 20;

/** Prints an error for people, as JSON lines too when asked for; returns the exit status. */
export async function reportError(error: unknown, o: { readonly io: Io; readonly isJson: boolean }): Promise<number> {
  const { io, isJson } = o;
  const exit = exitCodeOf(error);
  if (!isHaloError(error)) {
    const trace = error instanceof Error ? error.stack ?? error.message : String(error);
    io.err(
      `${io.paint.red("error")} HALO_BUG\n  ${
        plainText(trace)
      }\n  try: report this; it is a defect in halo or in a plugin`,
    );
    if (isJson) {
      io.out(
        JSON.stringify({
          type: "error",
          code: "HALO_BUG",
          message: error instanceof Error ? error.message : String(error),
        }),
      );
    }
  } else {
    // The frame formatter knows YAML places; a wrong flag must not pay for loading it.
    const { formatError } = await import("../config/frame.ts");
    const { ConfigErrors } = await import("../config/problem.ts");
    const all = error instanceof ConfigErrors ? error.errors : [error];
    const shown = all.slice(0, maxPrinted).map((e) => formatError(e).replace(/^error/, io.paint.red("error")));
    io.err(shown.join("\n\n"));
    if (all.length > maxPrinted) io.err(`\n… and ${all.length - maxPrinted} more`);
    else if (all.length > 1) io.err(`\n${all.length} errors; nothing was started`);
    if (io.env["HALO_DEBUG"] && error.stack) io.err(plainText(error.stack));
    if (isJson) {
      for (const { code, message, at, hint } of all) {
        io.out(JSON.stringify({ type: "error", code, message, ...at, ...(hint !== undefined && { hint }) }));
      }
    }
  }
  if (isJson) io.out(JSON.stringify({ type: "done", ok: false, exit }));
  return exit;
}
