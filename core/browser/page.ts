import { Buffer } from "node:buffer";
import type { BrowserContext, Page } from "playwright-core";
import type { Call, Closable } from "../domain/call.ts";
import type { Fingerprint } from "../domain/environment.ts";
import type { Need, Observation, Screenshot } from "../domain/observation.ts";
import { HaloError } from "../util/errors.ts";
import { sha256 } from "../util/sha256.ts";
import { observationOf, type Pictures, screenshotOf, type Seen } from "./observation.ts";
import { installClickProbe } from "./click-probe.ts";
import { isOnHosts } from "./hosts.ts";
import { type Viewport, viewport } from "./launch.ts";
import { elementsOf, PageAsks, type Question } from "./question.ts";
import { isNavigation, type PageSession } from "./session.ts";
import { idleExpression, installSettleProbe, quietMs, settleCapMs, settleExpression } from "./settle.ts";
import { type Bearing, type Stance, stanceAt } from "./stance.ts";
import { statusError } from "./status-error.ts";
import { Tabs } from "./tabs.ts";
import { within } from "../util/within.ts";

/** Where an action would land, CSS pixels, and what is there. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly role: string;
  readonly name: string;
  readonly editable: boolean;
}

export interface PageOptions {
  /** Hosts the page may be sent to. */
  readonly hosts: readonly string[];
  /** True for pages with `globalThis.__halo`: exact idle instead of the settle probe. */
  readonly isOwn: boolean;
  /** True when native dialogs wait for an action that answers them; else they are answered at once. */
  readonly asks: boolean;
}

/** What two pages must share to be the same place, and how to stand there. */
export interface Facts {
  readonly fingerprint: Fingerprint;
  readonly stance: Stance;
}

/** What the script in the page says of where it stands. */
interface Stood {
  readonly fingerprint: Fingerprint;
  readonly bearing: Bearing;
  /** Whole state of one of our own sites; "" on foreign pages. */
  readonly state: string;
}

/** The windows of one episode, one in front. Looking writes nothing, and happens in an isolated world on foreign pages. */
export class HaloPage implements Closable {
  readonly isOwn: boolean;
  readonly hosts: readonly string[];
  readonly tabs: Tabs;
  /** Pointer position, CSS pixels. */
  pointer: readonly [number, number] = [0, 0];
  /** What the last copy or cut took. The real clipboard is shared by every page of a browser and is never read. */
  clipboard = "";
  readonly #context: BrowserContext;
  /** The last picture: none can be taken while a native dialog is open. */
  #picture: Screenshot | undefined;
  #title = "";

  private constructor(context: BrowserContext, tabs: Tabs, o: PageOptions) {
    this.#context = context;
    this.tabs = tabs;
    this.isOwn = o.isOwn;
    this.hosts = o.hosts;
  }

  static async open(context: BrowserContext, o: PageOptions): Promise<HaloPage> {
    // Our own sites: going back must not bring a scroll offset along that no mark can hold.
    const early = `history.scrollRestoration = "manual"`;
    const probes = `(${installSettleProbe})(${quietMs}, ${settleCapMs}); (${installClickProbe})()`;
    await context.addInitScript(o.isOwn ? early : probes);
    const allows = (url: string) => isOnHosts(url, o.hosts);
    return new HaloPage(context, await Tabs.open(context, { isOwn: o.isOwn, asks: o.asks, allows }), o);
  }

  /** The window in front. */
  get page(): Page {
    return this.tabs.front.page;
  }

  get session(): PageSession {
    return this.tabs.front.session;
  }

  /** A native dialog that waits for its answer. */
  get question(): Question | undefined {
    return this.session.question;
  }

  /** Undefined while the page can be used. */
  get lost(): HaloError | undefined {
    return this.session.lost;
  }

  get viewport(): Viewport {
    return this.page.viewportSize() ?? viewport;
  }

  /** The address the page should not be at: another host, or one that was refused. Undefined on allowed ground. */
  get strayed(): string | undefined {
    const url = this.session.refused ?? this.page.url();
    if (this.session.refused === undefined && url === "about:blank" && this.tabs.isWritten) return undefined;
    return this.session.refused === undefined && this.allows(url) ? undefined : url;
  }

