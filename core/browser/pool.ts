import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import type { Call, Closable } from "../domain/call.ts";
import { HaloError } from "../util/errors.ts";
import { fixDate } from "./fixed-date.ts";
import { type HeartbeatOptions, watchBrowser } from "./heartbeat.ts";
import { launchBrowser, type LaunchOptions, lostBrowser, type Viewport, viewport } from "./launch.ts";
import { HaloPage } from "./page.ts";
import { atMost, within } from "../util/within.ts";

export interface PoolOptions extends LaunchOptions {
  /** Address every page is taken at, "about:blank" included. */
  readonly url: string;
  readonly isOwn: boolean;
  /** True when native dialogs wait for an action that answers them; else they are answered at once. */
  readonly asks?: boolean;
  readonly timezone?: string;
  /** Cookies and local storage that every page begins with. */
  readonly storage?: StorageState;
  /** 1280×720 when absent. */
  readonly viewport?: Viewport;
  /** ISO time the page's clock shows, standing still; absent: the real time. */
  readonly clock?: string;
  /** Uses after which a page is thrown away. */
  readonly maxUses?: number;
  /** Pages that its user has at once. Beyond them and one browser's worth, a page is only opened in the place of another. */
  readonly pages?: number;
  /** Time in which a page that was taken is asked for something; then, when there is no room, it is taken back. */
  readonly leaseMs?: number;
  readonly heartbeat?: HeartbeatOptions;
  /** Pages kept ready beyond those in use, opened in the background. */
  readonly spare?: number;
}

/** What Playwright's `context.storageState()` saves. */
export type StorageState = Exclude<NonNullable<BrowserContextOptions["storageState"]>, string>;

const contextsPerBrowser = 8;
/** Contexts after which a browser takes no more, so that what it leaks goes away with it. */
const contextsInLife = 500;

/** A browser and the pages that live in it. */
interface Home {
  readonly browser: Promise<Browser>;
  readonly pages: Set<HaloPage>;
  opening: number;
  opened: number;
}

/** Warm pages. A page is taken by one user at a time, given back, and thrown away when it is worn, lost or suspect. */
export class PagePool implements Closable {
  readonly #o: PoolOptions;
  readonly #free: HaloPage[] = [];
  readonly #uses = new Map<HaloPage, number>();
  readonly #homes = new Set<Home>();
  /** Pages that somebody has taken and not given back. */
  readonly #taken = new Set<HaloPage>();
  readonly #closing = new AbortController();
  #opening = 0;
  /** Resolves, and is made anew, when those that wait for a page may find one, or room for one. */
  #news = Promise.withResolvers<void>();

  constructor(o: PoolOptions) {
    this.#o = o;
  }

