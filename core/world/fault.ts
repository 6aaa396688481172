import type { Fault } from "../domain/verdict.ts";
import { factsOf } from "../util/error-facts.ts";
import { HaloError } from "../util/errors.ts";

/**
 * What an environment, policy or critic threw as a fault, which another attempt may mend. Errors that name a mistake in the
 * pipeline, a defect of a plugin or of an algorithm, and what has no code at all, are thrown on.
 */
export function faultOf(e: unknown, kind: Fault["kind"]): Fault {
  if (!(e instanceof HaloError) || factsOf(e.code)?.rule === "fatal") throw e;
  return { kind: e.code === "HALO_FORK_DIVERGENCE" ? "fork_divergence" : kind, code: e.code, message: e.message };
}
