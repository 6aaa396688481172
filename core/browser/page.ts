import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { Call, Closable } from "../domain/call.ts";
import type { Fingerprint } from "../domain/environment.ts";
import type { Need, Observation } from "../domain/observation.ts";
import { sha256 } from "../util/sha256.ts";
import { HaloError } from "../util/errors.ts";
import { within } from "./within.ts";
import { installLook } from "./look.ts";
import { observationOf, type Seen, screenshotOf } from "./observation.ts";
import { installSettleProbe, settleCapMs } from "./settle.ts";

/** Focus, caret and scroll of a page, as plain data. */
export type Stance = {
  readonly focus: readonly number[] | null;
  readonly caret: readonly [number, number] | null;
  readonly scrolls: readonly (readonly [readonly number[], number, number])[];
};

/** A page's fingerprint with what it was made from. */
export interface PageFacts {
  readonly fingerprint: Fingerprint;
  readonly stance: Stance;
  /** Whole state of one of our own sites. */
  readonly state?: string;
}

/** Where an action would land. */
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
}

/** Milliseconds without change after which a foreign page counts as settled. */
const quietMs = 20;

/** One browser tab, driven over a single CDP session. Looking happens in an isolated world and writes nothing to the page. */
export class HaloPage implements Closable {
  readonly page: Page;
  readonly isOwn: boolean;
  readonly hosts: readonly string[];
  /** Pointer position, CSS pixels. */
  pointer: readonly [number, number] = [0, 0];
  /** Messages of dialogs that opened and were answered. */
  readonly dialogs: string[] = [];
  readonly #context: BrowserContext;
  readonly #cdp: CDPSession;
  #world: number | undefined;
  #lost: HaloError | undefined;

