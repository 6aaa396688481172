import type { Browser } from "playwright-core";
import type { Call, Closable } from "../domain/call.ts";
import { HaloError } from "../util/errors.ts";
import { launchBrowser, type LaunchOptions, viewport } from "./launch.ts";
import { HaloPage } from "./page.ts";
import { within } from "./within.ts";

export interface PoolOptions extends LaunchOptions {
  /** Page opened at the start and after each recycling. */
  readonly url: string;
  readonly isOwn: boolean;
  readonly timezone?: string;
  /** ISO time the page's clock shows, standing still; absent: the real time. */
  readonly clock?: string;
  /** Uses after which a page is thrown away. */
  readonly maxUses?: number;
}

const contextsPerBrowser = 8;

/** A browser and the pages that live in it. */
interface Home {
  readonly browser: Promise<Browser>;
  readonly pages: Set<HaloPage>;
  opening: number;
}

/** Warm pages at one URL. A page is taken by one user at a time, given back, and renewed when it is worn or lost. */
export class PagePool implements Closable {
  readonly #o: PoolOptions;
  readonly #free: HaloPage[] = [];
  readonly #uses = new Map<HaloPage, number>();
  readonly #browsers: Home[] = [];
  #isClosed = false;

  constructor(o: PoolOptions) {
    this.#o = o;
  }

  async take(o: Call): Promise<HaloPage> {
    for (;;) {
      const page = this.#free.pop();
      if (!page) return await this.#open(o);
      if (!page.lost) return page;
      await this.#drop(page);
    }
  }

  async give(page: HaloPage): Promise<void> {
    const uses = (this.#uses.get(page) ?? 0) + 1;
    this.#uses.set(page, uses);
    if (page.lost || uses >= (this.#o.maxUses ?? 2_000) || this.#isClosed) await this.#drop(page);
    else this.#free.push(page);
  }

  /** Throws a page away whose state cannot be trusted any more. */
  async discard(page: HaloPage): Promise<void> {
    await this.#drop(page);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#browsers.map(async ({ browser }) => (await browser.catch(() => undefined))?.close().catch(() => {})));
    this.#browsers.length = 0;
    this.#free.length = 0;
  }

  async #open(o: Call): Promise<HaloPage> {
    if (this.#isClosed) throw new HaloError("HALO_BROWSER_LOST", "the environment is closed");
    let home = this.#browsers.find((b) => b.pages.size + b.opening < contextsPerBrowser);
    if (!home) {
      const fresh: Home = { browser: launchBrowser(this.#o), pages: new Set<HaloPage>(), opening: 0 };
      this.#browsers.push(fresh);
      fresh.browser.then((b) => b.on("disconnected", () => this.#forget(fresh)), () => this.#forget(fresh));
      home = fresh;
    }
    home.opening++;
    try {
      const browser = await within(home.browser, o.signal);
      const context = await within(
        browser.newContext({
          viewport,
          deviceScaleFactor: 1,
          locale: "en-US",
          colorScheme: "light",
          reducedMotion: "reduce",
          acceptDownloads: false,
          serviceWorkers: "block",
          ...(this.#o.timezone !== undefined && { timezoneId: this.#o.timezone }),
        }),
        o.signal,
      );
      if (this.#o.clock !== undefined) await context.clock.setFixedTime(this.#o.clock);
      const hosts = Object.keys(this.#o.hosts);
      const page = await within(HaloPage.open(context, { hosts, isOwn: this.#o.isOwn }), o.signal);
      await page.goto(this.#o.url, o);
      home.pages.add(page);
      return page;
    } finally {
      home.opening--;
    }
  }

  async #drop(page: HaloPage): Promise<void> {
    for (const { pages } of this.#browsers) pages.delete(page);
    this.#uses.delete(page);
    await page.close();
  }

  #forget(home: Home): void {
    const i = this.#browsers.indexOf(home);
    if (i >= 0) this.#browsers.splice(i, 1);
  }
}
