import { type Check, compileSchema } from "../util/compile-schema.ts";
import { HaloError } from "../util/errors.ts";
import type { Plugin } from "./define.ts";
import { type PluginKind, pluginKinds } from "./kinds.ts";
import type { Schema } from "./schema.ts";

const compiled = new WeakMap<Plugin, Check>();

/** The check of a plugin's options; nested plugins stand as strings there. Throws HALO_PLUGIN_SCHEMA, which blames the plugin. */
export function optionsCheck(plugin: Plugin): Check {
  let check = compiled.get(plugin);
  if (!check) {
    try {
      check = compileSchema(plainSchema(plugin.options));
    } catch (e) {
      const reason = e instanceof Error ? e.message : String(e);
      throw new HaloError(
        "HALO_PLUGIN_SCHEMA",
        `the option schema of ${plugin.kind}/${plugin.name} is broken: ${reason}`,
        {
          hint: "this is a defect of the plugin, not of the pipeline: correct `options:` in its definePlugin call",
          cause: e,
        },
      );
    }
    compiled.set(plugin, check);
  }
  return check;
}

/** Names of the options a plugin requires and `options` lacks, quoted; fills defaults in. */
export function requiredOptions(plugin: Plugin, options: object): readonly string[] {
  return optionsCheck(plugin)(options).filter((e) => e.keyword === "required").map((e) =>
    `"${e.params["missingProperty"]}"`
  );
}

/** What is wrong with some of a plugin's options, required ones that are absent aside. */
export function checkSome({ options }: Plugin, given: Readonly<Record<string, unknown>>): ReturnType<Check> {
  const properties = Object.fromEntries(Object.entries(options.properties).filter(([name]) => name in given));
  return compileSchema(plainSchema({ type: "object", additionalProperties: false, properties }))(given);
}

/** The schema as ajv reads it: a nested plugin is the string that names it. */
function plainSchema(schema: Schema): object {
  const { "x-plugin": nested, "x-path": _, ...rest } = schema as Schema & { readonly "x-path"?: true };
  if (nested !== undefined) {
    if (!(pluginKinds as readonly PluginKind[]).includes(nested)) {
      throw new Error(`"x-plugin" names no plugin kind: "${nested}"`);
    }
    return { type: "string", ...("default" in schema && { default: schema.default }) };
  }
  if (rest.type === "array") return { ...rest, items: plainSchema(rest.items) };
  if (rest.type !== "object" || typeof rest.properties !== "object") return rest;
  const properties = Object.entries(rest.properties).map(([name, s]) => [name, plainSchema(s)]);
  const extra = rest.additionalProperties;
  return {
    ...rest,
    properties: Object.fromEntries(properties),
    additionalProperties: typeof extra === "object" ? plainSchema(extra) : extra,
  };
}
