// A way through the mail site from the start of the first task, past every kind of window and menu.
import { click, key, type Step, type } from "../steps.ts";

/** Letters that Arimo has, that it has not, and ones that browsers like to take from a font of their own. */
const strange = "Zażółć gęślą jaźń, Ελλάδα, Москва, 東京 한국어, 😀👍🏽 ❤️ ✓★→ 1️⃣ fi – — …";

/** Each step names the control by what is on the page. */
export const tour: readonly Step[] = [
  click("link", /^Open email from Jane Smith/),
  click("button", /^Snooze$/),
  key("Escape"),
  click("button", /^Reply$/),
  type("textbox", /^Reply message$/, strange),
  click("button", /^Compose$/),
  type("combobox", /^To$/, "ang"),
  key("ArrowDown"),
  type("textbox", /^Subject$/, strange),
  click("button", /^Discard draft$/),
  click("button", /^Back to inbox$/),
  () => ({ action: "scroll", dy: 420 }),
  key("j"),
  key("x"),
  click("button", /^Labels$/),
  key("Tab"),
  key("ArrowDown"),
  click("searchbox", /^Search mail$/),
  click("checkbox", /^Select email from John Doe/),
  click("button", /^Snooze$/),
  key("Escape"),
  click("button", /^Advanced search options$/),
  key("Escape"),
  click("button", /^Settings$/),
  click("tab", /^Appearance$/),
];
