// A way through the shop from the start of the first task, past every kind of view, menu and window.
import { click, key, type Step, type } from "../steps.ts";

/** Letters that Arimo has, that it has not, and ones that browsers like to take from a font of their own. */
const strange = "Zażółć Ελλάδα Москва 東京 한국어 😀👍🏽 ❤️ ✓★→ fi – —";

/** Each step names the control by what is on the page. */
export const tour: readonly Step[] = [
  click("button", /^Deliver to$/),
  key("Escape"),
  type("searchbox", /^Search the shop$/, strange, true),
  type("searchbox", /^Search the shop$/, "headphones", true),
  type("textbox", /^Lowest price$/, "90"),
  click("button", /^Sort by/),
  click("menuitem", /^Price: low to high$/),
  click("link", /Sleep Band Headphones$/),
  click("button", /^Quantity/),
  click("menuitem", /^3$/),
  () => ({ action: "scroll", dy: 420 }),
  () => ({ action: "back" }),
  () => ({ action: "forward" }),
  click("button", /^Buy Now/),
  click("button", /^Add a payment card$/),
  type("textbox", /^Card number$/, "4410 7"),
  key("Escape"),
  click("button", /^Place your order$/),
  click("link", /^Orders$/),
  click("button", /^Cancel order 114/),
  key("Escape"),
  click("link", /^Cart/),
];
