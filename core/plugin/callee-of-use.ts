import type { Callee } from "../util/callee.ts";
import type { Use } from "./use.ts";

/** A use as errors name it: kind, name and, where it is no built-in, what the pipeline writes. */
export function calleeOfUse({ kind, plugin, use }: Use): Callee {
  const name = `${kind} "${plugin.name}"`;
  return use === undefined || !/[./@]/.test(use) ? { name } : { name, from: use };
}
