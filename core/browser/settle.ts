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
 * callbacks, messages and tasks that the page sends itself, and images under way, so that `__haloSettle()` can wait for what
 * an action started. It resolves to true once nothing is under way and the page has been quiet for `quiet` ms, to false after
 * `cap` ms in which its thread was free. Finite animations are finished at once.
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
    post: MessagePort.prototype.postMessage,
    hear: MessagePort.prototype.addEventListener,
    unhear: MessagePort.prototype.removeEventListener,
    onmessage: Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage")!,
    now: performance.now.bind(performance),
  };
  /** What is under way, each with the time its chain began. */
  const timers = new Map<unknown, number>();
  const frames = new Map<unknown, number>();
  const idles = new Map<unknown, number>();
  const requests = new Map<object, number>();
  const tasks = new Map<object, number>();
  /** Of each port, messages of this page that it has not been given yet, in the order they were sent. */
  const inboxes = new Map<MessagePort, number[]>();
  let chain: number | undefined;
  let settledAt = -1;
  let changedAt = native.now();
  /** How many times as long as the cap a page is waited for whose thread is not free. */
  const longest = 4;
  const matters = (began: number): boolean => began >= settledAt;
  const touch = () => changedAt = native.now();
  const observer = new MutationObserver(touch);
  const watched = { subtree: true, childList: true, attributes: true, characterData: true };
  observer.observe(document, watched);
  /** Shadow trees that scripts made: neither the observer nor the animations of a document reach into them. */
  let shadows: WeakRef<ShadowRoot>[] = [];
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    shadows.push(new WeakRef(root));
    observer.observe(root, watched);
    return root;
  };

  type Run = (...args: unknown[]) => unknown;
  interface Scheduling {
    postTask?(run: Run, options?: { readonly delay?: number }): Promise<unknown>;
  }
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
  // Schedulers of frameworks go on by sending themselves a message; the work between two of them may change nothing.
  const partners = new WeakMap<MessagePort, MessagePort>();
  const heard = new WeakSet<MessagePort>();
  const handlers = new WeakMap<object, Run>();
  const arrived = new WeakMap<MessagePort, number | undefined>();
  const arrive = ({ target }: Event): void => {
    const port = target as MessagePort;
    const inbox = inboxes.get(port);
    arrived.set(port, inbox?.shift());
    if (inbox?.length === 0) inboxes.delete(port);
  };
  globalThis.MessageChannel = new Proxy(MessageChannel, {
    construct(channel, args, target) {
      const made = Reflect.construct(channel, args, target) as MessageChannel;
      const { port1, port2 } = made;
      for (const [port, other] of [[port1, port2], [port2, port1]] as const) {
        partners.set(port, other);
        native.hear.call(port, "message", arrive);
      }
      return made;
    },
  });
  MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
    const port = partners.get(this);
    (native.post as Run).apply(this, args);
    if (port === undefined || !heard.has(port)) return;
    const inbox = inboxes.get(port) ?? [];
    inboxes.set(port, [...inbox, chain ?? native.now()]);
  };
  const { close } = MessagePort.prototype;
  MessagePort.prototype.close = function (this: MessagePort) {
    inboxes.delete(this); // Nothing is given to it any more.
    close.call(this);
  };
  const handled = (handler: Run): Run => {
    const known = handlers.get(handler);
    if (known) return known;
    const run: Run = function (this: unknown, ...args) {
      const began = arrived.get((args[0] as Event).target as MessagePort);
      const call: Run = (...all) => handler.apply(this, all);
      return began === undefined ? call(...args) : inChain(call, began)(...args);
    };
    handlers.set(handler, run);
    return run;
  };
  const given = new WeakMap<MessagePort, unknown>();
  Object.defineProperty(MessagePort.prototype, "onmessage", {
    ...native.onmessage,
    get(this: MessagePort) {
      return given.get(this) ?? null;
    },
    set(this: MessagePort, handler: unknown) {
      given.set(this, typeof handler === "function" ? handler : null);
      if (typeof handler === "function") heard.add(this);
      native.onmessage.set!.call(this, typeof handler === "function" ? handled(handler as Run) : null);
    },
  });
  MessagePort.prototype.addEventListener = function (this: MessagePort, ...args: unknown[]) {
    const [type, handler, ...rest] = args;
    if (type === "message") heard.add(this);
    const isOurs = type === "message" && typeof handler === "function";
    return (native.hear as Run).call(this, type, isOurs ? handled(handler as Run) : handler, ...rest);
  };
  MessagePort.prototype.removeEventListener = function (this: MessagePort, ...args: unknown[]) {
    const [type, handler, ...rest] = args;
    const isOurs = type === "message" && typeof handler === "function";
    return (native.unhear as Run).call(this, type, isOurs ? handled(handler as Run) : handler, ...rest);
  };
  const { scheduler } = globalThis as unknown as { readonly scheduler?: Scheduling };
  if (scheduler?.postTask) {
    const post = scheduler.postTask.bind(scheduler);
    scheduler.postTask = (run, options) => {
      if (Number(options?.delay ?? 0) > cap) return post(run, options);
      const began = chain ?? native.now();
      const task = {};
      tasks.set(task, began);
      const end = () => void tasks.delete(task);
      const posted = post(inChain(run, began), options);
      posted.then(end, end);
      return posted;
    };
  }
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
    shadows = shadows.filter((shadow) => shadow.deref());
    const trees = [document, ...shadows.map((shadow) => shadow.deref()!).filter((root) => root.host.isConnected)];
    for (const animation of trees.flatMap((tree) => tree.getAnimations())) {
      if (animation.playState !== "running" || !Number.isFinite(animation.effect?.getComputedTiming().endTime)) {
        continue;
      }
      animation.finish();
      touch();
    }
  }
  const isBusy = (): boolean =>
    document.readyState !== "complete" ||
    [timers, frames, idles, requests, tasks].some((running) => [...running.values()].some(matters)) ||
    [...inboxes.values()].some((inbox) => inbox.some(matters)) ||
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
      // Time in which the page's thread was not free, or the machine gave it none, does not count.
      let deadline = native.now() + cap;
      const last = native.now() + longest * cap;
      let due = native.now();
      const next = (ms: number) => {
        due = native.now() + ms;
        native.set(look, ms);
      };
      // A frame that is taken away or led elsewhere has no timers any more: it has nothing left to wait for.
      const leave = () => resolve(true);
      addEventListener("pagehide", leave);
      const end = (isSettled: boolean) => {
        settledAt = native.now();
        removeEventListener("pagehide", leave);
        resolve(isSettled);
      };
      const look = () => {
        const now = native.now();
        const lateMs = now - due;
        if (lateMs > 10) deadline = Math.min(last, deadline + lateMs);
        finishAnimations();
        const busy = isBusy();
        if (!busy && now - changedAt >= quiet) {
          due = now + quiet;
          return afterFrame(confirm);
        }
        if (now >= deadline) return end(false);
        next(busy ? 5 : Math.max(1, quiet - (now - changedAt)));
      };
      // On a busy machine timers that are due may not have run yet; they run before this one. Ends of transitions and what
      // observers of size and sight do come with a frame.
      const confirm = () => isBusy() || native.now() - changedAt < quiet ? look() : end(true);
      touch();
      look();
    });
  Object.defineProperty(globalThis, "__haloSettle", { value: settle });
}
