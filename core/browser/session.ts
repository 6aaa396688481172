import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { Call } from "../domain/call.ts";
import { HaloError } from "../util/errors.ts";
import { hearIn } from "./last-words.ts";
import { lostBrowser } from "./launch.ts";
import { lookScript } from "./inside/script.ts";
import { atMost, within } from "../util/within.ts";
import { PageAsks, type Question, questionOf } from "./question.ts";

/** Longest wait for one answer of a page; callers' signals usually end a call much earlier. */
const answerLimitMs = 30_000;
const loadLimitMs = 5_000;

/** One long-lived CDP session to a page: evaluation in an isolated and in the page's own world, and news of navigations. */
export class PageSession {
  /** Main-frame documents committed so far. */
  documents = 0;
  /** URL that the main frame was refused, when an error page stands in its place. */
  refused: string | undefined;
  /** Windows that the page asked to open. */
  windows = 0;
  /** A native dialog that waits for its answer. Until then no script of the page runs, and calls to it are `PageAsks`. */
  question: Question | undefined;
  /** True once a call was given up: the page may be hung or half way through something, and is not to be used again. */
  isSuspect = false;
  /** When the page was last asked for anything, as `performance.now()` tells. */
  usedAt: number = performance.now();
  readonly #page: Page;
  readonly #cdp: CDPSession;
  readonly #leaving = new Set<string>();
  readonly #waiting = new Set<(e: unknown) => void>();
  #isLoading = false;
  #news = Promise.withResolvers<void>();
  readonly #o: SessionOptions;
  #entering: Promise<World> | undefined;
  /** The world that looks, once it is there: calls then go out in the order in which they are made. */
  #world: World | undefined;
  #lost: HaloError | undefined;

