import process from "node:process";
import type { RunEvent } from "../../record/events.ts";
import type { Io } from "../io.ts";
import { armsTable } from "./arms-table.ts";
import { doneLines, evaluationLine, iterationLine } from "./lines.ts";

export type OnEvent = (event: RunEvent) => void;

/** Prints each event as one JSON line on stdout. */
export function jsonReporter(io: Io): OnEvent {
  return (event) => io.out(JSON.stringify(event));
}

/**
 * Prints a run for people on stderr and its result on stdout: on a terminal one live line below the finished ones,
 * elsewhere a plain line per iteration and evaluation.
 */
export function textReporter(io: Io, { isQuiet }: { readonly isQuiet: boolean }): OnEvent {
  let isShown = false;
  const sharesTerminal = io.isLive && !isQuiet && process.stdout.isTTY === true;
  const clear = () => {
    if (isShown) process.stderr.write("\r\x1b[2K");
    isShown = false;
  };
  const line = (text: string) => {
    clear();
    if (!isQuiet) io.err(text);
  };
  const live = (text: string) => {
    if (!io.isLive || isQuiet) return;
    clear();
    process.stderr.write(io.paint.dim(text.slice(0, (process.stderr.columns ?? 80) - 1)));
    isShown = true;
  };
  return (event) => {
    const arm = event.arm === undefined ? "" : `${event.arm}/`;
    switch (event.type) {
      case "arm":
        return line(`arm ${event.name}  ${event.index + 1} of ${event.of}  ${event.run}`);
      case "launch":
        return line(
          `${event.resumed ? "resumed" : "run"} ${event.run}  seed ${event.seed}${
            event.reproducible ? ", reproducible" : ""
          }`,
        );
      case "stage":
        return live(`${event.kind} ${arm}${event.label} …`);
      case "episode":
        return live(`${arm}${event.label}  ${event.done}/${event.of} episodes, ${event.successes} solved`);
      case "slot":
        return live(`iteration ${event.iteration}  ${event.done}/${event.of} tasks`);
      case "iteration":
        return line(iterationLine(event));
      case "evaluation":
        return line(evaluationLine({ ...event, label: arm + event.label }));
      case "comparison":
        return; // Part of the result, which `done` prints.
      case "warning":
        return line(`${io.paint.yellow("warning")} ${event.message}`);
      case "done":
        clear();
        return [...event.arms ? armsTable(event) : [], ...doneLines(event, { evaluations: !sharesTerminal })].forEach((
          text,
        ) => io.out(text));
    }
  };
}
