import { join } from "node:path";
import { HaloError } from "../util/errors.ts";
import { sha256 } from "../util/sha256.ts";
import type { JournalStart } from "./commit.ts";
import { wholeBytes } from "./jsonl.ts";
import { readIfThere } from "./read-if-there.ts";

/** Journals whose lines decide what a resume does: what they lack is played again, with the weights of today. */
const names = ["episodes.jsonl", "faults.jsonl"] as const;

/** What the journals of a run hold now. */
export async function journalsNow(run: string): Promise<Readonly<Record<string, JournalStart>>> {
  const starts = names.map(async (name) => {
    const bytes = await readIfThere(join(run, name));
    if (!bytes) return [];
    const whole = bytes.subarray(0, wholeBytes(bytes));
    return [[name, { bytes: whole.length, sha256: sha256(whole) }] as const];
  });
  return Object.fromEntries((await Promise.all(starts)).flat());
}

/** Throws HALO_RUN_CORRUPT naming the journal that does not begin any more as it did. */
export async function checkJournals(run: string, then: Readonly<Record<string, JournalStart>>): Promise<void> {
  for (const [name, start] of Object.entries(then)) {
    const path = join(run, name);
    const bytes = await readIfThere(path);
    if (bytes && sha256(bytes.subarray(0, start.bytes)) === start.sha256) continue;
    const found = (bytes?.length ?? 0) < start.bytes ? `${bytes?.length ?? 0} of ${start.bytes} bytes` : "other ones";
    throw new HaloError("HALO_RUN_CORRUPT", `${path}: expected the lines that were committed, got ${found}`, {
      hint:
        `restore it from a copy, or begin anew with what is left of it: halo run --resume ${run} --from-iteration 0`,
    });
  }
}
