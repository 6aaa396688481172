import type { RunFolder } from "../record/run-folder.ts";
import type { Seen, SeenPoint } from "../record/seen.ts";

/** Makes the picture of a recorded point, a PNG. Rejects where the environment cannot stand there. */
export type MakePicture = (run: RunFolder, seen: Seen, point: SeenPoint) => Promise<Uint8Array>;

/**
 * The picture of a recorded point: the screenshot that was kept, else one that is made now; undefined where neither can be.
 * Rejects with the signal's reason when that ends it, which is nothing that a page could be blamed for.
 */
export function pictureMaker(
  { picture, warn, signal }: {
    readonly picture?: MakePicture | undefined;
    readonly warn?: ((reason: string) => void) | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): (run: RunFolder, seen: Seen, point: SeenPoint) => Promise<Uint8Array | undefined> {
  return async (run, seen, point) => {
    const { page: { shot }, mark } = point;
    const kept = shot === undefined ? undefined : await run.blobs.get(shot).catch(() => undefined);
    if (kept || mark?.state === undefined) return kept;
    return await picture?.(run, seen, point).catch((e: unknown) => {
      signal?.throwIfAborted();
      warn?.(e instanceof Error ? e.message : String(e));
      return undefined;
    });
  };
}
