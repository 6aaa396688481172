/**
 * Runs in the main world of a foreign document before its own scripts: remembers which elements listen for clicks and which
 * shadow roots are closed, and tells both to whoever asks by a `halo:ask` event. The answer is an event that carries them as
 * ranges, the one form in which events hand nodes from one world to another; the DOM is not touched. Self-contained.
 */
export function installClickProbe(): void {
  const types = new Set(["click", "dblclick", "mousedown", "mouseup", "pointerdown", "pointerup"]);
  interface Listening {
    readonly type: string;
    readonly listener: unknown;
    readonly capture: boolean;
  }
  const listening = new WeakMap<Element, readonly Listening[]>();
  const closedRoots = new WeakMap<Element, ShadowRoot>();
  const native = {
    add: EventTarget.prototype.addEventListener,
    remove: EventTarget.prototype.removeEventListener,
    attach: Element.prototype.attachShadow,
  };
  type Options = boolean | EventListenerOptions | undefined;
  const isCapture = (o: Options): boolean => typeof o === "object" && o !== null ? o.capture === true : o === true;
  const others = (el: Element, one: Listening): Listening[] =>
    (listening.get(el) ?? []).filter((l) =>
      l.type !== one.type || l.listener !== one.listener || l.capture !== one.capture
    );

  EventTarget.prototype.addEventListener = function (this: unknown, ...args: Parameters<typeof native.add>) {
    const [type, listener, options] = args;
    if (types.has(type) && listener && this instanceof Element) {
      const one = { type, listener, capture: isCapture(options) };
      listening.set(this, [...others(this, one), one]);
    }
    return native.add.apply(this as EventTarget, args);
  };
  EventTarget.prototype.removeEventListener = function (this: unknown, ...args: Parameters<typeof native.remove>) {
    const [type, listener, options] = args;
    if (types.has(type) && this instanceof Element) {
      listening.set(this, others(this, { type, listener, capture: isCapture(options) }));
    }
    return native.remove.apply(this as EventTarget, args);
  };
  Element.prototype.attachShadow = function (init) {
    const root = native.attach.call(this, init);
    if (init.mode === "closed") closedRoots.set(this, root);
    return root;
  };

  /** Handlers set as properties, and those that frameworks keep on the element and call from one listener above. */
  const properties = ["onclick", "ondblclick", "onmousedown", "onmouseup", "onpointerdown", "onpointerup"];
  const delegated = ["$$click", "__click"];
  const listens = (el: Element): boolean =>
    (listening.get(el)?.length ?? 0) > 0 ||
    properties.some((name) => Boolean((el as unknown as Record<string, unknown>)[name])) ||
    delegated.some((name) => Boolean((el as unknown as Record<string, unknown>)[name]));

  function nodes(): Node[] {
    const found: Node[] = [];
    const visit = (root: ParentNode): void => {
      for (const el of root.querySelectorAll("*")) {
        const closed = closedRoots.get(el);
        if (closed) found.push(closed);
        const inner = closed ?? el.shadowRoot;
        if (inner) visit(inner);
        if (listens(el)) found.push(el);
      }
    };
    visit(document);
    return found;
  }
  const rangeAt = (node: Node): StaticRange =>
    new StaticRange({ startContainer: node, startOffset: 0, endContainer: node, endOffset: 0 });
  native.add.call(document, "halo:ask", () => {
    document.dispatchEvent(new InputEvent("halo:tell", { targetRanges: nodes().map(rangeAt) }));
  });
}
