/** Longest time a page may go on changing after an action, milliseconds. */
export const settleCapMs = 2_000;

/** Milliseconds without change after which a foreign page counts as settled. */
export const quietMs = 20;

/**
 * Runs in the main world of a foreign page before its own scripts: counts requests, short timers and images under way, so
 * that `__haloSettle()` can wait for what an action started. It resolves to true once nothing is under way and the page has
 * been quiet for `quiet` ms, to false at the cap. Finite animations are finished at once. A timer that was set by a timer is
 * waited for while their chain is younger than the cap, so a page that polls for ever still settles; the same holds for
 * requests. Self-contained, because its source text is what the page receives.
 */
export function installSettleProbe(quiet: number, cap: number): void {
  const native = {
    set: setTimeout.bind(globalThis),
    clear: clearTimeout.bind(globalThis),
    fetch: fetch.bind(globalThis),
    now: performance.now.bind(performance),
  };
  /** Start of the chain that each piece of work belongs to. */
  const timers = new Map<unknown, number>();
  const requests = new Map<object, number>();
  let chain: number | undefined;
  let changedAt = native.now();
  const touch = () => changedAt = native.now();
  const begin = (): () => void => {
    const request = {};
    requests.set(request, chain ?? native.now());
    touch();
    // What the page does with an answer follows in a later task.
    return () =>
      void native.set(() => {
        requests.delete(request);
        touch();
      }, 0);
  };

  globalThis.setTimeout = function (run: unknown, ms: number = 0, ...args: unknown[]) {
    if (typeof run !== "function" || Number(ms) > cap) return native.set(run as () => void, ms, ...args);
    const began = chain ?? native.now();
    const id: unknown = native.set(() => {
      timers.delete(id);
      touch();
      chain = began;
      try {
        run(...args);
      } finally {
        chain = undefined;
      }
    }, ms);
    timers.set(id, began);
    return id;
  } as typeof setTimeout;
  globalThis.clearTimeout = (id) => {
    timers.delete(id);
    native.clear(id);
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
  new MutationObserver(touch).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });

  function finishAnimations(): void {
    for (const animation of document.getAnimations()) {
      if (animation.playState !== "running" || !Number.isFinite(animation.effect?.getComputedTiming().endTime)) {
        continue;
      }
      animation.finish();
      touch();
    }
  }
  const isYoung = (began: number): boolean => native.now() - began < cap;
  const isBusy = (): boolean =>
    document.readyState !== "complete" || [...timers.values(), ...requests.values()].some(isYoung) ||
    Array.from(document.images).some((image) => !image.complete && image.loading !== "lazy");

  const settle = () =>
    new Promise<boolean>((resolve) => {
      const deadline = native.now() + cap;
      const look = () => {
        finishAnimations();
        const now = native.now();
        const busy = isBusy();
        if (!busy && now - changedAt >= quiet) return resolve(true);
        if (now >= deadline) return resolve(false);
        native.set(look, busy ? 5 : Math.max(1, quiet - (now - changedAt)));
      };
      touch();
      look();
    });
  Object.defineProperty(globalThis, "__haloSettle", { value: settle });
}
