import type { Action } from "../../../core/domain/action.ts";
import { assert, suite } from "../../harness.ts";
import { act } from "../../../core/browser/act.ts";
import { desk, deskPage, Hand } from "./desk.ts";

const test = suite("browser/act");
const environment = desk();

test("act clicks, double-clicks, right-clicks and hovers an element or a place", async (t) => {
  const hand = await Hand.open(environment, t);
  const { target } = await hand.do({ action: "click", ...hand.el("Urgent") });
  assert.equal(target, { role: "checkbox", name: "Urgent" });
  await hand.do({ action: "double_click", at: [30, 25] });
  await hand.do({ action: "right_click", at: [500, 900] });
  const { error } = await hand.do({ action: "hover", ...hand.el("Later") });
  const { urgent, log } = await hand.state();
  assert.equal({ error, urgent, log }, { error: undefined, urgent: true, log: ["double", "context"] });
});

test("act drags from a place to another", async (t) => {
  const hand = await Hand.open(environment, t);
  await hand.do({ action: "drag", at: [27, 770], to: [200, 770] });
  assert.is((await hand.state())["knob"], 256 - 35);
  assert.equal(await hand.log(), ["dropped"]);
});

test("act types into text fields, areas and editable regions, appends, clears and submits", async (t) => {
  const hand = await Hand.open(environment, t, { note: "old" });
  await hand.do({ action: "type", ...hand.el("Name"), text: "Ada", submit: true });
  await hand.do({ action: "type", ...hand.el("Note"), text: "néw ✓", clear: true });
  await hand.do({ action: "type", ...hand.el("Body text"), text: "body" });
  await hand.do({ action: "type", text: " more" });
  await hand.do({ action: "type", ...hand.el("When"), text: "2024-07-19" });
  const { name, note, body, when, log } = await hand.state();
  assert.equal({ name, note, body, when, log }, {
    name: "Ada",
    note: "néw ✓",
    body: "body more",
    when: "2024-07-19",
    log: ["enter Ada"],
  });
});

test("act presses keys and chords, and lets go of modifiers after an unknown key", async (t) => {
  const hand = await Hand.open(environment, t);
  const { error } = await hand.do({ action: "key", keys: ["F2", "Shift+F2", "Shift+Nope"] });
  assert.equal(error, {
    code: "UNKNOWN_KEY",
    message: 'there is no key "Shift+Nope"; names are those of Playwright, e.g. "Enter", "Control+a"',
  });
  await hand.do({ action: "key", keys: ["F2"] });
  assert.equal(await hand.log(), ["F2", "F2 shift", "F2"]);
});

test("act copies and pastes by the page's own clipboard, which no other page reaches", async (t) => {
  const [hand, other] = [
    await Hand.open(environment, t, { name: "one" }),
    await Hand.open(environment, t, { name: "two" }),
  ];
  for (const h of [hand, other]) {
    await h.do({ action: "click", ...h.el("Name") });
    await h.do({ action: "key", keys: ["Control+a", "Control+c"] });
  }
  await hand.do({ action: "click", ...hand.el("Note") });
  await hand.do({ action: "key", keys: ["Control+v", "Control+v"] });
  assert.is((await hand.state())["note"], "oneone");
});

test("act scrolls the list under the place, then the page, and not where the page takes the wheel", async (t) => {
  const hand = await Hand.open(environment, t);
  await hand.do({ action: "scroll", at: [300, 200], dy: 400 });
  assert.is(hand.find("Pick row 10").role, "checkbox");
  await hand.do({ action: "scroll", at: [100, 770], dy: 30 });
  assert.is((await hand.state())["knob"], 30);
  await hand.do({ action: "scroll", dy: 1200 });
  await hand.do({ action: "click", ...hand.el("Far away") });
  assert.equal(await hand.log(), ["far"]);
});

test("act selects options by label or value", async (t) => {
  const hand = await Hand.open(environment, t);
  await hand.do({ action: "select", ...hand.el("Colour"), options: ["Green"] });
  assert.is((await hand.state())["colour"], "g");
  assert.is(hand.find("Colour").value, "Green");
  const codes = [], said = [];
  for (const options of [["Pink"], ["Blue"], ["Red", "Green"]]) {
    const { error } = await hand.do({ action: "select", ...hand.el("Colour"), options });
    codes.push(error?.code);
    said.push(error?.message);
  }
  assert.match(said[0]!, /^combobox "Colour" does not have, .* \["Pink"\]; it has "Red", "Green"/);
  assert.match(said[2]!, /takes one option$/);
  codes.push((await hand.do({ action: "select", ...hand.el("Name"), options: ["Red"] })).error?.code);
  assert.equal(codes, ["UNKNOWN_OPTION", "UNKNOWN_OPTION", "UNKNOWN_OPTION", "NOT_EDITABLE"]);
  assert.is((await hand.state())["colour"], "g");
});

