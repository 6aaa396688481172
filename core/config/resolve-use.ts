import { relative, resolve, sep } from "node:path";
import type { Json } from "../domain/json.ts";
import type { PluginKind } from "../plugin/kinds.ts";
import { isFileUse, loadPlugin } from "../plugin/load.ts";
import { optionsCheck } from "../plugin/options.ts";
import { compileSchema } from "../util/compile-schema.ts";
import type { Schema } from "../plugin/schema.ts";
import { isHaloError } from "../util/errors.ts";
import { Secret } from "../util/secret.ts";
import type { PluginUse } from "./pipeline.ts";
import { ConfigProblem } from "./problem.ts";
import { rewardSchema, useSchema } from "./schemas.ts";
import { keySpanOf, type MapTree, type Path, pathText, stringOf, type Tree, treeAt } from "./tree.ts";
import { explain, shownValue, type Subject } from "./validate.ts";

/** What resolving shares: the whole tree for places, and the findings so far. */
export interface ResolveContext {
  readonly tree: MapTree;
  /** Folder that relative paths in the recorded document start from. */
  readonly base: string;
  readonly problems: ConfigProblem[];
}

/** A value as plugins get it, and as a run folder keeps it. */
interface Resolved<T> {
  readonly value: T;
  readonly document: Json;
}

export interface UseRequest {
  readonly path: Path;
  readonly kind: PluginKind;
  /** The written part; a name alone or `{ use, options }`. */
  readonly node: Tree;
}

/** Loads the plugin a part names and checks its options; undefined when that failed, with findings in `ctx`. */
export async function resolveUse(request: UseRequest, ctx: ResolveContext): Promise<Resolved<PluginUse> | undefined> {
  const { path, kind, node } = request;
  const place = pathText(path);
  const written = writtenUse(request, ctx);
  if (!written) return undefined;
  const use = stringOf(written)!;
  const folder = written.at.source.folder;
  try {
    const plugin = await loadPlugin({ kind, use, from: folder });
    const subject: Subject = {
      noun: `${kind} "${plugin.name}"`,
      part: "option",
      ...(isFileUse(use) ? {} : { see: `plugins show ${kind}/${use}` }),
    };
    const optionsPath = [...path, "options"];
    const optionsNode = node.kind === "map" ? node.entries.get("options")?.value : undefined;
    const known = new Set<string>();
    const data = optionsNode ? dataOf(optionsNode, { path: optionsPath, schema: plugin.options, known, ctx }) : {};
    const errors = optionsCheck(plugin)(data);
    ctx.problems.push(...explain(errors, { subject, tree: ctx.tree, path: optionsPath, known }));
    const options = await assemble({ schema: plugin.options, data, path: optionsPath, use: written }, ctx);
    const value = { kind, use, plugin, options: options.value as Readonly<Record<string, unknown>>, path: place };
    return { value, document: { use: pathFrom(use, folder, ctx.base), options: options.document } };
  } catch (e) {
    if (!isHaloError(e)) throw e;
    ctx.problems.push(new ConfigProblem(e.code, e.message, { span: written.at, hint: e.hint, cause: e.cause }));
    return undefined;
  }
}

const checkUse = compileSchema(useSchema);
const checkReward = compileSchema(rewardSchema);

/** The scalar that names the plugin, or undefined with findings. */
function writtenUse({ path, kind, node }: UseRequest, ctx: ResolveContext): Tree | undefined {
  if (stringOf(node)) return node;
  const place = pathText(path);
  if (node.kind !== "map") {
    const got = shownValue(node.kind === "list" ? node.items : node.value);
    ctx.problems.push(
      new ConfigProblem(
        "HALO_VALUE_TYPE",
        `${place} must be the name of a ${kind} plugin or { use, options }, got ${got}`,
        {
          span: node.at,
          hint: `halo plugins`,
        },
      ),
    );
    return undefined;
  }
  const known = new Set<string>();
  const fields = [...node.entries].map(([name, { value }]) => {
    const isOptions = name === "options" && value.kind === "map";
    return [name, isOptions ? {} : dataOf(value, { path: [...path, name], schema: undefined, known, ctx })];
  });
  const errors = (kind === "reward" ? checkReward : checkUse)(Object.fromEntries(fields));
  ctx.problems.push(...explain(errors, { subject: { noun: place, part: "key" }, tree: ctx.tree, path, known }));
  const use = node.entries.get("use")?.value;
  return stringOf(use) ? use : undefined;
}

interface DataOptions {
  readonly path: Path;
  readonly schema: Schema | undefined;
  /** Receives the paths that got a finding here. */
  readonly known: Set<string>;
  readonly ctx: ResolveContext;
}

