import type { Call } from "../domain/call.ts";
import type { Fingerprint, ResolvedAction } from "../domain/environment.ts";
import { HaloError, isHaloError } from "../util/errors.ts";
import type { Facts, HaloPage } from "./page.ts";
import { perform } from "./perform.ts";
import type { PagePool } from "./pool.ts";

/** Names of the facts in which two fingerprints differ, sorted. */
export function diffFingerprint(a: Fingerprint, b: Fingerprint): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((field) => a[field] !== b[field]).sort();
}

/** Throws HALO_FORK_DIVERGENCE when a page does not stand where the mark says; `at` names the step. */
export function verifyFork(marked: Fingerprint, found: Fingerprint, at: string): void {
  const fields = diffFingerprint(marked, found);
  if (fields.length === 0) return;
  throw new HaloError("HALO_FORK_DIVERGENCE", `a fork differs from its trunk ${at}, in: ${fields.join(", ")}`, {
    hint:
      "the page is not deterministic in these fields; use an environment without forking, or an algorithm that does not branch",
  });
}

/** Repeats actions on a page that stands at their start, checking the fingerprint before each one. */
export async function replay(page: HaloPage, actions: readonly ResolvedAction[], o: Call): Promise<void> {
  let facts: Facts | undefined;
  for (const [i, resolved] of actions.entries()) {
    const { fingerprint, stance } = facts ?? await page.facts(o);
    verifyFork(resolved.fingerprint, fingerprint, `before step ${i + 1}`);
    ({ facts } = await perform(page, resolved.action, { ...o, replay: resolved, state: stance.state, need: {} }));
  }
}

/** Makes a fork on a page of the pool; one that diverges is tried once more on a fresh page, then the divergence is the site's. */
export async function forkOnPage<T>(pool: PagePool, o: Call, make: (page: HaloPage) => Promise<T>): Promise<T> {
  try {
    return await pool.with(o, make);
  } catch (e) {
    if (!isHaloError(e, "HALO_FORK_DIVERGENCE")) throw e;
    return await pool.with({ ...o, isFresh: true }, make);
  }
}
