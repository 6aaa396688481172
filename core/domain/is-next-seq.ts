import { HaloError } from "../util/errors.ts";
import type { Batch, UpdateReport } from "./batch.ts";

/**
 * Tells a trainer what to do with a batch: true when it follows the last one applied, false when it is that one, sent again,
 * whose report is to be returned as it was. Throws HALO_TRAINER_SEQUENCE for any other. Before the first batch `last.seq`
 * is 0.
 */
export function isNextSeq({ seq }: Pick<Batch, "seq">, last: Pick<UpdateReport, "seq">): boolean {
  if (seq === last.seq) return false;
  if (seq === last.seq + 1) return true;
  throw new HaloError("HALO_TRAINER_SEQUENCE", `batch ${seq} follows batch ${last.seq}`, {
    hint: "send batches in order; a batch already applied may be sent again",
  });
}
