import type { Json } from "../domain/json.ts";
import { compileSchema } from "../util/compile-schema.ts";
import { planBuild } from "../plugin/plan.ts";
import { refs } from "../plugin/refs.ts";
import type { Schema } from "../plugin/schema.ts";
import { packageRoot } from "../util/package-root.ts";
import { armFindings, overlayBetween, splitArms } from "./arms.ts";
import { checkStages } from "./crosscheck.ts";
import type { Finding } from "./finding.ts";
import { type Env, interpolate } from "./interpolate.ts";
import { type LayerOptions, mergeLayers, type NamedFile, overlayTrees, type Overrides, rewardsTree } from "./layers.ts";
import { mergeTrees } from "./merge.ts";
import { applySets } from "./override.ts";
import type { Pipeline, PluginUse } from "./pipeline.ts";
import { ConfigErrors, ConfigProblem } from "./problem.ts";
import { readTree } from "./read.ts";
import { dataOf, documentOf, placeOf, type ResolveContext, resolveUse } from "./resolve-use.ts";
import { pipelineSchema, usePlaces } from "./schemas.ts";
import { resolveStage } from "./stages.ts";
import type { MapTree, Path, Span, Tree } from "./tree.ts";
import { explain } from "./validate.ts";

export interface LoadOptions extends Overrides {
  /** Variables for `${env:…}` and `${secret:…}`. */
  readonly env: Env;
  readonly cwd: string;
  /** Where nobody is talked to: a secret that is not set is a warning. */
  readonly mayLackSecrets?: boolean;
  /** Called once the limits are read, before any plugin is imported. */
  readonly onLimits?: (limits: Pipeline["limits"]) => void;
}

/** Reads, merges, resolves and checks a pipeline file. Throws `ConfigErrors` with every finding; starts nothing. */
export async function loadPipeline(file: string, o: LoadOptions): Promise<Pipeline> {
  const problems: ConfigProblem[] = [];
  const layers = { ...o, packageRoot: packageRoot(), problems };
  const tree = mergeLayers(file, layers);
  if (!tree) throw new ConfigErrors(problems);
  return await resolveArms(tree, { ...o, layers });
}

export interface DocumentOptions extends Pick<LoadOptions, "env" | "mayLackSecrets" | "sets" | "onLimits"> {
  /** Folder that relative paths of the document start from. */
  readonly base: string;
  /** A file whose `rewards` stand in place of the document's. */
  readonly rewards?: NamedFile | undefined;
}

/** Rebuilds a pipeline from the `document` and `base` that a run folder keeps; checks it as if it had been read from a file. */
export async function loadDocument(document: Json, o: DocumentOptions): Promise<Pipeline> {
  const problems: ConfigProblem[] = [];
  const source = { name: "(recorded pipeline)", text: JSON.stringify(document, null, 2), folder: o.base };
  const tree = readTree(source, { problems });
  if (tree?.kind !== "map") {
    throw new ConfigErrors([...problems, new ConfigProblem("HALO_CONFIG_SHAPE", "the recorded pipeline is not a map")]);
  }
  const layers = { cwd: o.base, packageRoot: packageRoot(), problems };
  const rewards = o.rewards && rewardsTree(o.rewards, layers);
  if (o.rewards && !rewards) throw new ConfigErrors(problems);
  const recorded = mergeTrees(undefined, tree, "pipeline");
  const whole = applySets(rewards ? mergeTrees(recorded, rewards, "pipeline") : recorded, o.sets ?? [], layers);
  // Of what is not in the file of rewards, paths start where they did.
  return await resolveArms({ ...whole as MapTree, at: tree.at }, { ...o, layers });
}

