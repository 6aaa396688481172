import { didYouMean } from "../util/nearest.ts";
import { mergeTrees } from "./merge.ts";
import { ConfigProblem } from "./problem.ts";
import { stageSchemas } from "./schemas.ts";
import type { ListTree, MapTree, Tree } from "./tree.ts";

const kinds = Object.keys(stageSchemas);

/**
 * Lays a whole layer on what is below it. A list under `stages` replaces the list below; a map changes every stage of a
 * kind and keeps the rest: `stages: { train: { iterations: 2 } }`; null removes the stages of that kind.
 */
export function mergeLayer(base: MapTree, over: MapTree, problems: ConfigProblem[]): MapTree {
  const below = base.entries.get("stages")?.value;
  const patch = over.entries.get("stages");
  if (below?.kind !== "list" || patch?.value.kind !== "map") return mergeTrees(base, over, "pipeline") as MapTree;
  const entries = new Map(over.entries).set("stages", { ...patch, value: patched(below, patch.value, problems) });
  return mergeTrees(base, { ...over, entries }, "pipeline") as MapTree;
}

function patched(stages: ListTree, patch: MapTree, problems: ConfigProblem[]): Tree {
  for (const [kind, { key }] of patch.entries) {
    if (kinds.includes(kind)) continue;
    problems.push(
      new ConfigProblem("HALO_STAGE_UNKNOWN", `there is no stage "${kind}"${didYouMean(kind, kinds)}`, {
        span: key,
        hint: `a map under \`stages\` names kinds of stages: ${kinds.join(", ")}`,
      }),
    );
  }
  const items = stages.items.map((item) => {
    if (item.kind !== "map") return item;
    const mine = [...patch.entries].filter(([kind]) => item.entries.has(kind));
    return mergeTrees(item, { ...patch, at: item.at, entries: new Map(mine) });
  });
  return { ...stages, items: items.filter((item) => item.kind !== "map" || item.entries.size > 0) };
}
