import type { Action } from "../../../../core/domain/action.ts";
import type { Element, Observation } from "../../../../core/domain/observation.ts";
import type { Transition } from "../../../../core/domain/reward.ts";

/** A control of a page made by hand; ids and places are given when the page is put together. */
export type Part = Partial<Element> & Pick<Element, "role" | "name">;

/** An observation of these controls; equal controls give equal state keys. */
export function page(...parts: readonly (Part | readonly Part[])[]): Observation {
  const elements = parts.flat().map((part, i): Element => ({
    id: `e${i}`,
    states: part.value === undefined ? [] : ["editable"],
    near: "",
    region: "",
    centre: [500, 10 * i],
    ...part,
  }));
  return { url: "http://gomail.halo.test/", title: "GoMail", elements, stateKey: JSON.stringify(elements) };
}

/** The controls of one row. */
export function row(mail: string, o: { readonly selected?: boolean; readonly starred?: boolean } = {}): Part[] {
  return [
    { role: "checkbox", name: `Select email from ${mail}`, states: o.selected ? ["checked"] : [] },
    { role: "button", name: `${o.starred ? "Remove star from" : "Add star to"} email from ${mail}` },
    { role: "link", name: `Open email from ${mail}` },
  ];
}

/** The controls of an opened mail with its toolbar. */
export function message(mail: string, o: { readonly starred?: boolean; readonly reply?: string } = {}): Part[] {
  return [...letter(mail, o), ...actions];
}

/** The controls of an opened mail. */
export function letter(mail: string, o: { readonly starred?: boolean; readonly reply?: string } = {}): Part[] {
  const answer = [
    { role: "textbox", name: "Reply message", value: o.reply ?? "", region: "region:Reply" },
    { role: "button", name: "Send", region: "region:Reply" },
  ];
  return [
    { role: "button", name: "Back to inbox" },
    { role: "button", name: `${o.starred ? "Remove star from" : "Add star to"} email from ${mail}` },
    ...(o.reply === undefined ? [{ role: "button", name: "Reply" }] : answer),
  ];
}

/** The controls of an open composer. */
export function composer(o: { to?: string; chips?: string[]; subject?: string; text?: string } = {}): Part[] {
  const region = "dialog:New message";
  return [
    ...(o.chips ?? []).map((address) => ({ role: "button", name: `Remove ${address}`, region })),
    { role: "combobox", name: "To", value: o.to ?? "", region },
    { role: "textbox", name: "Subject", value: o.subject ?? "", region },
    { role: "textbox", name: "Message", value: o.text ?? "", region },
    { role: "button", name: "Send", region },
  ];
}

/** The toolbar of a selection or an opened mail. */
export const actions: readonly Part[] = ["Archive", "Delete", "Labels"].map((name) => ({ role: "button", name }));

/** The open Labels menu. */
export const menu = (...labels: string[]): Part[] => labels.map((name) => ({ role: "menuitemcheckbox", name }));

/** The notice of the last action. */
export const notice = (text: string): Part => ({ role: "button", name: "Undo", near: `${text} Undo` });

/** The search field. */
export const search = (value = ""): Part => ({
  role: "searchbox",
  name: "Search mail",
  value,
  region: "search:Search mail",
});

/** A click on the control of this name. */
export function click(on: Observation, name: string): Action {
  const element = on.elements.find((e) => e.name === name);
  if (element === undefined) throw new Error(`no control "${name}" on this page`);
  return { action: "click", el: element.id };
}

/** One step from page to page; without an action, one that says nothing about what it touched. */
export function step(from: Observation, to: Observation, action: Action = { action: "noop" }): Transition {
  return { from, to, parsed: { ok: true, action, repairs: 0 } };
}
