import type { Action, ActionError } from "../domain/action.ts";
import type { Call } from "../domain/call.ts";
import { act, type Acted, type ActOptions } from "./act.ts";
import type { HaloPage } from "./page.ts";

/** An action carried through: done, waited for, and brought back where it led astray. */
export interface Performed extends Acted {
  /** False when a foreign page still changed at the settle cap. */
  readonly isSettled: boolean;
  readonly actMs: number;
  readonly settleMs: number;
}

/**
 * Acts and waits until the page is settled. `state` is the state of one of our own sites before the action: a replica keeps
 * it through a reload, as the site it stands for does on its server. A page that left its hosts is brought back (BLOCKED_URL).
 */
export async function perform(
  page: HaloPage,
  action: Action,
  o: ActOptions & { readonly state: string },
): Promise<Performed> {
  const { documents } = page.session;
  const t0 = performance.now();
  const acted = await act(page, action, o);
  const t1 = performance.now();
  let isSettled = await page.settle(o);
  const strayed = await back(page, o);
  if (page.isOwn && page.session.documents !== documents) await page.show(o.state, o);
  if (strayed) isSettled = await page.settle(o);
  const error: ActionError | undefined = strayed ?? acted.error;
  return { ...acted, ...(error && { error }), isSettled, actMs: t1 - t0, settleMs: performance.now() - t1 };
}

async function back(page: HaloPage, o: Call): Promise<ActionError | undefined> {
  const { strayed } = page;
  if (strayed === undefined) return undefined;
  await page.retreat(o);
  return {
    code: "BLOCKED_URL",
    message: `the page went to ${JSON.stringify(strayed)}, outside this task, and was brought back`,
  };
}
