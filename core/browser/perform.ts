import type { Action, ActionError } from "../domain/action.ts";
import type { Call } from "../domain/call.ts";
import type { Need, Observation } from "../domain/observation.ts";
import { HaloError } from "../util/errors.ts";
import { act, type Acted, type ActOptions } from "./act.ts";
import type { Facts, HaloPage } from "./page.ts";

/** An action carried through: done, waited for, brought back where it led astray, and looked at. */
export interface Performed extends Acted {
  readonly observation: Observation;
  /** Where the page stands now; absent on foreign pages. */
  readonly facts?: Facts;
  readonly cost: { readonly actMs: number; readonly settleMs: number; readonly observeMs: number };
}

/**
 * Acts, waits until the page is settled, and looks. `state` is the state of one of our own sites before the action: a replica
 * keeps it through a reload, as the site it stands for does on its server. A page that left its hosts is brought back
 * (BLOCKED_URL).
 */
export async function perform(
  page: HaloPage,
  action: Action,
  o: ActOptions & { readonly state: string; readonly need: Need },
): Promise<Performed> {
  const { documents } = page.session;
  const isReloaded = () => page.session.documents !== documents;
  const t0 = performance.now();
  const acted = await act(page, action, o);
  const t1 = performance.now();
  const atOnce = isReloaded() ? undefined : await page.observeNow(o.need, o);
  if (atOnce) return { ...acted, ...atOnce, cost: { actMs: t1 - t0, settleMs: 0, observeMs: performance.now() - t1 } };
  let isSettled = await page.settle(o);
  if (isReloaded()) await refuseOutage(page, o);
  const strayed = await back(page, o);
  if (page.isOwn && isReloaded()) await page.show(o.state, o);
  if (strayed && !page.question) isSettled = await page.settle(o);
  const t2 = performance.now();
  const [seen, facts] = await Promise.all([page.observe(o.need, o), page.isOwn ? page.facts(o) : undefined]);
  const error: ActionError | undefined = strayed ?? acted.error;
  return {
    ...acted,
    ...(error && { error }),
    observation: isSettled ? seen : { ...seen, unsettled: true },
    ...(facts && { facts }),
    cost: { actMs: t1 - t0, settleMs: t2 - t1, observeMs: performance.now() - t2 },
  };
}

/** What a gateway answers when the server behind it is gone or gives no more. */
const outages: readonly number[] = [429, 502, 503, 504];

/** HTTP status that the document came with; 0 for one that no server sent. */
const documentStatus = `performance.getEntriesByType("navigation")[0]?.responseStatus ?? 0`;

/** Throws when the task's own server did not give the document: that is nothing the action did. */
async function refuseOutage(page: HaloPage, o: Call): Promise<void> {
  const { refused } = page.session;
  const url = refused ?? page.page.url();
  if (page.isOwn || page.question || !page.allows(url)) return;
  if (refused !== undefined) {
    throw new HaloError("HALO_PAGE_LOAD", `${url} did not load: the server could not be reached`);
  }
  const status = await page.session.ask<number>(documentStatus, o);
  if (outages.includes(status)) {
    throw new HaloError("HALO_PAGE_STATUS", `${url} came with HTTP status ${status}`);
  }
}

async function back(page: HaloPage, o: Call): Promise<ActionError | undefined> {
  const { strayed } = page;
  const refused = page.tabs.refused.splice(0).at(-1);
  if (strayed === undefined && refused !== undefined) {
    return {
      code: "BLOCKED_URL",
      message: `a window for ${JSON.stringify(refused)} was opened, outside this task, and was closed`,
    };
  }
  if (strayed === undefined || page.question) return undefined;
  await page.retreat(o);
  return {
    code: "BLOCKED_URL",
    message: `the page went to ${JSON.stringify(strayed)}, outside this task, and was brought back`,
  };
}
