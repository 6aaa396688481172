import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { didYouMean, nearest } from "../util/nearest.ts";
import { applySets } from "./override.ts";
import { ConfigProblem } from "./problem.ts";
import { readTree } from "./read.ts";
import { pipelineSchema } from "./schemas.ts";
import { mergeLayer } from "./stage-patch.ts";
import { type MapTree, type Source, type Span, stringOf, type Tree } from "./tree.ts";

/** What a person may lay over a pipeline file. */
export interface Overrides {
  /** Names of entries of `profiles:`, applied left to right. */
  readonly profiles?: readonly string[];
  /** Name of a file in configs/modes of the working directory or of halo. */
  readonly mode?: string | undefined;
  readonly overlays?: readonly string[];
  /** `a.b=value` texts. */
  readonly sets?: readonly string[];
}

export interface LayerOptions extends Overrides {
  readonly cwd: string;
  readonly packageRoot: string;
  readonly problems: ConfigProblem[];
}

/** One file without what is not part of the pipeline itself. */
interface Layer {
  readonly body: MapTree;
  readonly profiles: MapTree | undefined;
}

/**
 * Reads a pipeline with all its layers: extends < file < profiles < mode < overlays < sets.
 * Undefined when a file cannot be read; `problems` says why.
 */
export function mergeLayers(file: string, o: LayerOptions): MapTree | undefined {
  const layers = layersOf({ ref: file, folder: o.cwd, what: "pipeline" }, [], o);
  const main = layers?.at(-1);
  if (!layers || !main) return undefined;
  const named = (text: string): NamedFile => ({ text, folder: o.cwd });
  const mode = o.mode === undefined ? undefined : named(o.mode);
  const over = [...profileTrees(layers, o), ...overlayTrees({ mode, overlays: (o.overlays ?? []).map(named) }, o)];
  let merged: MapTree = { kind: "map", entries: new Map(), at: main.body.at };
  for (const body of [...layers.map((layer) => layer.body), ...over]) merged = mergeLayer(merged, body, o.problems);
  const tree = applySets(merged, o.sets ?? [], o);
  return tree.kind === "map" ? { ...tree, at: main.body.at } : undefined;
}

/** A mode or an overlay as it was named. */
export interface NamedFile {
  readonly text: string;
  /** Folder that a path starts from. */
  readonly folder: string;
  /** Where it was written, if in a file. */
  readonly span?: Span;
}

/** The trees of a mode and of overlays, in the order they are laid. */
export function overlayTrees(
  { mode, overlays }: { readonly mode?: NamedFile | undefined; readonly overlays: readonly NamedFile[] },
  o: LayerOptions,
): readonly MapTree[] {
  const file = mode && modeFile(mode, o);
  return [
    ...file === undefined ? [] : overlay({ ...mode, ref: file, what: "mode" } as FileRef, o),
    ...overlays.flatMap(({ text, ...rest }) => overlay({ ...rest, ref: text, what: "overlay" }, o)),
  ];
}

/** The `rewards` of a file, with what it extends; the rest of the file is left alone. Undefined, with the problem, without any. */
export function rewardsTree(file: NamedFile, o: LayerOptions): MapTree | undefined {
  const layers = layersOf({ ref: file.text, folder: file.folder, what: "rewards file" }, [], o);
  if (!layers) return undefined;
  const body = layers.map((layer) => layer.body).findLast(({ entries }) => entries.has("rewards"));
  if (body) return { ...body, entries: new Map([["rewards", body.entries.get("rewards")!]]) };
  o.problems.push(
    new ConfigProblem("HALO_CONFIG_SHAPE", `"${file.text}" has no \`rewards\``, {
      hint: "write for example rewards: [{ use: ./my-reward.ts }]; any pipeline will do",
    }),
  );
  return undefined;
}

interface FileRef {
  /** A path, or `halo:` and a path inside halo's package. */
  readonly ref: string;
  readonly folder: string;
  readonly what: "pipeline" | "mode" | "overlay" | "rewards file" | "base file";
  /** Where the ref was written, if in a file. */
  readonly span?: Span;
}

