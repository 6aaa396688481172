import type { Json } from "../domain/json.ts";
import { differingChoice } from "./crosscheck.ts";
import type { EvaluateStage, Pipeline, TrainStage } from "./pipeline.ts";
import { ConfigProblem } from "./problem.ts";
import type { NamedFile } from "./layers.ts";
import { mergeLayer } from "./stage-patch.ts";
import { type MapEntry, type MapTree, stringOf, type Tree } from "./tree.ts";
import { shownValue } from "./validate.ts";

/** The files an arm names, to be laid over the pipeline before the rest of the arm. */
interface ArmFiles {
  readonly mode?: NamedFile | undefined;
  readonly overlays: readonly NamedFile[];
}

/**
 * A pipeline's own tree, and one tree for each of its arms: its mode, its overlays and what else the arm holds laid over
 * it. Origins are kept. `read` turns named files into trees.
 */
export function splitArms(
  tree: MapTree,
  { problems, read }: { readonly problems: ConfigProblem[]; readonly read: (files: ArmFiles) => readonly MapTree[] },
): { readonly body: MapTree; readonly arms: readonly { readonly name: string; readonly tree: MapTree }[] } {
  const written = tree.entries.get("arms");
  if (!written) return { body: tree, arms: [] };
  const body = { ...tree, entries: new Map([...tree.entries].filter(([name]) => name !== "arms")) };
  if (written.value.kind !== "map" || written.value.entries.size < 2) {
    const left = written.value.kind === "map" ? [...written.value.entries.values()].map((arm) => arm.value) : [];
    const mode = left[0]?.kind === "map" ? stringOf(left[0].entries.get("mode")?.value) : undefined;
    problems.push(
      new ConfigProblem("HALO_CONFIG_SHAPE", "`arms` must be a map of two or more names to what differs", {
        span: written.key,
        hint: mode === undefined
          ? "write for example arms: { a: {}, b: { seed: 7 } }"
          : `one mode alone needs no arms: --set arms=null --mode ${mode}`,
      }),
    );
    return { body, arms: [] };
  }
  const arms = [...written.value.entries].flatMap(([name, entry]) => {
    const over = overlayOf(name, entry, problems);
    if (!over) return [];
    const layers = [...read(over.files), over.rest];
    const merged = layers.reduce((below, layer) => mergeLayer(below, layer, problems), body);
    // An arm's document is laid over the pipeline's: both start from one folder.
    return [{ name, tree: { ...merged, at: body.at } }];
  });
  return { body, arms };
}

/** Parts that belong to the whole file. */
const shared = ["name", "runs_dir", "extends", "profiles", "arms"];

function overlayOf(
  name: string,
  { key, value }: MapEntry,
  problems: ConfigProblem[],
): { readonly files: ArmFiles; readonly rest: MapTree } | undefined {
  const problem = (message: string, span = key) => {
    problems.push(
      new ConfigProblem("HALO_CONFIG_SHAPE", message, {
        span,
        hint: "an arm is a map of what differs, {} for nothing",
      }),
    );
    return undefined;
  };
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(name)) return problem(`"${name}" names no arm: it becomes a folder's name`);
  if (value.kind !== "map") {
    return problem(
      `the arm "${name}" must be a map, got ${shownValue(value.kind === "list" ? value.items : value.value)}`,
    );
  }
  const wrong = [...value.entries].find(([part]) => shared.includes(part));
  if (wrong) return problem(`the arm "${name}" cannot have its own \`${wrong[0]}\``, wrong[1].key);
  const { mode, overlays, ...rest } = Object.fromEntries(value.entries);
  const files = { mode: mode && fileOf(mode.value), overlays: overlays ? filesOf(overlays.value) : [] };
  if (mode && !files.mode) return problem(`the \`mode\` of the arm "${name}" must be a name`, mode.key);
  if (files.overlays.includes(undefined)) {
    return problem(`the \`overlays\` of the arm "${name}" must be a list of paths`, overlays!.key);
  }
  return { files: files as ArmFiles, rest: { ...value, entries: new Map(Object.entries(rest)) } };
}

const filesOf = (node: Tree) => node.kind === "list" ? node.items.map(fileOf) : [undefined];

/** Modes and overlays of an arm start from the folder of the file that names them. */
function fileOf(node: Tree): NamedFile | undefined {
  const text = stringOf(node);
  return text === undefined ? undefined : { text, folder: node.at.source.folder, span: node.at };
}

/** Labels of the evaluations that every arm has: what is compared. */
export function sharedLabels(arms: readonly { readonly pipeline: Pick<Pipeline, "stages"> }[]): readonly string[] {
  const [first = [], ...others] = arms.map(({ pipeline }) => evaluations(pipeline).map((stage) => stage.label));
  return first.filter((label) => others.every((labels) => labels.includes(label)));
}

/** Reasons against comparing the arms. One with a code refuses the pipeline; one without warns that the comparison is not at equal cost. */
export function armFindings(
  arms: readonly { readonly name: string; readonly pipeline: Pipeline }[],
): readonly { readonly code?: "HALO_COMPARE_UNPAIRED"; readonly message: string; readonly hint?: string }[] {
  const labels = sharedLabels(arms);
  const code = "HALO_COMPARE_UNPAIRED" as const;
  if (labels.length === 0) {
    const hint = "put an evaluate stage into the pipeline, outside of the arms";
    return [{ code, message: "the arms share no evaluation, so there is nothing to compare", hint }];
  }
  const [first, ...others] = arms;
  const stageOf = (arm: (typeof arms)[number], label: string) =>
    evaluations(arm.pipeline).find((stage) => stage.label === label)!;
  const unpaired = others.flatMap((arm) =>
    labels.flatMap((label) => {
      const differing = differingChoice(stageOf(first!, label), stageOf(arm, label));
      if (!differing.includes("split") && !differing.includes("task_seed")) return [];
      const message = `"${label}" differs in ${differing.join(", ")} between the arms "${
        first!.name
      }" and "${arm.name}"`;
      return [{ code, message, hint: "evaluate all arms on the same split and task_seed" }];
    })
  );
  if (unpaired.length > 0) return unpaired;
  const budgets = new Set(arms.map((arm) => trainings(arm.pipeline).map((stage) => stage.env_steps ?? "none").join()));
  const trains = arms.some((arm) => trainings(arm.pipeline).length > 0);
  if (!trains || (budgets.size === 1 && !JSON.stringify([...budgets]).includes("none"))) return [];
  return [{ message: "the arms train without an equal `env_steps`, so they are not compared at equal cost" }];
}

const evaluations = ({ stages }: Pick<Pipeline, "stages">) =>
  stages.filter((stage): stage is EvaluateStage => stage.kind === "evaluate");
const trainings = ({ stages }: Pick<Pipeline, "stages">) =>
  stages.filter((stage): stage is TrainStage => stage.kind === "train");

/** What has to be laid over `base` to get `over`: the form an arm is recorded in. */
export function overlayBetween(base: Json, over: Json): Json | undefined {
  if (JSON.stringify(base) === JSON.stringify(over)) return undefined;
  if (!isMap(base) || !isMap(over) || base["use"] !== over["use"]) return over;
  const names = [...new Set([...Object.keys(base), ...Object.keys(over)])];
  const changes = names.map((name) => [name, name in over ? overlayBetween(base[name]!, over[name]!) : null] as const);
  return Object.fromEntries(changes.filter((change): change is [string, Json] => change[1] !== undefined));
}

function isMap(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
