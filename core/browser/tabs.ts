import type { BrowserContext, Page } from "playwright-core";
import type { Call } from "../domain/call.ts";
import { browserTabs, type Element, type Tab } from "../domain/observation.ts";
import { atMost, within } from "../util/within.ts";
import { PageSession, type SessionOptions } from "./session.ts";

/** One window of a context, with its session. */
export interface OpenTab {
  readonly page: Page;
  readonly session: PageSession;
  /** False for a window that has nothing to show yet; it comes to the front when it has. */
  isShown: boolean;
}

export interface TabsOptions extends Pick<SessionOptions, "isOwn" | "asks"> {
  allows(url: string): boolean;
}

/** Longest waits for a window that was asked for, and for the address of one that was opened without. */
const windowLimitMs = 2_000;
const addressLimitMs = 300;

/** The windows of one browser context. One is in front: it is looked at and acted on. */
export class Tabs {
  readonly #context: BrowserContext;
  readonly #o: TabsOptions;
  readonly #open: OpenTab[] = [];
  readonly #opening = new Set<Promise<void>>();
  #front: OpenTab;
  #came = 0;
  /** Windows that came while one of our own was opening: which of them is ours is known only afterwards. */
  #held: Page[] | undefined;
  readonly #ours = new WeakSet<Page>();
  #news = Promise.withResolvers<void>();
  /** Addresses of windows that were closed because they lie outside the task, since this list was last emptied. */
  readonly refused: string[] = [];
  /** Element ids under which the last observation listed the windows. */
  #listed = new Map<string, OpenTab>();

  private constructor(context: BrowserContext, o: TabsOptions, page: Page, session: PageSession) {
    this.#context = context;
    this.#o = o;
    this.#open.push(this.#front = { page, session, isShown: true });
  }

