import type { Sample } from "../domain/sample.ts";
import { canonicalAction } from "./canonical.ts";

/** What a sample says, as a key: equal for samples of one action however it was written, and for equal unreadable outputs. */
export function sayingOf({ parsed, text }: Pick<Sample, "parsed" | "text">): string {
  return parsed.ok ? canonicalAction(parsed.action) : `invalid ${parsed.code} ${text}`;
}