  /** A page at the pool's address: a warm one, else, or when `isFresh`, one just opened. */
  async take(o: Call & { readonly isFresh?: boolean }): Promise<HaloPage> {
    try {
      for (;;) {
        const page = o.isFresh ? undefined : this.#free.pop();
        if (page && !page.lost) return this.#lend(page);
        if (page) await this.discard(page);
        else if (this.#isFull) await this.#makeRoom(o);
        else return this.#lend(await this.#open(o));
      }
    } finally {
      this.#refill();
    }
  }

  /** Takes a page for `use`; what fails throws the page away. */
  async with<T>(o: Call & { readonly isFresh?: boolean }, use: (page: HaloPage) => Promise<T>): Promise<T> {
    const page = await this.take(o);
    try {
      return await use(page);
    } catch (e) {
      await this.discard(page);
      throw e;
    }
  }

  /** Gives a page back after one use. */
  async give(page: HaloPage): Promise<void> {
    // It was taken back meanwhile.
    if (!this.#taken.delete(page)) return;
    const uses = (this.#uses.get(page) ?? 0) + 1;
    this.#uses.set(page, uses);
    const isWorn = uses >= (this.#o.maxUses ?? 2_000);
    const isLeftBusy = page.question !== undefined || page.tabs.count > 1;
    const isLost = page.lost !== undefined || page.session.isSuspect;
    if (isWorn || isLeftBusy || isLost || this.#closing.signal.aborted) await this.discard(page);
    else this.#keep(page);
  }

  /** Throws a page away whose state cannot be trusted any more. */
  async discard(page: HaloPage): Promise<void> {
    this.#uses.delete(page);
    this.#taken.delete(page);
    await page.close();
    for (const home of this.#homes) {
      if (!home.pages.delete(page)) continue;
      this.#tell();
      await this.#retire(home);
    }
  }

  /** Closes every browser; when it resolves their main processes have ended, the others end with them. */
  async close(): Promise<void> {
    this.#closing.abort(closed());
    this.#free.length = 0;
    const homes = [...this.#homes];
    this.#homes.clear();
    this.#tell();
    await Promise.all(
      homes.map(async ({ browser }) => (await browser.catch(() => undefined))?.close().catch(() => {})),
    );
  }

  #lend(page: HaloPage): HaloPage {
    page.session.usedAt = performance.now();
    this.#taken.add(page);
    return page;
  }

  /** Keeps a page that is ready for whoever takes it next. */
  #keep(page: HaloPage): void {
    this.#free.push(page);
    this.#tell();
  }

  #tell(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  /**
   * Makes room for one more page: a free one goes, else the one that its user has not asked for anything for longest, once
   * its lease is over: nobody will give it back any more. Until then it waits for news.
   */
  async #makeRoom({ signal }: Call): Promise<void> {
    signal.throwIfAborted();
    const leaseMs = this.#o.leaseMs ?? 60_000;
    const [idle] = [...this.#taken].sort((a, b) => a.session.usedAt - b.session.usedAt);
    const leftMs = idle ? idle.session.usedAt + leaseMs - performance.now() : leaseMs;
    const page = this.#free.shift() ?? (leftMs < 0 ? idle : undefined);
    if (page) await within(this.discard(page), signal);
    else await within(atMost(this.#news.promise, leftMs), signal);
  }

  /** True when as many pages are open or opening as may be. Without a number of pages there is always room. */
  get #isFull(): boolean {
    const most = (this.#o.pages ?? Infinity) + (this.#o.spare ?? 0) + contextsPerBrowser;
    return [...this.#homes].reduce((sum, home) => sum + home.pages.size + home.opening, 0) >= most;
  }

  async #open(o: Call): Promise<HaloPage> {
    const signal = AbortSignal.any([o.signal, this.#closing.signal]);
    signal.throwIfAborted();
    const home = this.#homeWithRoom();
    home.opening++;
    let context: BrowserContext | undefined;
    try {
      const browser = await within(home.browser, signal);
      context = await browser.newContext(this.#contextOptions());
      home.opened++;
      if (this.#o.clock !== undefined) await context.addInitScript(fixDate, Date.parse(this.#o.clock));
      const hosts = Object.keys(this.#o.hosts);
      const page = await within(
        HaloPage.open(context, { hosts, isOwn: this.#o.isOwn, asks: this.#o.asks === true }),
        signal,
      );
      await page.start(this.#o.url, { signal });
      home.pages.add(page);
      return page;
    } catch (e) {
      context?.close().catch(() => {});
      const browser = await home.browser.catch(() => undefined);
      if (browser && !browser.isConnected()) {
        throw lostBrowser(browser, e);
      }
      throw e;
    } finally {
      home.opening--;
      this.#tell();
    }
  }

  #homeWithRoom(): Home {
    for (const home of this.#homes) {
      if (home.pages.size + home.opening < contextsPerBrowser && home.opened < contextsInLife) return home;
    }
    const home: Home = {
      browser: launchBrowser({ isUnpaced: this.#o.isOwn, ...this.#o }),
      pages: new Set(),
      opening: 0,
      opened: 0,
    };
    this.#homes.add(home);
    const forget = () => {
      this.#homes.delete(home);
      this.#tell();
    };
    home.browser.then((browser) => {
      browser.on("disconnected", forget);
      void watchBrowser(browser, this.#o.heartbeat);
    }, forget);
    return home;
  }

  /** Closes a browser that has lived its life once its last page is gone. */
  async #retire(home: Home): Promise<void> {
    if (home.opened < contextsInLife || home.pages.size + home.opening > 0) return;
    this.#homes.delete(home);
    await (await home.browser).close();
  }

  #refill(): void {
    const missing = (this.#o.spare ?? 0) - this.#free.length - this.#opening;
    for (let i = 0; i < missing && !this.#closing.signal.aborted; i++) {
      this.#opening++;
      this.#open({ signal: this.#closing.signal })
        .then((page) => this.#keep(page), () => {}) // Whoever needs the page meets the error itself.
        .finally(() => this.#opening--);
    }
  }

  #contextOptions() {
    return {
      viewport: this.#o.viewport ?? viewport,
      deviceScaleFactor: 1,
      locale: "en-US",
      colorScheme: "light",
      reducedMotion: "reduce",
      acceptDownloads: false,
      serviceWorkers: "block",
      ...(this.#o.timezone !== undefined && { timezoneId: this.#o.timezone }),
      ...(this.#o.storage && { storageState: this.#o.storage }),
    } as const;
  }
}

const closed = () => new HaloError("HALO_BROWSER_LOST", "the environment is closed");
