import type { Action } from "../../../../core/domain/action.ts";
import type { Element, Observation } from "../../../../core/domain/observation.ts";
import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import { shownRows, suggestionsFor } from "../../../../plugins/sites/gomail/state/select.ts";
import type { Email, GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { act, type Mailbox, show } from "./mailbox.ts";

const list = "toolbar:List actions";
const main = "main:Main content";
const search = "search:Search mail";

const nameOf = (mail: Email): string => `${mail.from}, ${mail.subject}`;
const part = (role: string, name: string, region: string, states: readonly string[] = []): Element => ({
  id: "",
  role,
  name,
  region,
  states,
  near: "",
  centre: [500, 500],
});

/** The pages of mailbox.ts with what errands over whole lists need: ticks for all rows, contacts to pick, the banner, regions. */
export function showWhole(box: Mailbox): Observation {
  const seen = show(box);
  const { state } = box;
  if (state.dialog !== null) return seen;
  const isSearch = state.view.name === "list" && state.view.folder === "search";
  const plain = seen.elements.map((e) => placed(e, state)).map((e) =>
    isSearch && e.role === "link" ? { ...e, states: [] } : e
  );
  if (state.searchInput !== "") {
    const field = plain.findIndex(({ role }) => role === "searchbox");
    plain.splice(field + 1, 0, part("button", "Clear search", search));
  }
  const first = plain.findIndex(({ name }) => name.includes(" email from "));
  plain.splice(first < 0 ? plain.length : first, 0, ...addedTo(state));
  const elements = plain.map((e, i) => ({ ...e, id: `e${i}` }));
  return { ...seen, elements, stateKey: JSON.stringify(elements) };
}

/** A control with the region it has on the page; those of a row with the row's text beside them. */
function placed(e: Element, state: GoMailState): Element {
  const mail = state.emails.find((one) => e.name.endsWith(` email from ${nameOf(one)}`));
  const region = e.region !== "" ? e.region : mail ? main : regionOf(e);
  return { ...e, region, ...(mail && { near: `${mail.from} ${mail.subject} — ${mail.content}`.slice(0, 100) }) };
}

function regionOf({ role, name }: Element): string {
  if (role === "link" || ["Compose", "Create new label"].includes(name)) return "navigation:Mailbox";
  if (["Contacts", "Settings"].includes(name)) return "banner";
  return role.startsWith("menuitem") ? "menu:Menu" : list;
}

function addedTo(state: GoMailState): readonly Element[] {
  const { view, compose, banner } = state;
  const parts: Element[] = [];
  if (view.name === "list") {
    const { rows, shown } = shownRows(state);
    const isWhole = shown.length > 0 && shown.every((mail) => view.selected.includes(mail.id));
    if (shown.length > 0) parts.push(part("checkbox", "Select all", list, isWhole ? ["checked"] : []));
    if (view.selected.length > 0) parts.push(part("button", "More", list), part("button", "Move to", list));
    parts.push(part("button", "Newer", list), part("button", "Older", list));
    if (isWhole && rows.length > shown.length) {
      const isMore = view.selected.length > shown.length;
      parts.push(part("button", isMore ? "Clear selection" : `Select all ${rows.length} conversations`, main));
    }
  }
  if (compose !== null) {
    const found = suggestionsFor(state, compose);
    parts.push(...found.map(({ name, address }) => part("option", `${name} ${address}`, "listbox:Contacts")));
  }
  if (banner) parts.push(part("button", "Close", "alert"));
  return parts;
}

/** What a control does that mailbox.ts does not have. */
function eventOf({ role, name, region }: Element): Event | undefined {
  if (name === "Select all") return { type: "select-page" };
  if (/^Select all \d/.test(name)) return { type: "select-all" };
  if (name === "Clear selection") return { type: "select-none" };
  if (name === "Clear search") return { type: "clear-search" };
  if (name === "Newer" || name === "Older") return { type: "turn-page", by: name === "Older" ? 1 : -1 };
  if (role === "option") return { type: "pick-recipient", address: name.split(" ").at(-1)! };
  return region === "alert" ? { type: "close-banner" } : undefined;
}

/** What an action on such a page makes of the mailbox; a control that nothing is known of does nothing. */
export function actWhole(box: Mailbox, action: Action): Mailbox {
  if (action.action === "scroll") return act(box, action);
  const element = showWhole(box).elements.find((e) => "el" in action && e.id === action.el);
  if (element === undefined) return box;
  const event = eventOf(element);
  if (event !== undefined) {
    const state = update(box.state, event);
    return { state, scrolled: state.view === box.state.view ? box.scrolled : 0 };
  }
  const find = (at: Mailbox): Element | undefined =>
    show(at).elements.find(({ role, name, region }) =>
      role === element.role && name === element.name && (region === element.region || region === "")
    );
  if (find(box) === undefined) return box;
  const from = element.name === "To" ? box : leftTo(box);
  const target = find(from);
  if (target === undefined) return from;
  try {
    return act(from, { ...action, el: target.id } as Action);
  } catch {
    return from;
  }
}

/** Leaving the field To takes what was typed as a recipient. */
function leftTo(box: Mailbox): Mailbox {
  const { compose } = box.state;
  if (compose === null || compose.toInput === "") return box;
  return { ...box, state: update(box.state, { type: "commit-recipient", by: "blur" }) };
}