/** Resolves a pipeline and each of its arms, which are pipelines of their own. */
async function resolveArms(
  tree: MapTree,
  { layers, ...o }: Pick<LoadOptions, "env" | "mayLackSecrets" | "onLimits"> & { readonly layers: LayerOptions },
): Promise<Pipeline> {
  const { problems: found } = layers;
  const { body, arms: written } = splitArms(tree, { problems: found, read: (files) => overlayTrees(files, layers) });
  const pipeline = await resolvePipeline(body, { ...o, problems: found });
  if (written.length === 0) return pipeline;
  const problems: ConfigProblem[] = [];
  const arms = [];
  for (const { name, tree } of written) {
    try {
      arms.push({ name, pipeline: await resolvePipeline(tree, { ...o, problems: [] }) });
    } catch (e) {
      if (!(e instanceof ConfigErrors)) throw e;
      problems.push(...e.errors);
    }
  }
  if (problems.length > 0) throw new ConfigErrors(problems);
  const findings = armFindings(arms);
  const span = tree.entries.get("arms")!.key;
  const unpaired = findings.flatMap(({ code, message, hint }) =>
    code === undefined ? [] : [new ConfigProblem(code, message, { span, hint })]
  );
  if (unpaired.length > 0) throw new ConfigErrors(unpaired);
  const overlays = arms.map((arm) => [arm.name, overlayBetween(pipeline.document, arm.pipeline.document) ?? {}]);
  const whole: Pipeline = {
    ...pipeline,
    arms,
    document: { ...pipeline.document as Record<string, Json>, arms: Object.fromEntries(overlays) },
    warnings: [...pipeline.warnings, ...findings.map((f) => f.message)],
  };
  trees.set(whole, tree);
  return whole;
}

const trees = new WeakMap<Pipeline, MapTree>();

/** Where the value at `path` ("algorithm.options.lr") was written, or the nearest part around it; undefined for a pipeline made by hand. */
export function originOf(pipeline: Pipeline, path: string): Span | undefined {
  const tree = trees.get(pipeline);
  return tree && placeOf(tree, partsOf(path));
}

/** The tree a pipeline was resolved from. */
export function treeOf(pipeline: Pipeline): MapTree | undefined {
  return trees.get(pipeline);
}

/** Findings about a loaded pipeline as errors with places; warnings are left out. */
export function problemsOf(pipeline: Pipeline, findings: readonly Finding[]): readonly ConfigProblem[] {
  return findings.flatMap(({ code, message, hint, path }) =>
    code === undefined ? [] : [new ConfigProblem(code, message, { span: originOf(pipeline, path), hint })]
  );
}

const checkPipeline = compileSchema(pipelineSchema);

async function resolvePipeline(
  written: MapTree,
  { env, mayLackSecrets, onLimits, problems }: Pick<LoadOptions, "env" | "mayLackSecrets" | "onLimits"> & {
    readonly problems: ConfigProblem[];
  },
): Promise<Pipeline> {
  const unset: string[] = [];
  const tree = interpolate(written, { env, problems, ...(mayLackSecrets && { unset }) }) as MapTree;
  const base = tree.at.source.folder;
  const ctx: ResolveContext = { tree, base, problems };
  const known = new Set<string>();
  const data = Object.fromEntries(
    [...tree.entries].map(([name, { value }]) => [name, outline(name, value, { known, ctx })]),
  );
  const errors = checkPipeline(data);
  if (errors.length === 0) onLimits?.(data["limits"] as Pipeline["limits"]);
  problems.push(...explain(errors, { subject: { noun: "a pipeline", part: "key" }, tree, path: [], known }));

  const parts: Record<string, PluginUse> = {};
  const documents: Record<string, Json> = {};
  for (const place of usePlaces) {
    const node = tree.entries.get(place)?.value;
    const use = node && await resolveUse({ path: [place], kind: place, node }, ctx);
    if (use) [parts[place], documents[place]] = [use.value, use.document];
  }
  const rewards = await resolveRewards(ctx);
  const trackers = await resolveTrackers(ctx);
  const stages = itemsOf(tree, "stages").map((node, i) => resolveStage(node, ["stages", i], ctx)).filter((s) =>
    s !== undefined
  );
  if (problems.length > 0) throw new ConfigErrors(problems);

  const { name, seed, concurrency, runs_dir, limits, record } = data as unknown as Pick<
    Pipeline,
    "name" | "seed" | "concurrency" | "runs_dir" | "limits" | "record"
  >;
  const settings = { name, seed, concurrency, runs_dir, limits, record };
  const pipeline = {
    ...settings,
    ...parts as unknown as Pick<Pipeline, (typeof usePlaces)[number]>,
    rewards: rewards.map((r) => r.value),
    ...(trackers.length > 0 && { trackers: trackers.map((t) => t.value) }),
    stages: stages.map((s) => s.value),
    document: {
      ...documentOf(settings) as Record<string, Json>,
      ...documents,
      rewards: rewards.map((r) => r.document),
      ...(trackers.length > 0 && { trackers: trackers.map((t) => t.document) }),
      stages: stages.map((s) => s.document),
    },
    base,
    warnings: [] as string[],
  } satisfies Pipeline;
  trees.set(pipeline, tree);
  const findings = [...planFindings(pipeline), ...checkStages(pipeline)];
  const found = problemsOf(pipeline, findings);
  if (found.length > 0) throw new ConfigErrors(found);
  pipeline.warnings.push(...unset, ...findings.map((f) => f.message));
  return pipeline;
}