  private constructor(page: Page, cdp: CDPSession, o: SessionOptions) {
    this.#page = page;
    this.#cdp = cdp;
    this.#o = o;
    page.on("dialog", (dialog) => {
      if (o.asks) this.#ask(questionOf(dialog));
      // Alerts and leaving are accepted, questions are declined.
      else if (dialog.type() === "alert" || dialog.type() === "beforeunload") dialog.accept().catch(() => {});
      else dialog.dismiss().catch(() => {});
    });
    page.on("crash", () => this.#lose("the page's renderer crashed"));
    page.on("close", () => this.#lose("the page was closed"));
    cdp.on("Page.frameRequestedNavigation", ({ frameId, disposition }) => {
      if (disposition === "currentTab") this.#leaving.add(frameId);
      this.#tell();
    });
    cdp.on("Page.frameNavigated", ({ frame }) => {
      this.#leaving.delete(frame.id);
      if (frame.parentId === undefined) {
        this.#leaving.clear();
        this.#leave();
        this.#isLoading = true;
        this.refused = frame.unreachableUrl;
        this.documents++;
      }
      this.#tell();
    });
    const arrive = ({ frameId }: { frameId: string }) => {
      this.#leaving.delete(frameId);
      this.#tell();
    };
    cdp.on("Page.frameStoppedLoading", arrive);
    cdp.on("Page.frameDetached", arrive);
    cdp.on("Page.windowOpen", () => void this.windows++);
    cdp.on("Page.loadEventFired", () => {
      this.#isLoading = false;
      this.#tell();
    });
  }

  static async open(context: BrowserContext, page: Page, o: SessionOptions): Promise<PageSession> {
    const cdp = await context.newCDPSession(page);
    const session = new PageSession(page, cdp, o);
    await cdp.send("Page.enable");
    return session;
  }

  /** Why the page can no longer be used; undefined while it can. */
  get lost(): HaloError | undefined {
    const browser = this.#page.context().browser();
    return browser?.isConnected() === false ? lostBrowser(browser, this.#lost) : this.#lost;
  }

  /** True while a document is on its way or still loading. */
  get isMoving(): boolean {
    return this.#leaving.size > 0 || this.#isLoading;
  }

  /** Resolves when no navigation is under way, at the latest after 5 s. */
  async arrived(o: Call): Promise<void> {
    const deadline = performance.now() + loadLimitMs;
    while (this.isMoving && !this.lost && !this.question) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) break;
      await within(atMost(this.#news.promise, leftMs), o.signal);
    }
    if (this.question) return;
    this.#leaving.clear();
    this.#isLoading = false;
  }

  /** Resolves when anything happens to the page's documents. */
  moves(): Promise<void> {
    return this.#news.promise;
  }

  /** The session history; the browser keeps it, so that a page that stands still does not matter. */
  history(o: Call): Promise<NavigationHistory> {
    return this.send<NavigationHistory>("Page.getNavigationHistory", {}, o);
  }

  /** Calls a function of `__look` with plain arguments. */
  inPage<T>(name: string, args: readonly unknown[], o: Call): Promise<T> {
    return this.ask<T>(
      `__look.${name}(${args.map((a) => a === undefined ? "undefined" : JSON.stringify(a)).join()})`,
      o,
    );
  }

  /** Evaluates in the world that has `__look`; again if a navigation took the world away. */
  async ask<T>(expression: string, o: Call): Promise<T> {
    for (let attempt = 0;; attempt++) {
      try {
        const world = this.#world ?? await (this.#entering ??= this.#enter(o));
        return await this.#evaluate<T>(expression, world, o);
      } catch (e) {
        if (!this.#world) this.#entering = undefined;
        if (!isNavigation(e)) throw e;
        if (attempt >= 3) throw restless(e);
        this.#leave();
        await this.arrived(o);
      }
    }
  }

  /** Evaluates in the page's own world; for the hooks of our own sites. */
  main<T>(expression: string, o: Call): Promise<T> {
    return this.#evaluate<T>(expression, {}, o);
  }

  /** Sends a CDP command. Throws HALO_BROWSER_LOST or HALO_PAGE_CRASHED when there is nobody to answer. */
  async send<T>(method: string, params: object, o: Call): Promise<T> {
    o.signal.throwIfAborted();
    this.usedAt = performance.now();
    if (this.lost) throw this.lost;
    if (this.question && !ofBrowser.has(method)) throw new PageAsks();
    try {
      return await this.#answer(method, params, o) as T;
    } catch (e) {
      if (e instanceof Error && /Target crashed|Page crashed/.test(e.message)) {
        this.#lose("the page's renderer crashed");
      }
      // A page that closes with its browser says so a moment before the browser does.
      if (this.#lost) await new Promise((done) => setTimeout(done, 0));
      throw this.lost ?? e;
    }
  }

  /** Waits for something the page does, or throws `PageAsks` when it asks a question instead, or what it was lost by. */
  unlessAsked<T>(doing: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (e: unknown) => {
        this.#waiting.delete(fail);
        reject(e);
      };
      if (this.question) fail(new PageAsks());
      else this.#waiting.add(fail);
      doing.then((value) => {
        this.#waiting.delete(fail);
        resolve(value);
      }, fail);
    });
  }

  #ask(question: Question): void {
    const { answer } = question;
    question.answer = async (isAccepted) => {
      this.question = undefined;
      if (question.kind === "beforeunload" && !isAccepted) this.#leaving.clear();
      await answer(isAccepted);
    };
    this.question = question;
    for (const fail of this.#waiting) fail(new PageAsks());
    this.#o.onQuestion();
    this.#tell();
  }

  #answer(method: string, params: object, { signal }: Call): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        this.#waiting.delete(fail);
      };
      const fail = (e: unknown) => {
        end();
        reject(e);
      };
      const giveUp = (e: unknown) => {
        this.isSuspect = true;
        fail(e);
      };
      const abort = () => giveUp(signal.reason);
      const late = `the page did not answer ${method} within ${answerLimitMs / 1000} s`;
      const timer = setTimeout(() => giveUp(new HaloError("HALO_PAGE_CRASHED", late)), answerLimitMs);
      signal.addEventListener("abort", abort, { once: true });
      this.#waiting.add(fail);
      // The session's types list every method; ours are named where they are called.
      this.#cdp.send(method as "Runtime.evaluate", params as never).then((answer) => {
        end();
        resolve(answer);
      }, (e) => {
        hearIn(e, this.#page.context().browser());
        fail(e);
      });
    });
  }

  async #enter(o: Call): Promise<World> {
    const world = this.#o.isOwn ? {} : await this.#isolated(o);
    await this.#evaluate(lookScript(this.#o.isOwn), world, o);
    return this.#world = world;
  }

  async #isolated(o: Call): Promise<World> {
    const { frameTree } = await this.send<{ frameTree: { frame: { id: string } } }>("Page.getFrameTree", {}, o);
    const { executionContextId } = await this.send<{ executionContextId: number }>(
      "Page.createIsolatedWorld",
      { frameId: frameTree.frame.id, worldName: "halo" },
      o,
    );
    return { contextId: executionContextId };
  }

  #leave(): void {
    this.#world = this.#entering = undefined;
  }

  async #evaluate<T>(expression: string, world: World, o: Call): Promise<T> {
    const { result, exceptionDetails } = await this.send<EvaluateReply>("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
      ...world,
    }, o);
    if (!exceptionDetails) return result.value as T;
    const { text, exception } = exceptionDetails;
    throw new HaloError("HALO_PAGE_SCRIPT", `a script failed in the page: ${exception?.description ?? text}`);
  }

  #lose(message: string): void {
    this.#lost ??= new HaloError("HALO_PAGE_CRASHED", message);
    for (const fail of this.#waiting) fail(this.#lost);
    this.#tell();
  }

  #tell(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}

export interface SessionOptions {
  /** The page is ours and looking happens in its own world, else in an isolated one. */
  readonly isOwn: boolean;
  /** Native dialogs wait for an answer; else alerts and leaving are accepted at once, and questions declined. */
  readonly asks: boolean;
  /** Called when a native dialog begins to wait. */
  onQuestion(): void;
}

export interface NavigationHistory {
  readonly currentIndex: number;
  readonly entries: readonly { readonly url: string; readonly title: string }[];
}

/** Commands that the browser answers while a page stands still. */
const ofBrowser = new Set(["Page.getNavigationHistory", "Page.resetNavigationHistory", "Page.getFrameTree"]);

/** Where a script runs: the page's own world, or an isolated one. */
interface World {
  readonly contextId?: number;
}

interface EvaluateReply {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

/** True for the ways CDP says that the document a script ran in is no longer there. */
export function isNavigation(e: unknown): boolean {
  return e instanceof Error && !(e instanceof HaloError) &&
    /execution context|Cannot find context|navigated or closed|Promise was collected/i.test(e.message);
}

/** The error of a page that did not stand still long enough to be looked at. */
function restless(cause: unknown): HaloError {
  return new HaloError("HALO_PAGE_LOOP", "the page leads to another document again and again", { cause });
}