/** The file's layers, those it extends first. `trail` holds the files being read, outermost first. */
function layersOf(file: FileRef, trail: readonly string[], o: LayerOptions): readonly Layer[] | undefined {
  const path = file.ref.startsWith("halo:") ? join(o.packageRoot, file.ref.slice(5)) : resolve(file.folder, file.ref);
  if (trail.includes(path)) {
    const circle = [...trail.slice(trail.indexOf(path)), path].map((p) => shown(p, o)).join(" → ");
    o.problems.push(
      new ConfigProblem("HALO_EXTENDS_CYCLE", `these files extend each other: ${circle}`, {
        span: file.span,
        hint: "remove one of these `extends`",
      }),
    );
    return undefined;
  }
  const tree = readFile(path, file, o);
  if (!tree) return undefined;
  const layers: Layer[] = [];
  let isWhole = true;
  const bases = extendsOf(tree, o.problems);
  if (!bases) return undefined;
  for (const base of bases) {
    const found = layersOf({ ref: base.text, folder: dirname(path), what: "base file", span: base.span }, [
      ...trail,
      path,
    ], o);
    if (found) layers.push(...found);
    else isWhole = false;
  }
  const profiles = tree.entries.get("profiles");
  if (profiles) checkProfiles(profiles.value, o.problems);
  const entries = new Map(tree.entries);
  entries.delete("extends");
  entries.delete("profiles");
  layers.push({ body: { ...tree, entries }, profiles: profiles?.value.kind === "map" ? profiles.value : undefined });
  return isWhole ? layers : undefined;
}

function readFile(path: string, file: FileRef, o: LayerOptions): MapTree | undefined {
  const { what, span } = file;
  let text: string;
  try {
    const bytes = readFileSync(path);
    if (/^(\xff\xfe|\xfe\xff)/.test(bytes.subarray(0, 2).toString("latin1"))) {
      const message = `the ${what} "${file.ref}" is written in UTF-16`;
      o.problems.push(new ConfigProblem("HALO_YAML_SYNTAX", message, { span, hint: "save it as UTF-8" }));
      return undefined;
    }
    text = bytes.toString("utf8");
  } catch (cause) {
    const folder = dirname(path);
    const there = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)).sort() : [];
    const near = nearest(basename(path), there);
    const start = `the path starts from the folder ${span ? "of the file that names it" : "that halo is called in"}`;
    const hint = near
      ? `did you mean ${join(dirname(file.ref), near)}?`
      : there.length > 0
      ? `${start}; YAML files there: ${there.join(", ")}`
      : start;
    o.problems.push(
      new ConfigProblem("HALO_CONFIG_NOT_FOUND", `cannot read the ${what} "${file.ref}"`, { span, hint, cause }),
    );
    return undefined;
  }
  const source: Source = { name: shown(path, o), text, folder: dirname(path) };
  const tree = readTree(source, o);
  if (!tree || tree.kind === "map") return tree;
  const found = tree.kind === "list" ? "a list" : tree.value === null ? "nothing" : JSON.stringify(tree.value);
  o.problems.push(
    new ConfigProblem("HALO_CONFIG_SHAPE", `expected a map such as "name: my-run", got ${found}`, {
      span: tree.at,
      hint: "start from halo:pipelines/smoke.yaml",
    }),
  );
  return undefined;
}

function extendsOf(
  tree: MapTree,
  problems: ConfigProblem[],
): readonly { readonly text: string; readonly span: Span }[] | undefined {
  const value = tree.entries.get("extends")?.value;
  if (!value) return [];
  const refs: { text: string; span: Span }[] = [];
  for (const item of value.kind === "list" ? value.items : [value]) {
    const text = stringOf(item);
    if (text === undefined) {
      problems.push(
        new ConfigProblem("HALO_VALUE_TYPE", "`extends` must be a path or a list of paths", {
          span: item.at,
          hint: "write for example extends: halo:configs/base.yaml",
        }),
      );
      return undefined;
    }
    refs.push({ text, span: item.at });
  }
  return refs;
}