/** Parts that are lists of what is checked apart. */
const lists: readonly string[] = ["rewards", "trackers", "stages"];

/** The part of a pipeline that its own schema checks: what names a plugin and what is in a stage is left to them. */
function outline(name: string, node: Tree, o: { readonly known: Set<string>; readonly ctx: ResolveContext }): unknown {
  const isUse = (usePlaces as readonly string[]).includes(name);
  if (isUse) return {};
  if (lists.includes(name) && node.kind === "list") return node.items.map(() => ({}));
  const { properties } = pipelineSchema as unknown as { readonly properties: Readonly<Record<string, Schema>> };
  return dataOf(node, { path: [name], schema: Object.hasOwn(properties, name) ? properties[name] : undefined, ...o });
}

async function resolveRewards(ctx: ResolveContext) {
  const rewards = [];
  for (const [i, node] of itemsOf(ctx.tree, "rewards").entries()) {
    const use = await resolveUse({ path: ["rewards", i], kind: "reward", node }, ctx);
    const written = node.kind === "map" ? node.entries.get("weight")?.value : undefined;
    const weight = written?.kind === "scalar" && typeof written.value === "number" ? written.value : 1;
    if (use) {
      rewards.push({ value: { ...use.value, weight }, document: { ...use.document as Record<string, Json>, weight } });
    }
  }
  return rewards;
}

async function resolveTrackers(ctx: ResolveContext) {
  const nodes = itemsOf(ctx.tree, "trackers").entries();
  const trackers = [];
  for (const [i, node] of nodes) trackers.push(await resolveUse({ path: ["trackers", i], kind: "tracker", node }, ctx));
  return trackers.filter((tracker) => tracker !== undefined);
}

function itemsOf(tree: MapTree, name: string): readonly Tree[] {
  const node = tree.entries.get(name)?.value;
  return node?.kind === "list" ? node.items : [];
}

/** Circles and gaps among the needs of the plugins, found without building them. */
function planFindings(p: Pipeline): readonly Finding[] {
  const provided = new Map([[refs.tasks.id, p.tasks], [refs.environment.id, p.environment], [
    refs.policy.id,
    p.policy,
  ]]);
  const optional = [p.algorithm, p.trainer, p.critic, p.curriculum].filter((use) => use !== undefined);
  return planBuild([p.tasks, p.environment, p.policy, ...p.rewards, ...optional, ...p.trackers ?? []], provided)
    .problems;
}

const partsOf = (path: string): Path => path === "" ? [] : path.split(".");
