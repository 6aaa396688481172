import type { Plugin } from "../../plugin/define.ts";
import { pluginKinds } from "../../plugin/kinds.ts";
import { loadPlugin } from "../../plugin/load.ts";
import { builtinNames } from "../../plugin/registry.ts";
import type { Schema } from "../../plugin/schema.ts";
import { HaloError } from "../../util/errors.ts";
import { didYouMean } from "../../util/nearest.ts";
import type { RunCommand } from "../command.ts";
import { exitCodes } from "../exit.ts";
import type { pluginsFlags } from "../flags.ts";
import type { Io } from "../io.ts";

/** `halo plugins`: the built-ins by kind, or one plugin with its options. */
export const plugins: RunCommand<typeof pluginsFlags> = async ({ args, flags }, io) => {
  if (args.length === 0) return await list(flags.json, io);
  const [show, name, ...more] = args;
  if (show !== "show" || name === undefined || more.length > 0) {
    throw new HaloError(
      "HALO_CLI_USAGE",
      `expected \`halo plugins\` or \`halo plugins show kind/name\`, got "${args.join(" ")}"`,
      { hint: "halo plugins --help" },
    );
  }
  const plugin = await pluginNamed(name, io);
  if (flags.json) io.out(JSON.stringify(described(plugin)));
  else explain(plugin, io);
  return exitCodes.done;
};

async function list(isJson: boolean, io: Io): Promise<number> {
  for (const kind of pluginKinds) {
    for (const name of builtinNames(kind)) {
      const plugin = await loadPlugin({ kind, use: name, from: io.cwd });
      if (isJson) io.out(JSON.stringify(described(plugin)));
      else io.out(`${`${kind}/${name}`.padEnd(24)} ${plugin.summary}`);
    }
  }
  return exitCodes.done;
}

/** `kind/name`, the name a built-in, a file or a package; a built-in's name alone when it is the only one. */
async function pluginNamed(text: string, io: Io): Promise<Plugin> {
  const all = pluginKinds.flatMap((kind) => builtinNames(kind).map((name) => `${kind}/${name}`));
  const [, first = "", rest = ""] = text.match(/^([^/]+)\/(.+)$/) ?? [];
  const kind = pluginKinds.find((k) => k === first);
  if (kind) return await loadPlugin({ kind, use: rest, from: io.cwd });
  const same = all.filter((name) => name.endsWith(`/${text}`));
  const only = same.length === 1 ? same[0]!.split("/") : undefined;
  const onlyKind = pluginKinds.find((k) => k === only?.[0]);
  if (onlyKind) return await loadPlugin({ kind: onlyKind, use: text, from: io.cwd });
  const near = same.length > 1 ? `; it could be ${same.join(" or ")}` : didYouMean(text, all);
  throw new HaloError("HALO_PLUGIN_UNKNOWN", `expected kind/name, got "${text}"${near}`, { hint: "halo plugins" });
}

function described({ kind, name, summary, options, needs }: Plugin) {
  return { kind, name, summary, needs: Object.values(needs).map((need) => need.id), options };
}

function explain(plugin: Plugin, io: Io): void {
  io.out(`${plugin.kind}/${plugin.name}: ${plugin.summary}`);
  const needs = Object.values(plugin.needs).map((need) => need.id);
  if (needs.length > 0) io.out(`needs: ${needs.join(", ")}`);
  const rows = optionRows(plugin.options, "");
  io.out(rows.length > 0 ? "options:" : "no options");
  const width = Math.max(0, ...rows.map((row) => row.name.length));
  for (const row of rows) io.out(`  ${row.name.padEnd(width)}  ${row.text}`);
  const codes = Object.entries(plugin.errors ?? {});
  if (codes.length === 0) return;
  io.out("error codes:");
  const codeWidth = Math.max(...codes.map(([code]) => code.length));
  for (const [code, { exit, rule, summary, fix }] of codes) {
    io.out(`  ${code.padEnd(codeWidth)}  exit ${exit}, ${rule}. ${[summary, fix].filter(Boolean).join("; ")}`);
  }
}

function optionRows(schema: Schema, prefix: string): readonly { readonly name: string; readonly text: string }[] {
  if (schema.type !== "object") return [];
  return Object.entries(schema.properties).flatMap(([key, option]) => {
    const name = prefix + key;
    const facts = [typeText(option), ...limits(option)];
    if (schema.required?.includes(key)) facts.push("required");
    if ("default" in option) facts.push(`default ${JSON.stringify(option.default)}`);
    const row = { name, text: [facts.join(", "), option.description].filter(Boolean).join(". ") };
    return [row, ...optionRows(option, `${name}.`)];
  });
}

function typeText(schema: Schema): string {
  if (schema["x-plugin"]) return `${schema["x-plugin"]} plugin`;
  if (schema.writeOnly) return "secret";
  if (schema.type === "string" && schema.enum) return schema.enum.join(" | ");
  return schema.type === "array" ? `list of ${typeText(schema.items)}` : schema.type;
}

function limits(schema: Schema): string[] {
  if (schema.type !== "number" && schema.type !== "integer") return [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  return [
    ...(minimum === undefined ? [] : [`≥ ${minimum}`]),
    ...(exclusiveMinimum === undefined ? [] : [`> ${exclusiveMinimum}`]),
    ...(maximum === undefined ? [] : [`≤ ${maximum}`]),
    ...(exclusiveMaximum === undefined ? [] : [`< ${exclusiveMaximum}`]),
  ];
}
