import { stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import type { Pipeline } from "../config/pipeline.ts";
import { usesOf } from "../config/uses-of.ts";
import { sha256Module, sourceOf } from "../plugin/source.ts";
import type { Use } from "../plugin/use.ts";
import { type Inputs, readInputs, writeInputs } from "../record/inputs.ts";
import { HaloError } from "../util/errors.ts";
import { filesBelow, sha256Of } from "../util/sha256.ts";

/** Of larger files name and size have to do. */
const mostBytes = 256 * 1024 * 1024;

/**
 * Records what a run is made of, or compares it with the record. Returns what has changed and was accepted; throws
 * HALO_RUN_CHANGED for what was not.
 */
export async function keepInputs(
  run: string,
  pipeline: Pipeline,
  { accepts }: { readonly accepts: boolean },
): Promise<readonly string[]> {
  const now = await inputsOf(pipeline);
  const before = await readInputs(run);
  if (!before) {
    await writeInputs(run, { ...now, accepted: [] });
    return [];
  }
  const changed = [...changes(before.plugins, now.plugins), ...changes(before.files, now.files)];
  if (changed.length === 0) return [];
  if (!accepts) {
    throw new HaloError("HALO_RUN_CHANGED", `since the run began, ${changed.join("; ")}`, {
      hint: `undo the change, or accept it, which the run records: halo run --resume ${run} --accept-changes`,
    });
  }
  const at = new Date().toISOString();
  await writeInputs(run, { ...now, accepted: [...before.accepted, { at, changed }] });
  return changed;
}

function changes(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].sort().flatMap((name) => {
    if (before[name] === now[name]) return [];
    return [`${name} ${now[name] === undefined ? "is gone" : before[name] === undefined ? "is new" : "has changed"}`];
  });
}

async function inputsOf(pipeline: Pipeline): Promise<Omit<Inputs, "accepted">> {
  const name = (path: string) => {
    const inside = relative(pipeline.base, path).split(sep).join("/");
    return inside.startsWith(".") ? inside : `./${inside}`;
  };
  const plugins: Record<string, string> = {};
  const files: Record<string, string> = {};
  // What trackers are made of changes nothing in a run.
  for (const use of usesOf(pipeline).filter(({ path }) => !path.startsWith("trackers."))) {
    const source = sourceOf(use.plugin);
    if (source !== undefined) plugins[name(source)] = await sha256Module(source);
    for (const path of pathsOf(use)) {
      const sum = await sumOf(resolve(path)).catch(() => undefined);
      if (sum !== undefined) files[name(resolve(path))] = sum;
    }
  }
  return { plugins, files };
}

/** Values of the options that are paths. */
function pathsOf({ plugin, options }: Use): readonly string[] {
  return Object.entries(plugin.options.properties).flatMap(([name, schema]) => {
    const value = options[name];
    return schema.type === "string" && schema["x-path"] && typeof value === "string" ? [value] : [];
  });
}

/** sha256 of a file, or of all files of a folder; undefined for a program, which belongs to the machine. */
async function sumOf(path: string): Promise<string | undefined> {
  const found = await stat(path);
  if (found.isFile() && (found.mode & 0o111) !== 0) return undefined;
  return await sha256Of(path, found.isFile() ? [""] : await filesBelow(path), { mostBytes });
}
