import { HaloError } from "../util/errors.ts";

/**
 * Two options that contradict each other: `option` is refused when it is written and `when` holds. `because` ends the
 * sentence "… means nothing here, …"; `instead` says what to write rather than remove it, for example "group: step".
 */
export type OptionConflict = readonly [option: string, when: boolean, because: string, instead: string];

/**
 * Throws HALO_OPTION_CONFLICT, at the option's place, for the first option that is written and has no meaning beside the
 * others. `subject` begins the message, for example `algorithm "grpo"`; options that are not written are absent or undefined.
 */
export function refuseConflicts(subject: string, written: object, conflicts: readonly OptionConflict[]): void {
  const values = new Map<string, unknown>(Object.entries(written));
  for (const [option, when, because, instead] of conflicts) {
    if (!when || values.get(option) === undefined) continue;
    throw new HaloError("HALO_OPTION_CONFLICT", `${subject}: ${option} means nothing here, ${because}`, {
      hint: `remove ${option}, or set ${instead}`,
      option,
    });
  }
}
