import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { knowPluginFile } from "../util/callee.ts";
import { declareErrors } from "../util/error-facts.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import { didYouMean, nearest } from "../util/nearest.ts";
import { atMost } from "../util/within.ts";
import { isPlugin, type Plugin } from "./define.ts";
import { type PluginKind, pluginKinds } from "./kinds.ts";
import { optionsCheck } from "./options.ts";
import { mapOwnImports } from "./own-imports.ts";
import { packageEntry } from "./package.ts";
import { knowSource } from "./source.ts";
import { builtinModule, builtinNames, type ImportModule } from "./registry.ts";

export interface PluginRequest {
  readonly kind: PluginKind;
  /** A built-in name, a path that starts with `./`, `../` or `/`, or an npm package; `#name` picks a named export. */
  readonly use: string;
  /** Absolute folder of the YAML that wrote `use`. */
  readonly from: string;
}

/** Imports the plugin that a `use:` names and checks that it is one of this kind with a sound option schema. */
export async function loadPlugin(
  request: PluginRequest,
  { importLimitMs = 120_000 }: { readonly importLimitMs?: number } = {},
): Promise<Plugin> {
  const [specifier = "", name = "default"] = request.use.split("#");
  const found = moduleFor({ ...request, use: specifier });
  const plugin = pick(await imported(() => boundImport(found(), request, importLimitMs), request), name, request);
  if (isFileUse(specifier)) knowSource(plugin, resolve(request.from, specifier));
  optionsCheck(plugin);
  knowErrors(plugin);
  return plugin;
}

/** Makes the plugin's own error codes known. Throws HALO_PLUGIN_ERRORS, which blames the plugin. */
function knowErrors({ kind, name, errors = {} }: Plugin): void {
  const problem = declareErrors(`${kind}/${name}`, errors);
  if (problem === undefined) return;
  throw new HaloError("HALO_PLUGIN_ERRORS", `the error codes of ${kind}/${name} are broken: ${problem}`, {
    hint: "this is a defect of the plugin, not of the pipeline: correct `errors:` in its definePlugin call",
  });
}

/** True for a `use:` that names a file. */
export function isFileUse(use: string): boolean {
  return /^\.{0,2}\//.test(use);
}

function moduleFor(request: PluginRequest): ImportModule {
  const { kind, use, from } = request;
  if (isFileUse(use)) return fileModule(request);
  const module = builtinModule(kind, use);
  if (module) return module;
  const entry = packageEntry(use, from);
  if (entry !== undefined) return () => importFile(entry);
  if (/^[@.]|\//.test(use)) {
    throw new HaloError("HALO_PLUGIN_PACKAGE", `no npm package "${use}" is installed beside or above this file`, {
      hint: `npm install ${use.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? use}, or write ./${
        use.replace(/^@/, "")
      } for a file`,
    });
  }
  const names = builtinNames(kind);
  const elsewhere = pluginKinds.filter((other) => builtinModule(other, use));
  const others = elsewhere.length > 0
    ? `; "${use}" is ${elsewhere.map(withArticle).join(" and ")} plugin`
    : didYouMean(use, names);
  throw new HaloError("HALO_PLUGIN_UNKNOWN", `no ${kind} plugin is named "${use}"${others}`, {
    hint: names.length > 0
      ? `use one of: ${names.join(", ")}; or a file such as ./my-${kind}.ts`
      : `use a file such as ./my-${kind}.ts`,
  });
}

function fileModule({ use, from }: PluginRequest): ImportModule {
  const file = resolve(from, use);
  if (existsSync(file)) {
    knowPluginFile(file, use);
    return () => importFile(file);
  }
  const folder = dirname(file);
  const near = existsSync(folder) ? nearFile(basename(file), readdirSync(folder)) : undefined;
  throw new HaloError(
    "HALO_PLUGIN_FILE",
    `the plugin file "${use}" does not exist${near ? `; did you mean "${dirname(use)}/${near}"?` : ""}`,
    {
      hint: "the path starts from the folder of the YAML file that names it",
    },
  );
}

function nearFile(name: string, files: readonly string[]): string | undefined {
  return files.find((file) => file.replace(/\.[cm]?[jt]s$/, "") === name) ?? nearest(name, files);
}

function importFile(file: string): Promise<Readonly<Record<string, unknown>>> {
  mapOwnImports();
  return import(pathToFileURL(file).href);
}

async function imported(
  module: ImportModule,
  { kind, use }: PluginRequest,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await module();
  } catch (e) {
    if (isHaloError(e, "HALO_PLUGIN_HUNG")) throw e;
    const reason = e instanceof Error ? `${e.name}: ${e.message.split("\n")[0]}` : String(e);
    const place = e instanceof Error ? thrownAt(e) : "";
    throw new HaloError("HALO_PLUGIN_IMPORT", `importing ${kind} "${use}" failed${place}: ${reason}`, {
      hint: "plugins are plain JavaScript or TypeScript without enums, namespaces, decorators and parameter properties",
      cause: e,
    });
  }
}

/** Waits for a module that awaits at its top level no longer than that. */
async function boundImport<T>(module: Promise<T>, { kind, use }: PluginRequest, importLimitMs: number): Promise<T> {
  const found = await atMost(module, importLimitMs);
  if (found !== undefined) return found;
  throw new HaloError("HALO_PLUGIN_HUNG", `${kind} "${use}" was not imported within ${importLimitMs / 1000} s`, {
    hint:
      "its module, or one that it imports, awaits something at its top level that does not come: do that in create()",
  });
}

/** ` at file.ts:line` of the module that threw or does not parse; empty when the stack names none but halo's own. */
function thrownAt({ stack = "" }: Error): string {
  // Node begins the stack of what does not parse with the bare path; frames and Deno name file URLs.
  const [, file, line] = stack.match(/^(\/.+):(\d+)\n/) ?? stack.match(/(file:\/\/\/[^\n]+?):(\d+)/) ?? [];
  return file === undefined || file.startsWith(new URL(".", import.meta.url).href)
    ? ""
    : ` at ${basename(file)}:${line}`;
}

function pick(module: Readonly<Record<string, unknown>>, name: string, { kind, use }: PluginRequest): Plugin {
  const plugin = module[name];
  const kinds: readonly string[] = pluginKinds;
  if (!isPlugin(plugin) || !kinds.includes(plugin.kind)) {
    const named = Object.keys(module).filter((key) => key !== "default" && isPlugin(module[key]));
    const found = name === "default" ? "has no default export made by definePlugin" : `exports no plugin "${name}"`;
    throw new HaloError("HALO_PLUGIN_EXPORT", `"${use.split("#")[0]}" ${found}`, {
      hint: named.length > 0
        ? `pick a named export: ${named.map((n) => `${use.split("#")[0]}#${n}`).join(", ")}`
        : `write: export default definePlugin({ kind: "${kind}", … })`,
    });
  }
  if (plugin.kind !== kind) {
    throw new HaloError(
      "HALO_PLUGIN_KIND",
      `"${use}" is ${withArticle(plugin.kind)} plugin, expected ${withArticle(kind)} plugin`,
      {
        hint: `name it under \`${plugin.kind === "reward" ? "rewards" : plugin.kind}:\`, or use ${
          withArticle(kind)
        } plugin here`,
      },
    );
  }
  return plugin;
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}