test("act goes back and forward through entries the page made", async (t) => {
  const hand = await Hand.open(environment, t);
  const titles = [];
  const steps: Action[] = [{ action: "click", ...hand.el("Next page") }, { action: "back" }, { action: "forward" }];
  for (const action of steps) titles.push((await hand.do(action)).observation.title);
  assert.equal(titles, ["Desk 2", "Desk", "Desk 2"]);
  const { error } = await hand.do({ action: "forward" });
  assert.equal(error, { code: "NAV_FAILED", message: "there is no page to go forward to" });
});

test("act does nothing for noop, done and infeasible, and waits for wait", async (t) => {
  const hand = await Hand.open(environment, t, { name: "x" });
  const before = (await hand.episode.mark(t)).fingerprint;
  for (const action of ["noop", "done", "infeasible"] as const) await hand.do({ action });
  const { cost } = await hand.do({ action: "wait", ms: 50 });
  assert.ok(cost.actMs >= 49, `waited ${cost.actMs} ms`);
  assert.equal((await hand.episode.mark(t)).fingerprint, before);
});

test("act reports what it cannot do and leaves the page as it was", async (t) => {
  const hand = await Hand.open(environment, t);
  const before = (await hand.episode.mark(t)).fingerprint;
  const errors: unknown[] = [];
  const cases: Action[] = [
    { action: "click", el: "e999" },
    { action: "type", ...hand.el("Later"), text: "x" },
    { action: "type", text: "x" },
    { action: "type", ...hand.el("Fixed"), text: "x" },
    { action: "goto", url: "http://elsewhere.test/" },
    { action: "goto", url: "file:///etc/hostname" },
    { action: "goto", url: "javascript:alert(1)" },
    { action: "back" },
  ];
  for (const action of cases) errors.push((await hand.do(action)).error);
  assert.equal(errors, [
    { code: "STALE_EL", message: "no element e999 in the last observation" },
    { code: "NOT_EDITABLE", message: 'button "Later" takes no text' },
    { code: "NO_FOCUS", message: "no field has focus to type into" },
    { code: "NOT_EDITABLE", message: 'textbox "Fixed" takes no text' },
    { code: "BLOCKED_URL", message: '"http://elsewhere.test/" is outside this task; allowed hosts: desk.halo.test' },
    { code: "BLOCKED_URL", message: '"file:///etc/hostname" is outside this task; allowed hosts: desk.halo.test' },
    { code: "BLOCKED_URL", message: '"javascript:alert(1)" is outside this task; allowed hosts: desk.halo.test' },
    { code: "NAV_FAILED", message: "there is no page to go back to" },
  ]);
  assert.equal((await hand.episode.mark(t)).fingerprint, before);
});

test("act says VALUE_NOT_PERSISTED when the field did not keep what was typed", async (t) => {
  const hand = await Hand.open(environment, t);
  const { error } = await hand.do({ action: "type", ...hand.el("Digits"), text: "a1b2" });
  assert.equal(error, { code: "VALUE_NOT_PERSISTED", message: 'the field holds "12" after typing "a1b2"' });
});

test("act refuses an element that is gone, renamed, covered or out of view since it was observed", async (t) => {
  const page = await deskPage(t);
  const observation = await page.observe({}, t);
  const { id } = observation.elements.find((e) => e.name === "Later")!;
  const codes: Record<string, unknown> = {};
  const button = "document.querySelector('[data-do=later]')";
  const changes = {
    covered:
      "document.getElementById('veil').hidden = false; document.querySelector('[role=dialog]').removeAttribute('aria-modal')",
    modal: "document.querySelector('[role=dialog]').setAttribute('aria-modal', 'true')",
    away: `document.getElementById('veil').hidden = true; ${button}.style.cssText = 'position:fixed;top:2000px'`,
    renamed: `${button}.style.cssText = ''; ${button}.textContent = 'Sooner'`,
    gone: `${button}.remove()`,
  };
  for (const [what, script] of Object.entries(changes)) {
    await page.main(script, t);
    codes[what] = (await act(page, { action: "click", el: id }, { ...t, observation })).error;
  }
  const error = (code: string, what: string) => ({ code, message: `element ${id} ${what}` });
  assert.equal(codes, {
    covered: error("OCCLUDED", "is covered by another"),
    modal: error("OCCLUDED", "is covered by another"),
    away: error("OUT_OF_VIEW", "is outside the visible part of the page; scroll first"),
    renamed: error("STALE_EL", "is not on the page as it is now"),
    gone: error("STALE_EL", "is not on the page as it is now"),
  });
});

test("the environment of these tests closes", () => environment.close());
