import type { Place } from "./action.ts";

/** What an observation must contain beyond url, title, elements and state key. */
export interface Need {
  readonly screenshot?: boolean;
  readonly axtree?: boolean;
}

/** A visible control as a person or a screen reader meets it. Nothing here comes from ids, classes or `data-*`. */
export interface Element {
  /** `e0`, `e1`, … in document order, `f1e0`, … in the first readable frame; valid for this observation only. */
  readonly id: string;
  /** ARIA role, explicit or implied by the tag. */
  readonly role: string;
  /** Accessible name, white space collapsed, at most 200 characters. */
  readonly name: string;
  /** Current value of an editable control. */
  readonly value?: string;
  /** Sorted; of: checked, disabled, editable, expanded, collapsed, focused, pressed, selected, required, multiline. */
  readonly states: readonly string[];
  /** Visible text of the nearest row, list item, group or form line around it, at most 200 characters; "" if none. */
  readonly near: string;
  /** Nearest landmark or dialog: `role` or `role:name`, for example "navigation:Mailbox", "dialog:New message"; "" if none. */
  readonly region: string;
  /** Centre of the visible part, thousandths of the viewport. */
  readonly centre: Place;
  /** Left, top, width and height of the visible part, thousandths of the viewport; absent of what is not drawn itself. */
  readonly box?: readonly [x: number, y: number, width: number, height: number];
}

/** Lossless PNG of the viewport. */
export interface Screenshot {
  readonly sha256: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly png: Uint8Array;
}

/** A question that the browser asks for a page, as `confirm("…")` does. */
export interface NativeDialog {
  readonly kind: "alert" | "confirm" | "prompt" | "beforeunload";
  readonly message: string;
  /** What stands in the field of a prompt, else "". */
  readonly text: string;
}

/** Region of the elements that stand for windows. */
export const browserTabs = "tablist:Browser tabs";

/** A window or tab of the browser. */
export interface Tab {
  readonly title: string;
  readonly url: string;
  readonly isActive: boolean;
}

/** What the agent can perceive at one moment. */
export interface Observation {
  readonly url: string;
  readonly title: string;
  readonly elements: readonly Element[];
  /** sha256 of normalised URL, title and elements (without ids and places): equal keys mean "the same page to a user". */
  readonly stateKey: string;
  readonly screenshot?: Screenshot;
  /** Accessibility tree as indented text, when asked for. */
  readonly axtree?: string;
  /** A question of the browser's own that the page waits on. The elements are then its field and buttons, nothing else. */
  readonly dialog?: NativeDialog;
  /** The windows of the episode, oldest first, when there are several. Each is also an element with the role `tab`. */
  readonly tabs?: readonly Tab[];
  /** True when a foreign page was still changing at the settle cap. Never true on a replica: there it is a fault. */
  readonly unsettled?: boolean;
}
