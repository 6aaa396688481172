import type { Adapter } from "../../domain/batch.ts";
import type { CommitRecord } from "../../record/commit.ts";
import type { Totals } from "../context/totals.ts";

/** What COMMIT holds: where the run stands and the adapter that samples next, its folder left out. */
export function commitRecord(totals: Totals, { format, base, version, sha256 }: Adapter): CommitRecord {
  return { ...totals, adapter: { format, base, version, sha256 } };
}
