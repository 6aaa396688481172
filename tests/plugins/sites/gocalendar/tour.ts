// A way through the calendar from the start of the first task, past every kind of page, window and list.
import type { Action } from "../../../../core/domain/action.ts";
import type { Observation } from "../../../../core/domain/observation.ts";

type Step = (seen: Observation) => Action;

const strange = "Zażółć gęślą jaźń, Ελλάδα, 東京 한국어, 😀 ✓★→ fi – …";

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
  click("button", /^Create$/),
  click("menuitem", /^Event$/),
  type("textbox", /^Title$/, strange),
  type("textbox", /^Date$/, "someday"),
  type("combobox", /^Add guests$/, "pri"),
  click("option", /^Priya Raman$/),
  click("button", /^Save$/),
  click("button", /^Choose date$/),
  click("button", /^Choose July 19$/),
  click("button", /^Repeat: /),
  click("option", /^Daily$/),
  click("button", /^Save$/),
  click("button", /^Send$/),
  click("button", /^Open event Zażółć/),
  click("button", /^Delete$/),
  key("Escape"),
  click("button", /^Edit$/),
  click("button", /^Close$/),
  click("button", /^View: /),
  click("menuitem", /^Month$/),
  click("link", /^Tasks$/),
  type("searchbox", /^Search events$/, "piano", true),
  click("button", /^Add calendar$/),
  key("Escape"),
  click("button", /^Options for Work$/),
];

function find(seen: Observation, role: string, name: RegExp): string {
  const found = seen.elements.find((e) => e.role === role && name.test(e.name));
  if (found === undefined) throw new Error(`no ${role} ${name} among ${seen.elements.map((e) => e.name).join(", ")}`);
  return found.id;
}
