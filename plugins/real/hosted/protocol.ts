import { setTimeout as sleep } from "node:timers/promises";
import { HaloError } from "halo-agent";
import { glance, type Glanced, type HaloPage } from "halo-agent/browser";

/** strict: what the benchmark's own harness does, to the millisecond; training: patient and without its pauses. */
export type Mode = "strict" | "training";

/** How long a hosted site may take, milliseconds. */
export interface Patience {
  /** A page before an episode, and its network after it. */
  readonly openMs: number;
  /** `/finish`, and its network after it. */
  readonly finishMs: number;
  /** The report on a loaded `/finish`. */
  readonly reportMs: number;
  /** Attempts at `/finish` at the end of an episode. */
  readonly attempts: number;
  /** Wait before the second attempt after 429 or 5xx; twice as long before the third. */
  readonly pauseMs: number;
}

/** The harness waits one second for `/finish` and asks once. */
export const patienceOf: Readonly<Record<Mode, Patience>> = {
  strict: { openMs: 8_000, finishMs: 1_000, reportMs: 5_000, attempts: 1, pauseMs: 500 },
  training: { openMs: 8_000, finishMs: 5_000, reportMs: 2_000, attempts: 3, pauseMs: 500 },
};

/** Attempts at a page before an episode: nothing is at stake yet. */
const openAttempts = 3;
/** Longest that a site may ask to be left alone before it is tried again. */
const longestPauseMs = 4_000;

export interface HostedCall {
  readonly signal: AbortSignal;
  readonly mode: Mode;
  readonly patience: Patience;
  /** The task's first page; `/config` and `/finish` are appended as the harness appends them, doubled slash and all. */
  readonly url: string;
}

/** Tells the site which task begins; nothing of it is counted anywhere: run "0" is nobody's. */
export async function configure(page: HaloPage, taskId: string, o: HostedCall): Promise<void> {
  const url = `${o.url}/config?run_id=0&task_id=${taskId}&latency=0`;
  await insistently(o, { attempts: openAttempts, isWorthIt: isBusy }, async () => {
    refuse(await glanceAt(page, url, { ...o, limitMs: o.patience.openMs, reads: false }), o.url);
  });
}

/** Looks at `/finish` before anything is done. Throws HALO_REAL_PROTOCOL unless it is a report: then no episode can be judged. */
export async function preflight(page: HaloPage, o: HostedCall): Promise<void> {
  await insistently(o, { attempts: openAttempts, isWorthIt: isBusy }, async () => {
    const seen = await glanceAt(page, `${o.url}/finish`, { ...o, limitMs: o.patience.openMs, reads: true });
    refuse(seen, o.url);
    if (problemOf(seen) === undefined) return;
    throw new HaloError("HALO_REAL_PROTOCOL", `${seen.url} ${problemOf(seen)}`, {
      hint: "it may be another build of the site; name another address in the option `host` of tasks `real`",
    });
  });
}

/** What `/finish` shows, as it is written there: JSON. */
export async function finish(page: HaloPage, o: HostedCall): Promise<string> {
  return await insistently(o, { attempts: o.patience.attempts, isWorthIt: () => true }, async () => {
    const seen = await glanceAt(page, `${o.url}/finish`, { ...o, limitMs: o.patience.finishMs, reads: true });
    refuse(seen, o.url);
    const problem = problemOf(seen);
    if (problem === undefined) return seen.text!;
    throw new HaloError("HALO_REAL_REPORT", `${seen.url} ${problem}`);
  });
}

async function glanceAt(
  page: HaloPage,
  url: string,
  { signal, mode, limitMs, patience, reads }: HostedCall & { readonly limitMs: number; readonly reads: boolean },
): Promise<Glanced> {
  // The harness opens the page before an episode, but reads only the last one.
  const elementLimitMs = reads ? patience.reportMs : 1;
  return await glance(page, url, { signal, element: "pre", untilIdle: mode === "strict", limitMs, elementLimitMs });
}

/** What is wrong with a report; undefined for JSON. */
function problemOf({ text, line }: Glanced): string | undefined {
  if (text === undefined) return `shows no report but ${line === "" ? "nothing" : `"${line}"`}`;
  try {
    JSON.parse(text);
    return undefined;
  } catch (e) {
    return `shows no JSON: ${e instanceof Error ? e.message : String(e)}`;
  }
}

const shut: ReadonlySet<number> = new Set([401, 402, 403, 404, 410, 451]);

/** Throws unless a page of the site itself came. */
function refuse({ url, status, retryAfter, problem }: Glanced, asked: string): void {
  if (new URL(url).host !== new URL(asked).host && url !== "about:blank") {
    throw new HaloError("HALO_REAL_MOVED", `${asked} leads to ${new URL(url).origin}, which is outside the task`, {
      hint: `if that is the site's new address, name it in tasks: options: { host: ${new URL(url).host} }`,
    });
  }
  if (problem !== undefined) throw new HaloError("HALO_REAL_SILENT", `${url} did not come: ${problem}`);
  if (status === undefined || status < 400) return;
  if (shut.has(status)) {
    throw new HaloError("HALO_REAL_GONE", `${url} came with HTTP status ${status}: the site is shut`, {
      hint: "name another address of the site in the option `host` of tasks `real`, or play on its replica",
    });
  }
  const said = retryAfter === undefined ? "" : `, and asks to be left alone for ${retryAfter}`;
  throw Object.assign(new HaloError("HALO_REAL_BUSY", `${url} came with HTTP status ${status}${said}`), { retryAfter });
}

const isBusy = (e: unknown): boolean => e instanceof HaloError && e.code === "HALO_REAL_BUSY";
const isFinal = (e: unknown): boolean =>
  e instanceof HaloError && ["HALO_REAL_GONE", "HALO_REAL_MOVED", "HALO_REAL_PROTOCOL"].includes(e.code);

interface Insistence {
  readonly attempts: number;
  isWorthIt(e: unknown): boolean;
}

/** Tries again what may come out better, after a pause that doubles or that the site asks for. */
async function insistently<T>(
  { signal, patience }: HostedCall,
  { attempts, isWorthIt }: Insistence,
  run: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1;; attempt++) {
    try {
      return await run();
    } catch (e) {
      signal.throwIfAborted();
      if (attempt >= attempts || isFinal(e) || !isWorthIt(e)) throw e;
      const asked = Number((e as { readonly retryAfter?: string }).retryAfter) * 1000 || 0;
      await sleep(Math.min(Math.max(patience.pauseMs * 2 ** (attempt - 1), asked), longestPauseMs), undefined, {
        signal,
      });
    }
  }
}