  /** True for http and https addresses on this page's hosts. */
  allows(url: string): boolean {
    return isOnHosts(url, this.hosts);
  }

  /** Loads a document as the first entry of a fresh history. One that comes with an HTTP error is HALO_PAGE_STATUS. */
  async start(url: string, o: Call): Promise<void> {
    const status = await this.goto(url, o);
    if (status !== undefined && status >= 400) throw statusError(url, status);
    await this.session.send("Page.resetNavigationHistory", {}, o);
  }

  /** Loads a document; returns its HTTP status, where it has one and no native dialog stands in the way. */
  async goto(url: string, o: Call): Promise<number | undefined> {
    let status: number | undefined;
    try {
      const loading = within(this.page.goto(url, { waitUntil: "load", timeout: 15_000 }), o.signal);
      status = (await this.session.unlessAsked(loading))?.status();
    } catch (cause) {
      if (cause instanceof PageAsks) return undefined;
      if (o.signal.aborted) this.session.isSuspect = true;
      o.signal.throwIfAborted();
      throw this.lost ?? new HaloError("HALO_PAGE_LOAD", `${url} did not load: ${firstLine(cause)}`, { cause });
    }
    await this.session.arrived(o);
    return status;
  }

  /** Calls a function of `__look`. */
  inPage<T>(name: string, args: readonly unknown[], o: Call): Promise<T> {
    return this.session.inPage<T>(name, args, o);
  }

  /** Evaluates in the page's own world; for the hooks of our own sites. */
  main<T>(expression: string, o: Call): Promise<T> {
    return this.session.main<T>(expression, o);
  }

  /**
   * Waits until what an action started is done. On our own sites this is exact and HALO_PAGE_NOT_IDLE is thrown at the cap;
   * on foreign pages the result is false when the page still changes at the cap. A window that a foreign page opened comes to
   * the front. A native dialog ends the wait.
   */
  async settle(o: Call): Promise<boolean> {
    for (let documents = 0; documents < 5; documents++) {
      const { session } = this;
      try {
        await session.arrived(o);
        if (session.question) return true;
        const isIdle = await this.main<boolean>(this.isOwn ? idleExpression : settleExpression, o);
        if (session.isMoving || (!this.isOwn && await this.tabs.gather(o)) || session !== this.session) continue;
        if (isIdle || !this.isOwn) return isIdle;
        throw new HaloError("HALO_PAGE_NOT_IDLE", `the page still had pending work ${settleCapMs} ms after an action`);
      } catch (e) {
        if (!isNavigation(e) && !this.isInterrupted(e, session)) throw e;
      }
    }
    return this.question !== undefined;
  }

  /** True for errors that say that a page began to ask, or that its window closed and another one is in front. */
  isInterrupted(e: unknown, session: PageSession): boolean {
    return e instanceof PageAsks || (session !== this.session && this.lost === undefined);
  }

