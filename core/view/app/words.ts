import type { StopReason } from "../../domain/verdict.ts";

/** Numbers and names as the pages write them. */

/** A space at which no line breaks: a number keeps its unit. */
const tie = "\u00a0";

export const percent = (rate: number): string => `${bare(rate)}${tie}%`;

/** "87.1 to 98.4 %" */
export const percents = ([from, to]: readonly [number, number]): string => `${bare(from)} to ${percent(to)}`;

const bare = (rate: number): string => (rate * 100).toFixed(rate === 0 || rate === 1 ? 0 : 1);

export const signed = (value: number, digits = 2): string =>
  `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;

/** A figure of unknown size with about four digits. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e6 || size < 1e-3) return value.toExponential(1);
  if (size >= 1000) return value.toFixed(0);
  return value.toFixed(size >= 100 ? 1 : size >= 1 ? 2 : 3);
}

export function duration(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)}${tie}s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)}${tie}min` : `${(seconds / 3600).toFixed(1)}${tie}h`;
}

/** "p = 0.0412"; small ones as a bound. */
export const pValue = (p: number): string => p < 0.0001 ? "p < 0.0001" : `p = ${p.toFixed(4)}`;

export const when = (iso: string): string => iso.slice(0, 16).replace("T", " ");

/** "all failed" of "all_failed". */
export const words = (name: string): string => name.replaceAll("_", " ");

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** Why an episode ended, by the name of its stop. */
const ends: Readonly<Record<StopReason, string>> = {
  solved: "the page showed the task solved",
  declared: "the policy said that it was done",
  gave_up: "the policy said that it cannot be done",
  ended: "the page ended the episode",
  max_steps: "no step was left",
  loop: "it came to one page too often",
  invalid_action: "too many outputs could not be read",
  timeout: "its time was over",
};

/** Why an episode ended, as a sentence says it. */
export const endOf = (stop: string): string => Object.hasOwn(ends, stop) ? ends[stop as StopReason] : words(stop);
