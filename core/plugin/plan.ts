import { didYouMean } from "../util/nearest.ts";
import { refs } from "./refs.ts";
import { nestedUses, type Use } from "./use.ts";

/** Why uses cannot be built; `path` is where the use stands. */
export interface PlanProblem {
  readonly code: "HALO_PLUGIN_CYCLE" | "HALO_PLUGIN_NEEDS";
  readonly message: string;
  readonly hint: string;
  readonly path: string;
}

export interface Plan {
  /** Every use once, each after what it needs and what is nested in it. */
  readonly order: readonly Use[];
  readonly problems: readonly PlanProblem[];
}

const coreIds: ReadonlySet<string> = new Set(
  [refs.log, refs.seed, refs.packageRoot, refs.blobs, refs.budget, refs.answers].map(({ id }) => id),
);

/** Orders `wanted` and all they need. `provided` says which use stands behind a ref, for example "pipeline.tasks". */
export function planBuild(wanted: readonly Use[], provided: ReadonlyMap<string, Use>): Plan {
  const order: Use[] = [];
  const problems: PlanProblem[] = [];
  const state = new Map<string, "open" | "done">();
  const trail: Use[] = [];
  const visit = (use: Use): void => {
    const seen = state.get(use.path);
    if (seen === "done") return;
    if (seen === "open") {
      problems.push(cycle([...trail.slice(trail.findIndex((t) => t.path === use.path)), use]));
      return;
    }
    state.set(use.path, "open");
    trail.push(use);
    for (const nested of nestedUses(use)) visit(nested);
    for (const { id } of Object.values(use.plugin.needs)) {
      const provider = provided.get(id);
      if (provider) visit(provider);
      else if (!coreIds.has(id)) problems.push(missing(use, id, provided));
    }
    trail.pop();
    state.set(use.path, "done");
    order.push(use);
  };
  wanted.forEach(visit);
  return { order, problems };
}

/** `kind/name` of a use, for messages. */
export const useName = (use: Use): string => `${use.kind}/${use.plugin.name}`;

function cycle(trail: readonly Use[]): PlanProblem {
  const judge = trail.find(({ kind, path }) => kind === "critic" && path.startsWith("policy."));
  return {
    code: "HALO_PLUGIN_CYCLE",
    message: `these plugins need each other: ${trail.map((use) => `${useName(use)} (${use.path})`).join(" → ")}`,
    hint: judge
      ? `${judge.plugin.name} cannot judge inside the policy it belongs to; use a critic that does not need the policy`
      : "remove one of these needs; a plugin cannot be built before itself",
    path: trail[0]!.path,
  };
}

function missing(use: Use, id: string, provided: ReadonlyMap<string, Use>): PlanProblem {
  const ids = [...coreIds, ...provided.keys()];
  return {
    code: "HALO_PLUGIN_NEEDS",
    message: `${useName(use)} needs "${id}", which nothing here provides${didYouMean(id, ids)}`,
    hint: `what a plugin may need here: ${ids.join(", ")}`,
    path: use.path,
  };
}
