import { HaloError } from "../util/errors.ts";

/** Statuses below 500 that say "later". */
const busy: readonly number[] = [408, 425, 429];

/** A first page that came with an HTTP error: one that is missing, or closed to this browser, stays so. */
export function statusError(url: string, status: number): HaloError {
  const isLasting = status < 500 && !busy.includes(status);
  return new HaloError("HALO_PAGE_STATUS", `${url} came with HTTP status ${status}`, {
    ...(isLasting && { hint: "mend the address, or begin with what the site asks for, such as a login" }),
    isLasting,
  });
}
