/** Tasks by name of suite: those of the published table that results are set beside (docs/miniwob.md). */
export const suites = {
  click: [
    "click-test",
    "click-test-2",
    "click-test-transfer",
    "click-dialog",
    "click-dialog-2",
    "focus-text-2",
    "click-checkboxes-transfer",
    "click-checkboxes-large",
    "click-widget",
    "click-checkboxes-soft",
  ],
  forms: [
    "enter-text-dynamic",
    "enter-text-2",
    "enter-password",
    "text-transform",
    "copy-paste",
    "copy-paste-2",
    "read-table-2",
    "login-user-popup",
  ],
  panels: [
    "click-tab",
    "click-tab-2",
    "click-tab-2-easy",
    "click-tab-2-medium",
    "click-tab-2-hard",
    "click-collapsible",
    "click-collapsible-2",
    "click-collapsible-nodelay",
    "click-collapsible-2-nodelay",
  ],
  menus: ["click-menu", "click-menu-2"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const realTime = "the page moves on its own while a policy thinks, and counts that time";

const flight = "a recorded airline site in a frame, which asks in raw fields instead of a sentence";

/** Tasks of the wheel that cannot be played here, with the reason. */
export const unserved: Readonly<Record<string, string>> = {
  "button-delay": "its reward counts the seconds between two clicks, and an action takes as long as it takes",
  "chase-circle": realTime,
  "draw-circle": "a drag goes along a straight line; no action draws a curve",
  "hover-shape": realTime,
  "moving-items": realTime,
  "simon-says": realTime,
  "stock-market": realTime,
  "flight.AA": flight,
  "flight.Alaska": flight,
  "flight.Alaska-auto": flight,
  "flight.Alaska-auto-medium": flight,
};
