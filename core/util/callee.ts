import { fileURLToPath } from "node:url";

/** A plugin's instance as errors name it. */
export interface Callee {
  /** `policy "mine"`. */
  readonly name: string;
  /** File or package it came from, as the pipeline writes it; absent for what is built in. */
  readonly from?: string;
  /** Where the pipeline names it: "environment". */
  readonly path?: string;
}

const callees = new WeakMap<object, Callee>();
/** Plugin modules that this process imported from files, by their absolute path. */
const files = new Map<string, string>();

/** Says whose instance an object is, for errors about calls to it. */
export function nameCallee(instance: unknown, callee: Callee): void {
  if (typeof instance === "object" && instance !== null) callees.set(instance, callee);
}

/** Whose instance it is; an object that no pipeline built is named by its kind. */
export function calleeOf(instance: object | undefined, kind: string): Callee {
  return (instance && callees.get(instance)) ?? { name: `the ${kind}` };
}

/** `policy "mine" (./mine.ts)`. */
export function calleeText({ name, from }: Callee): string {
  return from === undefined ? name : `${name} (${from})`;
}

/** Remembers that a plugin was imported from a file, so that a stack can be read for it. */
export function knowPluginFile(path: string, written: string): void {
  files.set(path, written);
}

/** A place in a stack. */
export interface Frame {
  readonly file: string;
  readonly line: number;
}

const ownFolder = fileURLToPath(new URL("../", import.meta.url));

/** The innermost frame outside of halo's core, node_modules and the runtime; undefined when there is none. */
export function blamedFrame(stack: string | undefined): Frame | undefined {
  return framesOf(stack).find(({ file }) => !file.startsWith(ownFolder) && !/[\\/]node_modules[\\/]/.test(file));
}

/** The `use:` of the plugin whose module is that file; undefined for any other file. */
export function pluginAt(file: string): string | undefined {
  return files.get(file);
}

/** Absolute files with lines, innermost first; what the runtime itself does is left out. */
function framesOf(stack = ""): readonly Frame[] {
  return stack.split("\n").flatMap((text) => {
    const [, at, line] = text.match(/(?:^|[\s(])(file:\/\/\/[^\s()]+?|\/[^\s():]+):(\d+)(?::\d+)?\)?$/) ?? [];
    if (at === undefined) return [];
    const file = at.startsWith("file:") ? fileURLToPath(at.split("?")[0]!) : at;
    return [{ file, line: Number(line) }];
  });
}
