import type { HaloError } from "../util/errors.ts";
import { plainText } from "../util/plain-text.ts";
import { ConfigProblem } from "./problem.ts";
import type { Span } from "./tree.ts";

/** Widest part of a source line that a frame shows, in characters. */
const frameWidth = 110;

/** An error as people read it: code and place, the line before and the line itself with carets and message, the next command. */
export function formatError(error: HaloError): string {
  const span = error instanceof ConfigProblem ? error.span : undefined;
  const head = `error ${error.code}${span ? `  ${shownPlace(span)}` : ""}`;
  const body = span ? frame(span, error.message) : [`  ${error.message.replaceAll("\n", "\n  ")}`];
  const next = error.hint === undefined ? [] : [`  ${error.hint.startsWith("halo ") ? "see" : "try"}: ${error.hint}`];
  return plainText([head, ...body, ...next].join("\n"));
}

function shownPlace({ source, line, col }: Span): string {
  return source.name.startsWith("--set") ? `${source.name} (${source.text})` : `${source.name}:${line}:${col}`;
}

function frame({ source, line, col, width }: Span, message: string): string[] {
  const lines = source.text.split(/\r?\n/);
  const from = col > frameWidth - 20 ? col - 40 : 0;
  const cut = (text: string) => text.replaceAll("\t", " ").slice(from, from + frameWidth).trimEnd();
  const digits = String(line).length;
  const gutter = (n: number | string) => `  ${String(n).padStart(digits)} | `;
  const before = line > 1 && lines[line - 2]!.trim() !== "" ? [gutter(line - 1) + cut(lines[line - 2]!)] : [];
  const carets = "^".repeat(Math.max(1, Math.min(width, frameWidth - (col - 1 - from))));
  return [
    ...before,
    gutter(line) + cut(lines[line - 1] ?? ""),
    `${gutter("")}${" ".repeat(col - 1 - from)}${carets} ${message}`,
  ];
}
