/** Longest time a page may go on changing after an action, milliseconds. */
export const settleCapMs = 2_000;

/** Milliseconds without change after which a foreign page counts as settled. */
export const quietMs = 20;

/** Resolves to true when one of our own pages has no work pending, to false at the cap. */
export const idleExpression = `globalThis.__halo === undefined || __halo.pending() === 0 || new Promise((done) => {
  const end = performance.now() + ${settleCapMs};
  const look = () => __halo.pending() === 0 ? done(true) : performance.now() > end ? done(false) : setTimeout(look, 1);
  look();
})`;

/** Resolves to true when a foreign page and the frames of its origin are settled, to false when one is not at the cap. */
export const settleExpression = `(async () => {
  const windows = (w) => [w, ...Array.from(w.frames).flatMap((f) => {
    try { return f.__haloSettle ? windows(f) : []; } catch { return []; }
  })];
  const settled = async () => (await Promise.all(windows(globalThis).map((w) => w.__haloSettle?.() ?? true))).every(Boolean);
  const isSettled = await settled();
  return globalThis.length === 0 || !isSettled ? isSettled : settled();
})()`;

/**
 * Runs in the main world of a foreign page before its own scripts: keeps account of requests, short timers, frame and idle
 * callbacks and images under way, so that `__haloSettle()` can wait for what an action started. It resolves to true once
 * nothing is under way and the page has been quiet for `quiet` ms, to false after `cap` ms. Finite animations are finished
 * at once.
 * Work that a timer or frame starts belongs to the chain of that timer. A chain begun before the last settling ended, such
 * as a clock or a poll, is not waited for, nor do its changes disturb. Self-contained: its source text goes to the page.
 */
export function installSettleProbe(quiet: number, cap: number): void {
  const native = {
    set: setTimeout.bind(globalThis),
    clear: clearTimeout.bind(globalThis),
    repeat: setInterval.bind(globalThis),
    frame: requestAnimationFrame.bind(globalThis),
    cancel: cancelAnimationFrame.bind(globalThis),
    idle: requestIdleCallback.bind(globalThis),
    cancelIdle: cancelIdleCallback.bind(globalThis),
    fetch: fetch.bind(globalThis),
    now: performance.now.bind(performance),
  };
  /** What is under way, each with the time its chain began. */
  const timers = new Map<unknown, number>();
  const frames = new Map<unknown, number>();
  const idles = new Map<unknown, number>();
  const requests = new Map<object, number>();
  let chain: number | undefined;
  let settledAt = -1;
  let changedAt = native.now();
  const matters = (began: number): boolean => began >= settledAt;
  const touch = () => changedAt = native.now();
  const observer = new MutationObserver(touch);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  type Run = (...args: unknown[]) => unknown;
  const inChain = (run: Run, began: number, done = () => {}): Run => (...args) => {
    done();
    const outer = chain;
    chain = began;
    try {
      return run(...args);
    } finally {
      chain = outer;
      observer.takeRecords(); // Changes made just now are this chain's.
      if (matters(began)) touch();
    }
  };
  const begin = (): () => void => {
    const request = {};
    const began = chain ?? native.now();
    requests.set(request, began);
    // What the page does with an answer follows in a later task.
    const end = () => {
      requests.delete(request);
      if (matters(began)) touch();
    };
    return () => void native.set(end, 0);
  };

  globalThis.setTimeout = ((run: unknown, ms: number = 0, ...args: unknown[]) => {
    if (typeof run !== "function" || Number(ms) > cap) return native.set(run as () => void, ms, ...args);
    const began = chain ?? native.now();
    const id: unknown = native.set(inChain(run as Run, began, () => timers.delete(id)), ms, ...args);
    timers.set(id, began);
    return id;
  }) as typeof setTimeout;
  globalThis.clearTimeout = globalThis.clearInterval = (id) => {
    timers.delete(id);
    native.clear(id);
  };
  globalThis.setInterval = ((run: unknown, ms?: number, ...args: unknown[]) => {
    const wrapped = typeof run === "function" ? inChain(run as Run, chain ?? native.now()) : run;
    return native.repeat(wrapped as () => void, ms, ...args);
  }) as typeof setInterval;
  globalThis.requestAnimationFrame = (run) => {
    const began = chain ?? native.now();
    const id = native.frame(inChain(run as Run, began, () => frames.delete(id)));
    frames.set(id, began);
    return id;
  };
  globalThis.cancelAnimationFrame = (id) => {
    frames.delete(id);
    native.cancel(id);
  };
  globalThis.requestIdleCallback = (run, options) => {
    const id: number = native.idle(inChain(run as Run, chain ?? native.now(), () => idles.delete(id)), options);
    idles.set(id, chain ?? native.now());
    return id;
  };
  globalThis.cancelIdleCallback = (id) => {
    idles.delete(id);
    native.cancelIdle(id);
  };
  globalThis.fetch = async (...args) => {
    const end = begin();
    try {
      const response = await native.fetch(...args);
      response.clone().arrayBuffer().then(end, end);
      return response;
    } catch (e) {
      end();
      throw e;
    }
  };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    this.addEventListener("loadend", begin(), { once: true });
    send.call(this, body);
  };

  function finishAnimations(): void {
    for (const animation of document.getAnimations()) {
      if (animation.playState !== "running" || !Number.isFinite(animation.effect?.getComputedTiming().endTime)) {
        continue;
      }
      animation.finish();
      touch();
    }
  }
  const isBusy = (): boolean =>
    document.readyState !== "complete" ||
    [...timers.values(), ...frames.values(), ...idles.values(), ...requests.values()].some(matters) ||
    Array.from(document.images).some((image) => !image.complete && image.loading !== "lazy");

  /** Runs after the next frame; a page that draws none, because it is not in front, is not waited for. */
  function afterFrame(run: () => void): void {
    let isDone = false;
    const once = () => {
      if (isDone) return;
      isDone = true;
      native.clear(timer);
      native.set(run, 0);
    };
    const timer = native.set(once, 100);
    native.frame(once);
  }

  const settle = () =>
    new Promise<boolean>((resolve) => {
      const deadline = native.now() + cap;
      const end = (isSettled: boolean) => {
        settledAt = native.now();
        resolve(isSettled);
      };
      const look = () => {
        finishAnimations();
        const now = native.now();
        const busy = isBusy();
        if (!busy && now - changedAt >= quiet) return afterFrame(confirm);
        if (now >= deadline) return end(false);
        native.set(look, busy ? 5 : Math.max(1, quiet - (now - changedAt)));
      };
      // On a busy machine timers that are due may not have run yet; they run before this one. Ends of transitions and what
      // observers of size and sight do come with a frame.
      const confirm = () => isBusy() || native.now() - changedAt < quiet ? look() : end(true);
      touch();
      look();
    });
  Object.defineProperty(globalThis, "__haloSettle", { value: settle });
}
