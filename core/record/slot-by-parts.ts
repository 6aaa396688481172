import type { Buffer } from "node:buffer";
import type { Branch, Decision } from "../domain/group.ts";
import { decoder, type Encoded } from "./codec.ts";
import { isAsWritten } from "./json-file.ts";
import { listsNamed, type Span } from "./json-lists.ts";
import { readIfThere } from "./read-if-there.ts";
import { fromSlotRecord, type Slot, slotFormat, type SlotRecord } from "./slot.ts";

/** Brackets that are open around the members of a decision: file, body, groups, group, decisions, decision. */
const depthOfDecision = 6;

/**
 * Reads a slot whose branches are made when somebody asks for a decision's: of a tree of thousands a page shows a few.
 * Undefined where there is no file, or one that is not as halo wrote it: reading it whole tells what is wrong.
 */
export async function readSlotByParts(path: string): Promise<Slot | undefined> {
  const bytes = await readIfThere(path);
  if (!bytes || !isAsWritten(bytes, slotFormat.schema)) return undefined;
  const spans = listsNamed("branches", { bytes, depth: depthOfDecision });
  const { prompts, body } = JSON.parse(without(spans, bytes)) as Encoded;
  const decoded = decoder(prompts);
  const record = decoded(body) as SlotRecord;
  const decisions = record.groups.flatMap((group) => group.decisions);
  // What a task or an action holds freely may have a list of that name too.
  const isAll = decisions.length === spans.length && decisions.every(({ branches }) => branches === null);
  if (!isAll) return undefined;
  for (const [i, { start, end }] of spans.entries()) {
    readLater(decisions[i]!, () => {
      const text = bytes.toString("utf8", start, end);
      const branches = JSON.parse(text);
      return mayHoldEncoded(text) ? decoded(branches) as Branch[] : branches;
    });
  }
  return fromSlotRecord(record);
}

/** False where no key can begin with "$": such values are what was encoded. */
const mayHoldEncoded = (json: string): boolean => json.includes('"$');

/** The text with `null` in the place of these pieces. */
function without(spans: readonly Span[], bytes: Buffer): string {
  const ends = [0, ...spans.map(({ end }) => end)];
  return ends.map((end, i) => bytes.toString("utf8", end, spans[i]?.start)).join("null");
}

function readLater(decision: Decision, read: () => readonly Branch[]): void {
  let branches: readonly Branch[] | undefined;
  Object.defineProperty(decision, "branches", { get: () => branches ??= read(), enumerable: true, configurable: true });
}
