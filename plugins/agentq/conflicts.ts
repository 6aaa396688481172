import { HaloError } from "halo-agent";

/** The options that can contradict each other; absent means not written. */
interface Written {
  readonly selection: string;
  readonly leaf: string;
  readonly credit?: string;
  readonly ucb_form?: string;
  readonly widening?: object;
  readonly mix?: number;
  readonly beta?: number;
  readonly nll_coef?: number;
  readonly level?: string;
}

/** Throws HALO_OPTION_CONFLICT for the first option that has no meaning beside the others, with that option's place. */
export function refuseConflicts(plugin: "agentq" | "search", o: Written): void {
  const isPuct = o.selection === "puct";
  const isDpo = (o.credit ?? "dpo") === "dpo";
  const conflicts = [
    ["ucb_form", isPuct, "PUCT has one form", "selection: ucb1"],
    ["widening", isPuct, "PUCT's prior keeps improbable proposals back by itself", "selection: ucb1"],
    ["mix", o.leaf !== "mix", `a leaf is valued by the ${o.leaf} alone`, "leaf: mix"],
    ["beta", !isDpo, "there is no preference loss", "credit: dpo"],
    ["level", !isDpo, "there is no preference loss", "credit: dpo"],
    ["nll_coef", !isDpo, "there is no preference loss", "credit: dpo"],
  ] as const;
  for (const [option, isConflict, reason, remedy] of conflicts) {
    if (o[option] === undefined || !isConflict) continue;
    throw new HaloError("HALO_OPTION_CONFLICT", `${plugin}: ${option} means nothing here, ${reason}`, {
      hint: `remove ${option}, or set ${remedy}`,
      option,
    });
  }
}