/** The plain data of a tree, for checking: a nested plugin and a secret stand as texts. */
export function dataOf(node: Tree, o: DataOptions): unknown {
  const { path, schema, ctx } = o;
  if (schema?.["x-plugin"] !== undefined) return "nested";
  switch (node.kind) {
    case "map": {
      const object = schema?.type === "object" ? schema : undefined;
      const extra = typeof object?.additionalProperties === "object" ? object.additionalProperties : undefined;
      const fields = [...node.entries].map(([name, { value }]) => {
        const inner = object && Object.hasOwn(object.properties, name) ? object.properties[name] : extra;
        return [name, dataOf(value, { ...o, path: [...path, name], schema: inner })];
      });
      return Object.fromEntries(fields);
    }
    case "list": {
      const items = schema?.type === "array" ? schema.items : undefined;
      return node.items.map((item, i) => dataOf(item, { ...o, path: [...path, i], schema: items }));
    }
    case "scalar": {
      const finding = node.isFailed ? undefined : secretFinding(node.value, schema);
      if (node.isFailed) o.known.add(pathText(path));
      if (finding) {
        o.known.add(pathText(path));
        ctx.problems.push(
          new ConfigProblem(finding.code, `${pathText(path)} ${finding.message}`, {
            span: node.at,
            hint: finding.hint,
          }),
        );
      }
      if (node.text !== undefined && schema?.type === "string") return node.text;
      return node.value instanceof Secret ? node.value.toJSON() : node.value;
    }
  }
}

function secretFinding(value: unknown, schema: Schema | undefined) {
  const isSecret = value instanceof Secret;
  if (isSecret && !schema?.writeOnly) {
    const message = "is printed and recorded, so it cannot hold a secret";
    return { code: "HALO_SECRET_PLACE", message, hint: "use ${env:NAME} for values that are not secret" } as const;
  }
  if (!isSecret && schema?.writeOnly && typeof value === "string") {
    return {
      code: "HALO_SECRET_PLAIN",
      message: "is a secret and cannot be written into a file",
      hint: "write ${secret:NAME} and export NAME",
    } as const;
  }
  return undefined;
}

interface Assembly {
  readonly schema: Schema;
  /** Checked data, defaults filled in. */
  readonly data: unknown;
  readonly path: Path;
  /** The scalar that named the plugin whose options these are: where a default nested plugin is reported. */
  readonly use: Tree;
}

/** Puts nested plugins and secrets in the place of the texts that stood for them. */
async function assemble(a: Assembly, ctx: ResolveContext): Promise<Resolved<unknown>> {
  const { schema, data, path } = a;
  const written = treeAt(ctx.tree, path);
  const nested = schema["x-plugin"];
  if (nested !== undefined) {
    const node = written ?? { kind: "scalar" as const, value: String(data), at: a.use.at };
    return await resolveUse({ path, kind: nested, node }, ctx) ?? { value: undefined, document: null };
  }
  if (written?.kind === "scalar" && written.value instanceof Secret) {
    return { value: written.value, document: written.value.toJSON() };
  }
  if (schema.type === "array" && Array.isArray(data)) {
    const items: Resolved<unknown>[] = [];
    for (const [i, item] of data.entries()) {
      items.push(await assemble({ ...a, schema: schema.items, data: item, path: [...path, i] }, ctx));
    }
    return { value: items.map((item) => item.value), document: items.map((item) => item.document) };
  }
  if (schema.type === "object" && typeof data === "object" && data !== null && !Array.isArray(data)) {
    const fields: [string, Resolved<unknown>][] = [];
    for (const [name, value] of Object.entries(data)) {
      const inner = Object.hasOwn(schema.properties, name) ? schema.properties[name] : schema.additionalProperties;
      const plain = { value, document: documentOf(value) };
      fields.push([
        name,
        inner ? await assemble({ ...a, schema: inner, data: value, path: [...path, name] }, ctx) : plain,
      ]);
    }
    return {
      value: Object.fromEntries(fields.map(([name, field]) => [name, field.value])),
      document: Object.fromEntries(fields.map(([name, field]) => [name, field.document])),
    };
  }
  if (schema.type === "string" && schema["x-path"] && typeof data === "string" && /^\.\.?(\/|$)/.test(data)) {
    // A default of the schema and a value of the environment have no folder of their own.
    if (written?.kind !== "scalar" || written.isFromEnv) {
      return { value: resolve(data), document: documentOf(resolve(data)) };
    }
    const { folder } = written.at.source;
    return { value: resolve(folder, data), document: pathFrom(data, folder, ctx.base) };
  }
  return { value: data, document: documentOf(data) };
}

/** Plain data as a document that reads back as the same data: `${` is escaped. */
export function documentOf(value: unknown): Json {
  if (typeof value === "string") return value.replaceAll("${", () => "$${");
  if (Array.isArray(value)) return value.map(documentOf);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, documentOf(v)]));
  }
  return value as Json;
}

/** A `use:` or a path of an option written in `folder` as it has to be written in `base`. */
function pathFrom(written: string, folder: string, base: string): string {
  if (!written.startsWith(".") || folder === base) return documentOf(written) as string;
  const path = relative(base, resolve(folder, written)).split(sep).join("/");
  return documentOf(path.startsWith(".") ? path : `./${path}`) as string;
}

/** Where messages about a part of the pipeline point: its value, else the key of the nearest part that exists. */
export function placeOf(tree: MapTree, path: Path) {
  return treeAt(tree, path)?.at ?? keySpanOf(tree, path);
}
