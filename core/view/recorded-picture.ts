import type { RunFolder } from "../record/run-folder.ts";
import type { Seen, SeenPoint } from "../record/seen.ts";

/** Makes the picture of a recorded point, a PNG. Rejects where the environment cannot stand there. */
export type MakePicture = (run: RunFolder, seen: Seen, point: SeenPoint) => Promise<Uint8Array>;

/** The picture of a recorded point: the screenshot that was kept, else one that is made now; undefined where neither can be. */
export function pictureMaker(
  { picture, warn }: {
    readonly picture?: MakePicture | undefined;
    readonly warn?: ((reason: string) => void) | undefined;
  },
): (run: RunFolder, seen: Seen, point: SeenPoint) => Promise<Uint8Array | undefined> {
  return async (run, seen, point) => {
    const { page: { shot }, mark } = point;
    const kept = shot === undefined ? undefined : await run.blobs.get(shot).catch(() => undefined);
    if (kept || mark?.state === undefined) return kept;
    return await picture?.(run, seen, point).catch((e: unknown) =>
      void warn?.(e instanceof Error ? e.message : String(e))
    );
  };
}