  /** The first window of a context; later ones join it, except on our own sites, where they are closed. */
  static async open(context: BrowserContext, o: TabsOptions): Promise<Tabs> {
    const page = await context.newPage();
    const opened: { tabs?: Tabs } = {};
    const onQuestion = () => opened.tabs && opened.tabs.#bringFirst();
    const tabs = new Tabs(context, o, page, await PageSession.open(context, page, { ...o, onQuestion }));
    opened.tabs = tabs;
    context.on("page", (next) => {
      if (next === page || tabs.#ours.has(next)) return;
      if (tabs.#held) tabs.#held.push(next);
      else tabs.#meet(next);
    });
    return tabs;
  }

  /** Opens a window that stays in the background and is none of the episode's: it is neither listed nor brought forward. */
  async aside(o: Call): Promise<Page> {
    const held: Page[] = this.#held = [];
    let own: Page | undefined;
    try {
      own = await within(this.#context.newPage(), o.signal);
      this.#ours.add(own);
      return own;
    } finally {
      this.#held = undefined;
      for (const page of held) if (page !== own) this.#meet(page);
    }
  }

  /** Windows that have something to show. */
  get count(): number {
    return this.#open.filter((tab) => tab.isShown).length;
  }

  /** Where the windows stand, to compare. */
  get places(): string {
    return JSON.stringify(this.#open.map((tab) => [tab.page.url(), tab === this.#front]));
  }

  /** True when the window in front was opened by another: such a one may be written to without an address. */
  get isWritten(): boolean {
    return this.#front !== this.#open[0];
  }

  get front(): OpenTab {
    return this.#front;
  }

  #bringFirst(): void {
    this.#front = this.#open[0]!;
  }

  #meet(page: Page): void {
    if (this.#o.isOwn) page.close().catch(() => {});
    else this.#join(page);
  }

  #join(page: Page): void {
    const tab: Partial<OpenTab> & { isShown: boolean } = { page, isShown: false };
    page.on("close", () => {
      const i = this.#open.indexOf(tab as OpenTab);
      if (i >= 0) this.#open.splice(i, 1);
      if (this.#front === tab) this.#front = this.#open.findLast((t) => t.isShown) ?? this.#open[0]!;
    });
    const onQuestion = () => {
      tab.isShown = true;
      this.#front = tab as OpenTab;
    };
    const opening = PageSession.open(this.#context, page, { ...this.#o, onQuestion }).then((session) => {
      if (!page.isClosed()) this.#open.push(Object.assign(tab, { session }) as OpenTab);
    }).catch(() => {}).finally(() => {
      this.#came++;
      this.#opening.delete(opening);
      this.#news.resolve();
      this.#news = Promise.withResolvers();
    });
    this.#opening.add(opening);
  }

  /** Waits for windows that were asked for, and brings forward the newest that has something to show; true if one came. */
  async gather(o: Call): Promise<boolean> {
    const deadline = performance.now() + windowLimitMs;
    const asked = () => this.#open.reduce((sum, tab) => sum + tab.session.windows, 0);
    while ((asked() > this.#came || this.#opening.size > 0) && performance.now() < deadline) {
      await within(atMost(this.#news.promise, deadline - performance.now()), o.signal);
    }
    this.#came = Math.max(this.#came, asked());
    const before = this.#front;
    for (const tab of this.#open.filter((t) => !t.isShown)) await this.#take(tab, o);
    if (this.#front === before) return false;
    await this.#raise(o);
    return true;
  }

  /** Shows a window that has content; closes one that leads out of the task. */
  async #take(tab: OpenTab, o: Call): Promise<void> {
    const { page, session } = tab;
    const isBlank = () => page.url() === "about:blank" || page.url() === "";
    if (isBlank() && !session.isMoving) await within(atMost(session.moves(), addressLimitMs), o.signal);
    await session.arrived(o);
    if (page.isClosed()) return;
    const isWritten = isBlank() && session.refused === undefined && !session.question && !session.lost &&
      await session.inPage<boolean>("isWritten", [], o).catch(() => false);
    if (isBlank() && session.refused === undefined && !isWritten && !session.question) return;
    tab.isShown = true;
    // A window that failed before its session began shows Chromium's error page; the history knows what it was for.
    const failed = page.url().startsWith("chrome-error:") ? await session.history(o) : undefined;
    const url = session.refused ?? failed?.entries[failed.currentIndex]?.url ?? page.url();
    if (isWritten || (!failed && session.refused === undefined && this.#o.allows(url))) this.#front = tab;
    else {
      this.refused.push(url);
      await within(atMost(page.close(), windowLimitMs), o.signal);
    }
  }

  async #raise(o: Call): Promise<void> {
    if (!this.#front.session.question) await within(atMost(this.#front.page.bringToFront(), windowLimitMs), o.signal);
  }

  /** Brings the window to the front that the last observation listed as element `id`; false when there is none. */
  async show(id: string, o: Call): Promise<boolean> {
    const tab = this.#listed.get(id);
    if (!tab || !this.#open.includes(tab)) return false;
    this.#front = tab;
    await this.#raise(o);
    return true;
  }

  /** True when the last observation listed a window under this element id. */
  lists(id: string | undefined): boolean {
    return id !== undefined && this.#listed.has(id);
  }

  /** The windows as facts and as elements, numbered on from `first`; nothing when there is only one. */
  async list(
    first: number,
    o: Call,
  ): Promise<{ readonly tabs: readonly Tab[]; readonly elements: readonly Element[] }> {
    const shown = this.#open.filter((tab) => tab.isShown);
    this.#listed = new Map();
    if (shown.length < 2) return { tabs: [], elements: [] };
    const tabs = await Promise.all(shown.map(async (tab): Promise<Tab> => {
      const { entries, currentIndex } = await tab.session.history(o);
      const { title = "", url = "" } = entries[currentIndex] ?? {};
      return { title, url, isActive: tab === this.#front };
    }));
    const elements = tabs.map(({ title, url, isActive }, i): Element => {
      const id = `e${first + i}`;
      this.#listed.set(id, shown[i]!);
      return {
        id,
        role: "tab",
        name: (title || url).slice(0, 200),
        states: isActive ? ["selected"] : [],
        near: "",
        region: browserTabs,
        centre: [Math.round((i + 0.5) / tabs.length * 1000), 0],
      };
    });
    return { tabs, elements };
  }

  /** Forgets what was listed: the elements of a native dialog have the ids. */
  unlist(): void {
    this.#listed = new Map();
  }
}
