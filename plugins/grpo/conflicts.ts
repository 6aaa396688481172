import { HaloError } from "halo-agent";

/** The options that can contradict each other; absent means not written. */
interface Written {
  readonly group: "step" | "trajectory";
  readonly loss_type: string;
  readonly continue?: string;
  readonly gigpo?: object;
  readonly step_adv_const_length?: number;
  readonly max_completion_length?: number;
  readonly kl_coef?: number;
  readonly kl_estimator?: string;
}

/** Throws HALO_OPTION_CONFLICT for the first option that has no meaning beside the others, with that option's place. */
export function refuseConflicts(o: Written): void {
  const isStep = o.group === "step";
  const isDrGrpo = o.loss_type === "dr_grpo";
  const hasKl = (o.kl_coef ?? (o.loss_type === "grpo" ? 0.001 : 0)) > 0;
  const conflicts = [
    ["continue", !isStep, "an episode of a trajectory group goes on by itself", "group: step"],
    ["gigpo", isStep, "GiGPO compares steps across whole episodes", "group: trajectory"],
    ["step_adv_const_length", isStep, "a step group's episodes are one step long", "group: trajectory"],
    ["step_adv_const_length", !isDrGrpo, `${o.loss_type} divides by real lengths`, "loss_type: dr_grpo"],
    ["max_completion_length", !isDrGrpo, `${o.loss_type} divides by real lengths`, "loss_type: dr_grpo"],
    ["kl_estimator", !hasKl, "kl_coef is 0, so there is no KL to estimate", "kl_coef: 0.001"],
  ] as const;
  for (const [option, isConflict, reason, remedy] of conflicts) {
    if (o[option] === undefined || !isConflict) continue;
    throw new HaloError("HALO_OPTION_CONFLICT", `algorithm "grpo": ${option} means nothing here, ${reason}`, {
      hint: `remove ${option}, or set ${remedy}`,
      option,
    });
  }
}
