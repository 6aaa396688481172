// A way through the site for homes from the start of the first task, past every kind of window.
import type { Action } from "../../../../core/domain/action.ts";
import type { Observation } from "../../../../core/domain/observation.ts";

type Step = (seen: Observation) => Action;

/** Letters that Arimo has, and ones that it has not. */
const strange = "Zażółć, Ελλάδα, Москва, 東京, 😀";

const click = (role: string, name: RegExp): Step => (seen) => ({ action: "click", el: find(seen, role, name) });
const key = (name: string): Step => () => ({ action: "key", keys: [name] });
const type = (role: string, name: RegExp, text: string, submit = false): Step => (seen) => ({
  action: "type",
  el: find(seen, role, name),
  text,
  clear: true,
  submit,
});

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

function find(seen: Observation, role: string, name: RegExp): string {
  const found = seen.elements.find((e) => e.role === role && name.test(e.name));
  if (found === undefined) throw new Error(`no ${role} ${name} among ${seen.elements.map((e) => e.name).join(", ")}`);
  return found.id;
}
