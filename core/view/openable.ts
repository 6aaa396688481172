import type { RunFolder } from "../record/run-folder.ts";
import type { Seen, SeenPoint } from "../record/seen.ts";
import { HaloError } from "../util/errors.ts";

/** A browser that stands at a recorded point. */
export interface OpenedPage {
  /** True where it has a window on this machine's screen. */
  readonly isVisible: boolean;
  /** Where developer tools reach it: "127.0.0.1:PORT". */
  readonly debug: string;
  /** Address of the page in it. */
  readonly url: string;
}

/** Starts a browser that stands at a recorded point and stays there. */
export type OpenPage = (run: RunFolder, seen: Seen, point: SeenPoint) => Promise<OpenedPage>;

/** A recorded point that a browser can stand at again. Throws HALO_VIEW_POINT. */
export async function openablePoint(
  run: RunFolder,
  { of, point: id }: { readonly of: string; readonly point: string },
): Promise<{ readonly seen: Seen; readonly point: SeenPoint }> {
  const seen = await run.readPages(of);
  const point = seen?.points.find((one) => one.id === id);
  if (seen && point?.mark?.state !== undefined) return { seen, point };
  const why = point ? "was recorded without the page's state" : "was not recorded";
  throw new HaloError("HALO_VIEW_POINT", `the page at "${id}" of ${of} ${why}, so no browser can go back to it`, {
    hint: "pages of replica sites can be opened, where record.pages kept them",
  });
}
