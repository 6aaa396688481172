import { builtin } from "../../plugins/builtin.ts";
import type { PluginKind } from "./kinds.ts";

/** Imports a plugin module. */
export type ImportModule = () => Promise<Readonly<Record<string, unknown>>>;

const table: Readonly<Record<PluginKind, Readonly<Record<string, ImportModule>>>> = builtin;

/** Names of the built-in plugins of a kind, sorted. */
export function builtinNames(kind: PluginKind): readonly string[] {
  return Object.keys(table[kind]).sort();
}

/** The import of a built-in plugin, or undefined when no built-in of this kind has the name. */
export function builtinModule(kind: PluginKind, name: string): ImportModule | undefined {
  return Object.hasOwn(table[kind], name) ? table[kind][name] : undefined;
}
