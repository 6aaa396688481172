import type { Call } from "../domain/call.ts";
import type { Environment, Episode } from "../domain/environment.ts";
import type { Task } from "../domain/task.ts";
import type { SeenPoint } from "../record/seen.ts";
import { HaloError, isHaloError } from "../util/errors.ts";

/** Failures that mean, of a record, that the site is not the one it was recorded on. */
const changed = ["HALO_FORK_DIVERGENCE", "HALO_PAGE_SCRIPT"] as const;

/** An episode that stands at a recorded point. Throws HALO_VIEW_POINT where the site has changed since the record. */
export async function standAgain(
  environment: Pick<Environment, "fork">,
  { task, point }: { readonly task: Task; readonly point: SeenPoint },
  call: Call,
): Promise<Episode> {
  if (!point.mark) throw new HaloError("HALO_VIEW_POINT", `nobody can go back to the page at "${point.id}"`);
  try {
    return await environment.fork({ ...point.mark, task }, call);
  } catch (cause) {
    if (!changed.some((code) => isHaloError(cause, code))) throw cause;
    const { message } = cause as HaloError;
    throw new HaloError(
      "HALO_VIEW_POINT",
      `the page at "${point.id}" of ${task.key} cannot be shown as it was, its site has changed since the run: ${message}`,
      { hint: "halo view draws the page by its controls as they were; a run made now can be shown and opened", cause },
    );
  }
}
