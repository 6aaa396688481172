import { batchFormat } from "../record/batch.ts";
import { episodeFormat, stepFormat } from "../record/episode.ts";
import { eventFormat } from "../record/events.ts";
import { runFormat, stateFormat } from "../record/run-info.ts";
import { seenFormat } from "../record/seen.ts";
import { slotFormat } from "../record/slot.ts";

/** Compiles the checks of what a page reads, so that nobody who looks at the first one waits for it. */
export function prepareFormats(): void {
  for (
    const format of [
      runFormat,
      stateFormat,
      eventFormat,
      episodeFormat,
      stepFormat,
      slotFormat,
      batchFormat,
      seenFormat,
    ]
  ) {
    format.prepare();
  }
}
