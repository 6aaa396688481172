import type { Element, PastStep, Point } from "halo-agent";

/** A visible control with plain defaults. */
export function control(id: string, role: string, name: string, o: Partial<Element> = {}): Element {
  return { id, role, name, states: [], near: "", region: "main", centre: [500, 500], ...o };
}

/** A point on a page of these controls. */
export function pointOn(
  elements: readonly Element[],
  o: { readonly goal?: string; readonly history?: readonly PastStep[] } = {},
): Point {
  return {
    id: "p",
    task: { id: "t", text: o.goal ?? 'Put "blue" into the box.', startUrl: "page:/", maxSteps: 9 },
    depth: o.history?.length ?? 0,
    observation: { url: "page:/", title: "Page", elements, stateKey: "s" },
    history: o.history ?? [],
  };
}

/** Four buttons and a field. */
export const shelf: readonly Element[] = [
  control("e0", "button", "Open"),
  control("e1", "button", "Close"),
  control("e2", "textbox", "Colour", { states: ["editable"], value: "" }),
  control("e3", "button", "blue", { near: "blue box" }),
  control("e4", "button", "red", { near: "red box" }),
];
