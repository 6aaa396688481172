import type { Page } from "playwright-core";
import type { Call } from "../domain/call.ts";
import { within } from "../util/within.ts";
import type { HaloPage } from "./page.ts";

/** What a document was when a window in the background loaded it. */
export interface Glanced {
  /** Address it came from, after redirects; of one that could not be reached the address that was asked for last. */
  readonly url: string;
  /** HTTP status; absent when nothing came. */
  readonly status?: number;
  readonly retryAfter?: string;
  /** Why nothing came, or not in time: the browser's own words. */
  readonly problem?: string;
  /** Text of the first element that fits the selector; absent when there is none in time. */
  readonly text?: string;
  /** First line of what the page shows. */
  readonly line: string;
}

export interface GlanceOptions extends Call {
  /** CSS selector of the element that is read. */
  readonly element: string;
  /** True: waits until the network is idle before it reads. */
  readonly untilIdle: boolean;
  /** Milliseconds that the document may take, and again the network. */
  readonly limitMs: number;
  /** Milliseconds that the element may take after that. */
  readonly elementLimitMs: number;
}

/** Loads a document in a window of its own beside the episode's, with its cookies and storage, and reads one element. */
export async function glance(beside: HaloPage, url: string, o: GlanceOptions): Promise<Glanced> {
  const page = await beside.tabs.aside(o);
  try {
    return await within(look(page, url, o), o.signal);
  } finally {
    await page.close().catch(() => {}); // The window may be gone with its browser, whose loss others report.
  }
}

async function look(page: Page, url: string, o: GlanceOptions): Promise<Glanced> {
  let asked = url;
  page.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) asked = request.url();
  });
  page.on("dialog", (dialog) => dialog.dismiss().catch(() => {}));
  try {
    const response = await page.goto(url, { waitUntil: "load", timeout: o.limitMs });
    if (o.untilIdle) await page.waitForLoadState("networkidle", { timeout: o.limitMs });
    const retryAfter = response?.headers()["retry-after"];
    const isError = (response?.status() ?? 200) >= 400;
    const text = isError
      ? undefined
      : await page.locator(o.element).first().innerText({ timeout: o.elementLimitMs }).catch(() => undefined);
    const shown = await page.locator("body").innerText({ timeout: o.limitMs }).catch(() => "");
    return {
      url: page.url(),
      ...(response && { status: response.status() }),
      ...(retryAfter !== undefined && { retryAfter }),
      ...(text !== undefined && { text }),
      line: shown.trim().split("\n")[0]!.slice(0, 200),
    };
  } catch (cause) {
    return { url: asked, problem: String(cause instanceof Error ? cause.message : cause).split("\n")[0]!, line: "" };
  }
}
