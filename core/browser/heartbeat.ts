import process from "node:process";
import type { Browser } from "playwright-core";
import { atMost } from "../util/within.ts";

export interface HeartbeatOptions {
  /** Pause between two questions. */
  readonly everyMs?: number;
  /** A browser that has not answered for this long is ended. */
  readonly limitMs?: number;
}

/** After a limit: time in which an answer is still read that came while this process itself was busy. */
const graceMs = 2_000;

/**
 * Asks a browser again and again whether it is there, and ends the process of one that stands still: its pages are then lost
 * like those of any browser that died, and others take their place. Ends with the browser.
 */
export async function watchBrowser(
  browser: Browser,
  { everyMs = 10_000, limitMs = 60_000 }: HeartbeatOptions = {},
): Promise<void> {
  try {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const pid = processInfo.find(({ type }) => type === "browser")?.id;
    while (browser.isConnected() && pid !== undefined) {
      await pause(everyMs);
      const version = await atMost(session.send("Browser.getVersion"), limitMs + graceMs);
      if (version === undefined && browser.isConnected()) process.kill(pid, "SIGKILL");
    }
  } catch {
    // The browser has gone: whoever uses it meets that.
  }
}

/** A wait that keeps no process alive. */
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms).unref());
