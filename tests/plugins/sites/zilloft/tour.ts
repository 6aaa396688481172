// A way through the site for homes from the start of the first task, past every kind of window.
import { click, key, type Step, type } from "../steps.ts";

/** Letters that Arimo has, and ones that it has not. */
const strange = "Zażółć, Ελλάδα, Москва, 東京, 😀";

/** Each step names the control by what is on the page. */
export const tour: readonly Step[] = [
  type("searchbox", /^Address/, "San"),
  type("searchbox", /^Address/, "San Francisco, CA", true),
  click("button", /^Price$/),
  click("button", /^Maximum price/),
  click("option", /^\$750,000$/),
  click("button", /^Apply$/),
  click("button", /^Beds & Baths$/),
  key("Escape"),
  click("button", /^Home Type$/),
  click("button", /^Sort: /),
  click("button", /^Save \d/),
  () => ({ action: "scroll", dy: 420 }),
  click("link", /^Open /),
  click("button", /^Next photo$/),
  click("button", /^Request a tour$/),
  click("button", /^2:00 PM$/),
  click("button", /^Continue$/),
  type("textbox", /^Name$/, strange),
  click("button", /^Continue$/),
  key("Escape"),
  click("link", /^Saved homes$/),
  click("link", /^My requests$/),
];