const partNames = Object.keys(pipelineSchema.properties);

/** Profiles are checked as far as possible without choosing one, so that a slip in an unused one does not wait. */
function checkProfiles(profiles: Tree, problems: ConfigProblem[]): void {
  if (profiles.kind !== "map") {
    problems.push(
      new ConfigProblem("HALO_CONFIG_SHAPE", "`profiles` must be a map from names to parts of a pipeline", {
        span: profiles.at,
      }),
    );
    return;
  }
  for (const [name, { key, value }] of profiles.entries) {
    if (value.kind !== "map") {
      problems.push(
        new ConfigProblem("HALO_CONFIG_SHAPE", `the profile "${name}" must be a map of parts of a pipeline`, {
          span: key,
        }),
      );
      continue;
    }
    for (const [part, entry] of value.entries) {
      if (partNames.includes(part)) continue;
      problems.push(
        new ConfigProblem("HALO_KEY_UNKNOWN", `a profile has no key "${part}"${didYouMean(part, partNames)}`, {
          span: entry.key,
          hint: `known keys: ${partNames.join(", ")}`,
        }),
      );
    }
  }
}

function profileTrees(layers: readonly Layer[], o: LayerOptions): MapTree[] {
  const trees: MapTree[] = [];
  const names = [...new Set(layers.flatMap((layer) => [...layer.profiles?.entries.keys() ?? []]))];
  for (const profile of o.profiles ?? []) {
    if (!names.includes(profile)) {
      o.problems.push(
        new ConfigProblem(
          "HALO_PROFILE_UNKNOWN",
          `the pipeline has no profile "${profile}"${didYouMean(profile, names)}`,
          {
            hint: names.length > 0 ? `known profiles: ${names.join(", ")}` : "it has no `profiles:` at all",
          },
        ),
      );
    }
    for (const layer of layers) {
      const tree = layer.profiles?.entries.get(profile)?.value;
      if (tree?.kind === "map") trees.push(tree);
    }
  }
  return trees;
}

function overlay(file: FileRef, o: LayerOptions): readonly MapTree[] {
  const layers = layersOf(file, [], o) ?? [];
  for (const { profiles } of layers) {
    if (!profiles) continue;
    o.problems.push(
      new ConfigProblem(
        "HALO_CONFIG_SHAPE",
        `${file.what === "mode" ? "a mode" : "an overlay"} cannot hold \`profiles\``,
        {
          span: profiles.at,
          hint: "put them into the pipeline file",
        },
      ),
    );
  }
  return layers.map((layer) => layer.body);
}

function modeFile({ text: mode, span }: NamedFile, o: LayerOptions): string | undefined {
  const folders = [join(o.cwd, "configs/modes"), join(o.packageRoot, "configs/modes")];
  const files = folders.flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
  );
  const yaml = files.filter((file) => file.endsWith(".yaml"));
  const found = yaml.find((file) => basename(file, ".yaml") === mode);
  if (found !== undefined) return found;
  const names = [...new Set(yaml.map((file) => basename(file, ".yaml")))];
  o.problems.push(
    new ConfigProblem("HALO_MODE_UNKNOWN", `there is no mode "${mode}"${didYouMean(mode, names)}`, {
      span,
      hint: names.length > 0 ? `known modes: ${names.join(", ")}` : "put a file into configs/modes",
    }),
  );
  return undefined;
}

/** A path as people see it: relative to the working directory, `halo:…` inside the package, else absolute. */
function shown(path: string, o: LayerOptions): string {
  const near = relative(o.cwd, path);
  if (!near.startsWith("..") && !isAbsolute(near)) return near;
  const own = relative(o.packageRoot, path);
  return own.startsWith("..") || isAbsolute(own) ? path : `halo:${own}`;
}
