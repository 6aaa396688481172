import { factsOf } from "../util/error-facts.ts";
import type { HaloError } from "../util/errors.ts";
import { plainText } from "../util/plain-text.ts";
import { ConfigProblem } from "./problem.ts";
import type { Span } from "./tree.ts";

/** Widest source line of a frame, its number included, in characters. */
const frameWidth = 100;
/** Characters shown before the place in a line that is cut on the left. */
const textBefore = 30;

/** An error as people read it: code and place, the line before and the line itself with carets and message, the next command. */
export function formatError(error: HaloError): string {
  const span = error instanceof ConfigProblem ? error.span : undefined;
  const head = `error ${error.code}${span ? `  ${shownPlace(span)}` : ""}`;
  const body = span ? frame(span, error.message) : [`  ${error.message.replaceAll("\n", "\n  ")}`];
  const hint = error.hint ?? factsOf(error.code)?.fix;
  const next = hint === undefined ? [] : [`  ${hint.startsWith("halo ") ? "see" : "try"}: ${hint}`];
  return plainText([head, ...body, ...next].join("\n"));
}

function shownPlace({ source, line, col }: Span): string {
  return source.name.startsWith("--set") ? `${source.name} (${source.text})` : `${source.name}:${line}:${col}`;
}

function frame({ source, line, col, width }: Span, message: string): string[] {
  const lines = source.text.split(/\r?\n/).map((text) => text.replaceAll("\t", " ").trimEnd());
  const text = lines[line - 1] ?? "";
  const digits = String(line).length;
  const gutter = (n: number | string) => `  ${String(n).padStart(digits)} | `;
  const room = frameWidth - gutter(line).length;
  // Of a long line the part around the column: all up to the span's end where that fits, else some text before it.
  const isShort = text.length <= room || col - 1 + width < room;
  const from = isShort ? 0 : Math.max(0, Math.min(col - 1 - textBefore, text.length - room));
  const shown = (whole: string): string => {
    const part = whole.slice(from, from + room);
    const start = from > 0 && part !== "" ? `…${part.slice(1)}` : part;
    return whole.length > from + room ? `${start.slice(0, -1)}…` : start;
  };
  const before = line > 1 ? shown(lines[line - 2]!) : "";
  const indent = col - 1 - from;
  const carets = "^".repeat(Math.max(1, Math.min(width, room - indent)));
  return [
    ...before.trim() === "" ? [] : [gutter(line - 1) + before],
    gutter(line) + shown(text),
    `${gutter("")}${" ".repeat(indent)}${carets} ${message}`,
  ];
}