  private constructor(context: BrowserContext, page: Page, cdp: CDPSession, o: PageOptions) {
    this.#context = context;
    this.page = page;
    this.#cdp = cdp;
    this.isOwn = o.isOwn;
    this.hosts = o.hosts;
    page.on("crash", () => this.#lost = new HaloError("HALO_PAGE_CRASHED", "the page's renderer crashed"));
    page.on("close", () => this.#lost ??= new HaloError("HALO_PAGE_CRASHED", "the page was closed"));
    // A dialog nobody answers blocks every call. Alerts and leaving are accepted, questions are declined.
    page.on("dialog", (dialog) => {
      this.dialogs.push(`${dialog.type()}: ${dialog.message()}`);
      const answer = dialog.type() === "alert" || dialog.type() === "beforeunload" ? dialog.accept() : dialog.dismiss();
      answer.catch(() => {});
    });
    context.on("page", (popup) => {
      if (popup !== page) popup.close().catch(() => {});
    });
    cdp.on("Runtime.executionContextsCleared", () => this.#world = undefined);
  }

  static async open(context: BrowserContext, o: PageOptions): Promise<HaloPage> {
    if (!o.isOwn) await context.addInitScript(`(${installSettleProbe})(${quietMs}, ${settleCapMs})`);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("Runtime.enable");
    return new HaloPage(context, page, cdp, o);
  }

  /** Undefined while the page can be used. */
  get lost(): HaloError | undefined {
    return this.#lost;
  }

  async goto(url: string, o: Call): Promise<void> {
    this.#world = undefined;
    try {
      await within(this.page.goto(url, { waitUntil: "load", timeout: 15_000 }), o.signal);
    } catch (cause) {
      o.signal.throwIfAborted();
      throw this.#lost ?? new HaloError("HALO_PAGE_LOAD", `${url} did not load: ${firstLine(cause)}`, { cause });
    }
    this.pointer = [0, 0];
  }

  /** Calls a function of the isolated world's `__look` with plain arguments; the result is plain data. */
  async look<T>(name: string, args: readonly unknown[], o: Call): Promise<T> {
    for (let attempt = 0;; attempt++) {
      const world = this.#world ?? await this.#createWorld(o);
      try {
        const text = args.map((a) => a === undefined ? "undefined" : JSON.stringify(a)).join(",");
        return await this.#evaluate<T>(`__look.${name}(${text})`, world, o);
      } catch (e) {
        // The context went away with its document: the page navigated, which is no error.
        if (attempt > 0 || !/context|Execution|navigat/i.test(firstLine(e)) || this.#lost) throw e;
        this.#world = undefined;
        await within(this.page.waitForLoadState("load", { timeout: 5_000 }), o.signal).catch(() => o.signal.throwIfAborted());
      }
    }
  }

  /** Evaluates in the page's own world; for the hooks of our own sites. */
  main<T>(expression: string, o: Call): Promise<T> {
    return this.#evaluate<T>(expression, undefined, o);
  }

  /** Waits until what an action started is done; false when a foreign page still changes at the cap. */
  async settle(o: Call): Promise<boolean> {
    if (this.isOwn) {
      const isIdle = await this.main<boolean>(idleExpression, o);
      if (isIdle) return true;
      throw new HaloError("HALO_PAGE_NOT_IDLE", `the page still had pending work ${settleCapMs} ms after an action`);
    }
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        return await this.main<boolean>("globalThis.__haloSettle ? __haloSettle() : true", o);
      } catch (e) {
        if (this.#lost) throw this.#lost;
        o.signal.throwIfAborted();
        if (!/context|Execution|navigat/i.test(firstLine(e))) throw e;
        await within(this.page.waitForLoadState("load", { timeout: 5_000 }), o.signal).catch(() => o.signal.throwIfAborted());
      }
    }
    return false;
  }

  async observe(need: Need, o: Call): Promise<Observation> {
    const [seen, screenshot, axtree] = await Promise.all([
      this.look<Seen>("observe", [], o),
      need.screenshot ? this.screenshot(o) : undefined,
      need.axtree ? within(this.page.locator("body").ariaSnapshot({ timeout: 5_000 }), o.signal) : undefined,
    ]);
    return observationOf(seen, { screenshot, axtree });
  }

  /** PNG of the viewport; a fresh page may have no frame yet, so one failure is retried after two frames. */
  async screenshot(o: Call) {
    const shoot = () => this.#send<{ data: string }>("Page.captureScreenshot", { format: "png", optimizeForSpeed: true }, o);
    const { data } = await shoot().catch(async (e) => {
      if (this.#lost || o.signal.aborted) throw e;
      await this.look("frames", [], o);
      return await shoot();
    });
    return screenshotOf(Buffer.from(data, "base64"));
  }

  /** What two pages must share to be the same place; for our own sites with their whole state. */
  async facts(o: Call): Promise<PageFacts> {
    const [{ fingerprint, stance }, state] = await Promise.all([
      this.look<{ readonly fingerprint: Fingerprint; readonly stance: Stance }>("facts", [], o),
      this.isOwn ? this.snapshot(o) : undefined,
    ]);
    const whole = { ...fingerprint, pointer: this.pointer.join(",") };
    return state === undefined ? { fingerprint: whole, stance } : { fingerprint: { ...whole, state: sha256(state) }, stance, state };
  }

  /** The whole state of one of our own sites, as canonical JSON. */
  snapshot(o: Call): Promise<string> {
    return this.main<string>("__halo.snapshot()", o);
  }

  /** Puts one of our own sites into a state, then focus, caret, scroll and pointer where they were. */
  async restore(state: string, s: { readonly stance: Stance; readonly pointer: readonly [number, number] }, o: Call): Promise<void> {
    const [x, y] = s.pointer;
    if (x !== this.pointer[0] || y !== this.pointer[1]) await this.moveTo(x, y, o);
    await Promise.all([this.main(`__halo.restore(${JSON.stringify(state)})`, o), this.look("stand", [s.stance], o)]);
  }

  async moveTo(x: number, y: number, o: Call): Promise<void> {
    await within(this.page.mouse.move(x, y), o.signal);
    this.pointer = [x, y];
  }

  async close(): Promise<void> {
    this.#lost ??= new HaloError("HALO_PAGE_CRASHED", "the page was closed");
    await this.#context.close().catch(() => {});
  }

  async #createWorld(o: Call): Promise<number> {
    const { frameTree } = await this.#send<{ frameTree: { frame: { id: string } } }>("Page.getFrameTree", {}, o);
    const { executionContextId } = await this.#send<{ executionContextId: number }>("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "halo" }, o);
    await this.#evaluate(`(${installLook})()`, executionContextId, o);
    return this.#world = executionContextId;
  }

  async #evaluate<T>(expression: string, contextId: number | undefined, o: Call): Promise<T> {
    const reply = await this.#send<EvaluateReply>("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
      ...(contextId !== undefined && { contextId }),
    }, o);
    if (reply.exceptionDetails) {
      const { text, exception } = reply.exceptionDetails;
      throw new HaloError("HALO_PAGE_SCRIPT", `a script failed in the page: ${exception?.description ?? text}`);
    }
    return reply.result.value as T;
  }

  async #send<T>(method: string, params: object, o: Call): Promise<T> {
    if (this.#lost) throw this.#lost;
    try {
      // The session's types list every method; ours are named where they are called.
      return await within(this.#cdp.send(method as "Runtime.evaluate", params as never) as Promise<unknown>, o.signal) as T;
    } catch (e) {
      if (this.#lost) throw this.#lost;
      throw e;
    }
  }
}

interface EvaluateReply {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

const idleExpression = `__halo.pending() === 0 || new Promise((done) => {
  const end = performance.now() + ${settleCapMs};
  const look = () => __halo.pending() === 0 ? done(true) : performance.now() > end ? done(false) : setTimeout(look, 1);
  look();
})`;

function firstLine(e: unknown): string {
  return (e instanceof Error ? e.message : String(e)).split("\n")[0]!;
}
