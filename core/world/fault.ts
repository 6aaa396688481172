import type { Fault } from "../domain/verdict.ts";
import { factsOf } from "../util/error-facts.ts";
import { HaloError } from "../util/errors.ts";

/**
 * What an environment, policy or critic threw as a fault, which another attempt may mend. Errors that name a mistake in the
 * pipeline, a defect of a plugin or of an algorithm, and what has no code at all, are thrown on.
 */
export function faultOf(e: unknown, kind: Fault["kind"]): Fault {
  if (!(e instanceof HaloError) || factsOf(e.code)?.rule === "fatal") throw e;
  const { code, message } = e;
  const fault: Fault = { kind: code === "HALO_FORK_DIVERGENCE" ? "fork_divergence" : kind, code, message };
  thrown.set(fault, e);
  return fault;
}

/** A fault as the error that it ends with says it: `CODE: message`; the message alone under a code that says no more than that. */
export const faultText = ({ code, message }: Fault): string =>
  code === "HALO_ENVIRONMENT_FAULT" || code === "HALO_CALL_FAILED" ? message : `${code}: ${message}`;

/** What was thrown, behind faults: these are recorded, and hold no more than code and message. */
const thrown = new WeakMap<object, HaloError>();

/** The error that a fault was made of, or that the error of a fault has as its cause; the error itself where there is none. */
export function errorBehind(e: HaloError): HaloError {
  return (typeof e.cause === "object" && e.cause !== null && thrown.get(e.cause)) || e;
}
