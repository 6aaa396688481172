/** Longest time a page may go on changing after an action, milliseconds. */
export const settleCapMs = 2_000;

/**
 * Runs in the main world of a foreign page before its own scripts: counts requests and short timers that are under way,
 * so that `__haloSettle()` can wait for what an action started. Resolves to true when the page was quiet for `quietMs`,
 * false at the cap. Finite animations are finished at once; endless ones and timers above the limit are ignored.
 */
export function installSettleProbe(quietMs: number, capMs: number): void {
  const timerLimitMs = capMs;
  const native = { set: globalThis.setTimeout, clear: globalThis.clearTimeout, fetch: globalThis.fetch, now: performance.now.bind(performance) };
  const timers = new Set<unknown>();
  let requests = 0;
  let changedAt = native.now();
  const touch = () => changedAt = native.now();
  const begin = () => {
    requests++;
    touch();
  };
  const end = () => {
    requests--;
    touch();
  };
  globalThis.setTimeout = ((run: unknown, ms = 0, ...args: unknown[]) => {
    const isShort = typeof run === "function" && Number(ms) <= timerLimitMs;
    const id: unknown = native.set(
      isShort
        ? () => {
          timers.delete(id);
          touch();
          (run as (...a: unknown[]) => void)(...args);
        }
        : run as () => void,
      ms,
    );
    if (isShort) timers.add(id);
    return id;
  }) as typeof setTimeout;
  globalThis.clearTimeout = (id) => {
    timers.delete(id);
    native.clear(id);
  };
  globalThis.fetch = async (...args) => {
    begin();
    try {
      const response = await native.fetch(...args);
      // The body arrives after the headers; what the page does with it follows in a later task.
      response.clone().arrayBuffer().catch(() => undefined).then(() => native.set(end, 0));
      return response;
    } catch (e) {
      end();
      throw e;
    }
  };
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (body) {
    begin();
    this.addEventListener("loadend", () => native.set(end, 0), { once: true });
    send.call(this, body);
  };
  const observe = () => new MutationObserver(touch).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  observe();
  const finishAnimations = (): boolean => {
    const running = document.getAnimations().filter((a) => a.playState === "running" && Number.isFinite(a.effect?.getComputedTiming().endTime));
    for (const animation of running) animation.finish();
    return running.length > 0;
  };
  Object.defineProperty(globalThis, "__haloSettle", {
    value: () =>
      new Promise<boolean>((resolve) => {
        const deadline = native.now() + capMs;
        const look = () => {
          const now = native.now();
          if (finishAnimations()) touch();
          const busy = requests > 0 || timers.size > 0 || document.readyState === "loading";
          if (!busy && now - changedAt >= quietMs) return resolve(true);
          if (now >= deadline) return resolve(false);
          native.set(look, busy ? 5 : Math.max(1, quietMs - (now - changedAt)));
        };
        touch();
        native.set(look, 0);
      }),
  });
}
