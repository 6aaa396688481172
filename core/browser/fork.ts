import type { Fingerprint } from "../domain/environment.ts";
import { HaloError } from "../util/errors.ts";

/** Names of the facts in which two fingerprints differ, sorted. */
export function diffFingerprint(a: Fingerprint, b: Fingerprint): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((field) => a[field] !== b[field]).sort();
}

/** Throws HALO_FORK_DIVERGENCE when a page does not stand where the mark says; `at` names the step. */
export function verifyFork(marked: Fingerprint, found: Fingerprint, at: string): void {
  const fields = diffFingerprint(marked, found);
  if (fields.length === 0) return;
  throw new HaloError("HALO_FORK_DIVERGENCE", `a fork differs from its trunk ${at}, in: ${fields.join(", ")}`, {
    hint: "the page is not deterministic in these fields; use an environment without forking, or an algorithm that does not branch",
  });
}