  /** Observes without waiting; undefined unless this is one of our own sites and was idle throughout. */
  async observeNow(need: Need, o: Call): Promise<{ observation: Observation; facts: Facts } | undefined> {
    const { session } = this;
    const { documents } = session;
    const hasMoved = () => session.isMoving || session.documents !== documents || this.strayed !== undefined;
    if (!this.isOwn || hasMoved()) return undefined;
    try {
      const [now, pictures] = await Promise.all([
        this.#ask<Stood & { readonly isIdle: boolean; readonly seen: Seen }>(
          "({ isIdle: __halo.pending() === 0, seen: __look.observe(), ...__look.facts(), state: __halo.snapshot() })",
          o,
        ),
        this.#pictures(need, o),
      ]);
      const facts = await this.#factsOf(now, o);
      return now.isIdle && !hasMoved() ? { observation: observationOf(now.seen, pictures), facts } : undefined;
    } catch (e) {
      if (!isNavigation(e) && !hasMoved()) throw e;
      return undefined;
    }
  }

  async observe(need: Need, o: Call): Promise<Observation> {
    for (let attempt = 0;; attempt++) {
      const { session } = this;
      if (session.question) return this.#observeQuestion(session.question, need);
      try {
        const [seen, pictures] = await Promise.all([this.#ask<Seen>("__look.observe()", o), this.#pictures(need, o)]);
        this.#title = seen.title;
        this.#picture = pictures.screenshot ?? this.#picture;
        return observationOf(this.isOwn ? seen : await this.#withTabs(seen, o), pictures);
      } catch (e) {
        if (attempt >= 3 || !this.isInterrupted(e, session)) throw e;
      }
    }
  }

  /** What stands in the way of everything else. No picture can be taken now; the last one stands in. */
  #observeQuestion(question: Question, need: Need): Observation {
    this.tabs.unlist();
    const { kind, message, text } = question;
    const seen = { url: this.page.url(), title: this.#title, elements: elementsOf(question) };
    const pictures = { screenshot: need.screenshot ? this.#picture : undefined, axtree: need.axtree ? "" : undefined };
    return { ...observationOf(seen, pictures), dialog: { kind, message, text } };
  }

  async #withTabs(seen: Seen, o: Call): Promise<Seen> {
    const own = seen.elements.filter((e) => e.id.startsWith("e")).length;
    const { tabs, elements } = await this.tabs.list(own, o);
    return tabs.length === 0 ? seen : { ...seen, elements: [...seen.elements, ...elements], tabs };
  }

  async #pictures(need: Need, o: Call): Promise<Pictures> {
    const [screenshot, axtree] = await Promise.all([
      need.screenshot ? this.screenshot(o) : undefined,
      need.axtree ? within(this.page.locator("body").ariaSnapshot({ timeout: 5_000 }), o.signal) : undefined,
    ]);
    return { screenshot, axtree };
  }

  /** PNG of the viewport; a fresh page may have no frame yet, so one failure is retried after two frames. */
  async screenshot(o: Call): Promise<Screenshot> {
    const shoot = () =>
      this.session.send<{ data: string }>("Page.captureScreenshot", { format: "png", optimizeForSpeed: true }, o);
    const { data } = await shoot().catch(async (e) => {
      if (this.lost || o.signal.aborted) throw e;
      await this.inPage("frames", [2], o);
      return await shoot();
    });
    return screenshotOf(Buffer.from(data, "base64"));
  }

  /** Where the page stands. */
  async facts(o: Call): Promise<Facts> {
    if (this.question) {
      const { kind, message, text } = this.question;
      const url = this.page.url();
      return { fingerprint: { url, dialog: JSON.stringify([kind, message, text]) }, stance: stanceAt(url, "") };
    }
    const state = this.isOwn ? "__halo.snapshot()" : '""';
    return await this.#factsOf(await this.#ask<Stood>(`({ ...__look.facts(), state: ${state} })`, o), o);
  }

  async #factsOf({ fingerprint, bearing, state }: Stood, o: Call): Promise<Facts> {
    const url = fingerprint["url"]!;
    const history = fingerprint["history"] === "1" ? { urls: [url], at: 0 } : await this.#history(o);
    const { pointer, clipboard } = this;
    return {
      fingerprint: {
        ...fingerprint,
        history: `${history.at}/${history.urls.length}`,
        pointer: pointer.join(","),
        clipboard: clipboard && sha256(clipboard),
        ...(this.isOwn && { state: sha256(state) }),
        ...(this.tabs.count > 1 && { tabs: this.tabs.places }),
      },
      stance: { bearing, pointer, clipboard, ...history, state },
    };
  }

  /** Asks by way of text: cheaper for the browser than handing over an object. */
  async #ask<T>(expression: string, o: Call): Promise<T> {
    return JSON.parse(await this.session.ask<string>(`JSON.stringify(${expression})`, o)) as T;
  }

  /** The whole state of one of our own sites, as canonical JSON. */
  snapshot(o: Call): Promise<string> {
    return this.main<string>("__halo.snapshot()", o);
  }

  /** Shows a state on one of our own sites; focus, scroll and history are the page's own doing. */
  async show(state: string, o: Call): Promise<void> {
    await this.main(`__halo.restore(${JSON.stringify(state)})`, o);
  }

  /** Leaves a place the page should not be at: back to the last entry of the history on allowed ground. */
  async retreat(o: Call): Promise<void> {
    const { urls, at } = await this.#history(o);
    const home = urls.slice(0, at + 1).findLast((url) => this.allows(url));
    if (home === undefined) {
      throw new HaloError("HALO_PAGE_LOAD", `the page is at ${this.strayed} and has nowhere to go back to`);
    }
    await this.goto(home, o);
  }

  /** Puts one of our own sites into a state, then history, focus, caret, scroll and pointer where they were. */
  async restore(s: Stance, o: Call): Promise<void> {
    const [x, y] = s.pointer;
    // Nothing that leaving or moving sets off survives the restored state.
    const show = `(__look.leave(), __halo.restore(${JSON.stringify(s.state)}), __look.stand(${
      JSON.stringify(s.bearing)
    }), history.length)`;
    const enter = async () => {
      const isMoved = x !== this.pointer[0] || y !== this.pointer[1];
      const [entries] = await Promise.all([
        this.session.ask<number>(show, o),
        isMoved && this.moveTo(x, y, o),
        // Moves wait for the next frame; a key event, here one that says nothing, delivers them at once.
        isMoved && this.session.send("Input.dispatchKeyEvent", { type: "keyUp" }, o),
      ]);
      return entries;
    };
    this.clipboard = s.clipboard;
    const [first, ...more] = s.urls as [string, ...string[]];
    const isHere = !this.strayed && URL.parse(this.page.url())?.origin === new URL(first).origin;
    if (isHere && more.length === 0 && this.page.url() === first && await enter() === 1) return;
    // The site's document stays where it is open already: loading it again is what takes longest.
    if (isHere) await this.main(`history.replaceState(null, "", ${JSON.stringify(first)})`, o);
    await (isHere ? this.session.send("Page.resetNavigationHistory", {}, o) : this.start(first, o));
    if (more.length > 0) await this.inPage("enter", [more, more.length - s.at], o);
    await enter();
  }

  async moveTo(x: number, y: number, o: Call): Promise<void> {
    this.pointer = [x, y];
    await this.#mouse("mouseMoved", o, {});
  }

  /** Moves, presses and releases; the three events are on their way together. */
  async click(at: { readonly x: number; readonly y: number }, o: Call & ClickOptions): Promise<void> {
    const { button = "left", count = 1 } = o;
    this.pointer = [at.x, at.y];
    const presses = Array.from({ length: count }, (_, i) => ({ button, clickCount: i + 1 }));
    await Promise.all([
      this.#mouse("mouseMoved", o, {}),
      ...presses.flatMap((press) => [this.#mouse("mousePressed", o, press), this.#mouse("mouseReleased", o, press)]),
    ]);
  }

  /** Types text as one insertion into whatever has focus. */
  async insert(text: string, o: Call): Promise<void> {
    await this.session.send("Input.insertText", { text }, o);
  }

  /** Presses a key or chord in Playwright's names and lets go of it. */
  async stroke(key: string, o: Call): Promise<void> {
    await this.session.unlessAsked(within(this.page.keyboard.press(key), o.signal));
  }

  /** Lets go of a key that is held. */
  async release(key: string, o: Call): Promise<void> {
    await this.session.unlessAsked(within(this.page.keyboard.up(key), o.signal));
  }

  /** Inserts a text between the key events that an input method sends. */
  async compose(text: string, o: Call): Promise<void> {
    const last = [...text].at(-1)!;
    const key = { key: last < " " ? "Unidentified" : last, windowsVirtualKeyCode: 229 };
    await this.session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key }, o);
    await this.insert(text, o);
    await this.session.send("Input.dispatchKeyEvent", { type: "keyUp", ...key }, o);
  }

  async close(): Promise<void> {
    await this.#context.close().catch(() => {});
  }

  async #history(o: Call): Promise<{ urls: readonly string[]; at: number }> {
    const { entries, currentIndex } = await this.session.history(o);
    return { urls: entries.map((e) => e.url), at: currentIndex };
  }

  async #mouse(
    type: string,
    o: Call,
    event: { readonly button?: string; readonly clickCount?: number },
  ): Promise<void> {
    const [x, y] = this.pointer;
    const buttons = type === "mousePressed" ? (event.button === "right" ? 2 : 1) : 0;
    await this.session.send("Input.dispatchMouseEvent", { type, x, y, buttons, ...event }, o);
  }
}

interface ClickOptions {
  readonly button?: "left" | "right";
  readonly count?: 1 | 2;
}

function firstLine(e: unknown): string {
  return (e instanceof Error ? e.message : String(e)).split("\n")[0]!;
}
