import type { Json } from "../domain/json.ts";
import type { Schema } from "../plugin/schema.ts";
import { compileSchema } from "../util/compile-schema.ts";
import { didYouMean } from "../util/nearest.ts";
import type { Stage } from "./pipeline.ts";
import { ConfigProblem } from "./problem.ts";
import { dataOf, documentOf, type ResolveContext } from "./resolve-use.ts";
import { stageSchemas } from "./schemas.ts";
import type { Path, Tree } from "./tree.ts";
import { explain, shownValue } from "./validate.ts";

type StageKind = keyof typeof stageSchemas;

const kinds = Object.keys(stageSchemas) as StageKind[];
const checks = Object.fromEntries(kinds.map((kind) => [kind, compileSchema(stageSchemas[kind])]));

/** Reads one entry of `stages:`, a map with one key that names the stage; undefined with findings when it is none. */
export function resolveStage(
  node: Tree,
  path: Path,
  ctx: ResolveContext,
): { readonly value: Stage; readonly document: Json } | undefined {
  const entry = node.kind === "map" && node.entries.size === 1 ? [...node.entries][0] : undefined;
  if (!entry) {
    const got = node.kind === "map"
      ? `${node.entries.size} keys`
      : shownValue(node.kind === "list" ? node.items : node.value);
    ctx.problems.push(
      new ConfigProblem("HALO_STAGE_SHAPE", `a stage must be a map with one key that names it, got ${got}`, {
        span: node.at,
        hint: "write for example - evaluate: { label: before }",
      }),
    );
    return undefined;
  }
  const [name, { key, value }] = entry;
  const kind = kinds.find((k) => k === name);
  if (!kind) {
    ctx.problems.push(
      new ConfigProblem("HALO_STAGE_UNKNOWN", `there is no stage "${name}"${didYouMean(name, kinds)}`, {
        span: key,
        hint: `stages are: ${kinds.join(", ")}`,
      }),
    );
    return undefined;
  }
  const known = new Set<string>();
  const inner = [...path, kind];
  const data = dataOf(value, { path: inner, schema: stageSchemas[kind] as unknown as Schema, known, ctx });
  const noun = `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind} stage`;
  ctx.problems.push(
    ...explain(checks[kind]!(data), { subject: { noun, part: "key" }, tree: ctx.tree, path: inner, known }),
  );
  if (kind === "train" && value.kind === "map" && !value.entries.has("iterations") && !value.entries.has("env_steps")) {
    const message = `a train stage requires the key "iterations" or "env_steps"`;
    const hint = "add `iterations:` or `env_steps:`";
    ctx.problems.push(new ConfigProblem("HALO_KEY_MISSING", message, { span: key, hint }));
  }
  return { value: { kind, ...data as object } as unknown as Stage, document: { [kind]: documentOf(data) } };
}
