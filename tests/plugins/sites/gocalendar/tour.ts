// A way through the calendar from the start of the first task, past every kind of page, window and list.
import { click, key, type Step, type } from "../steps.ts";

const strange = "Zażółć gęślą jaźń, Ελλάδα, 東京 한국어, 😀 ✓★→ fi – …";

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
