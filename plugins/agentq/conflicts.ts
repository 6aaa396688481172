import type { OptionConflict } from "halo-agent/kit";

/** The options of `agentq` and `search` that can contradict each other; absent means not written. */
interface Written {
  readonly selection: string;
  readonly leaf: string;
  readonly credit?: string;
}

/** Options that have no meaning beside the others. */
export function conflictsOf({ selection, leaf, credit = "dpo" }: Written): readonly OptionConflict[] {
  const isPuct = selection === "puct";
  const lacksPairs = credit !== "dpo";
  return [
    ["ucb_form", isPuct, "PUCT has one form", "selection: ucb1"],
    ["widening", isPuct, "PUCT's prior keeps improbable proposals back by itself", "selection: ucb1"],
    ["mix", leaf !== "mix", `a leaf is valued by the ${leaf} alone`, "leaf: mix"],
    ["beta", lacksPairs, "there is no preference loss", "credit: dpo"],
    ["level", lacksPairs, "there is no preference loss", "credit: dpo"],
    ["nll_coef", lacksPairs, "there is no preference loss", "credit: dpo"],
  ];
}
