import type { Callee } from "../util/callee.ts";
import { builtinModule } from "./registry.ts";
import type { Use } from "./use.ts";

/** A use as errors name it: kind, name and, where it is no built-in, what the pipeline writes. */
export function calleeOfUse({ kind, plugin, use, path }: Use): Callee {
  const name = `${kind} "${plugin.name}"`;
  const [module] = use?.split("#") ?? [];
  return module === undefined || builtinModule(kind, module) ? { name, path } : { name, from: use!, path };
}
