import type { Action } from "../../../core/domain/action.ts";
import type { Element, Observation } from "../../../core/domain/observation.ts";
import type { Event } from "../../../plugins/gomail/state/event.ts";
import { openMail, pageOf, rowsOf } from "../../../plugins/gomail/state/select.ts";
import type { Email, GoMailState } from "../../../plugins/gomail/state/state.ts";
import { update } from "../../../plugins/gomail/state/update.ts";
import { actions, composer, menu, message, notice, page, row, search } from "./pages.ts";

/** The mail site without a browser: its state and how far the list is scrolled. */
export interface Mailbox {
  readonly state: GoMailState;
  readonly scrolled: number;
}

const rowsInView = 13;
const nameOf = (mail: Email): string => `${mail.from}, ${mail.subject}`;
const folders = ["Inbox", "Starred", "Sent", "Drafts", "Archive", "Spam", "Trash"];

/** The controls a user would see. */
export function show({ state, scrolled }: Mailbox): Observation {
  const { view, compose, reply } = state;
  const bar = [...actions, ...(state.menu === "labels" ? menu(...state.labels) : [])];
  const opened = openMail(state);
  const open = opened && message(nameOf(opened), { starred: opened.isStarred, ...(reply && { reply: reply.body }) });
  const selected = view.name === "list" ? view.selected : [];
  const shown = view.name === "list"
    ? pageOf(rowsOf(state, view), view).shown.slice(scrolled, scrolled + rowsInView)
    : [];
  return page(
    { role: "button", name: "Compose" },
    ...folders.map((name) => ({ role: "link", name })),
    search(state.searchInput),
    open ? [...open, ...bar.slice(actions.length)] : selected.length > 0 ? bar : [],
    ...shown.map((mail) => row(nameOf(mail), { selected: selected.includes(mail.id), starred: mail.isStarred })),
    compose === null ? [] : [
      ...composer({ to: compose.toInput, chips: [...compose.to], subject: compose.subject, text: compose.body }),
      { role: "button", name: "Discard draft", region: "dialog:New message" },
    ],
    reply === null ? [] : { role: "button", name: "Discard reply", region: "region:Reply" },
    state.snackbar?.undo ? notice(state.snackbar.message) : [],
  );
}

/** What an action on the shown page makes of the mailbox. */
export function act(box: Mailbox, action: Action): Mailbox {
  if (action.action === "scroll") {
    return { ...box, scrolled: Math.max(0, box.scrolled + Math.round((action.dy ?? 0) / 44)) };
  }
  const el = "el" in action ? action.el : undefined;
  const element = show(box).elements.find((e) => e.id === el);
  if (element === undefined) throw new Error(`nothing on the page for ${JSON.stringify(action)}`);
  const events = action.action === "type" ? typed(element, action) : [clicked(box.state, element)];
  const state = events.reduce(update, box.state);
  return { state, scrolled: state.view === box.state.view || state.view.name !== "list" ? box.scrolled : 0 };
}

function typed(element: Element, { text, clear, submit }: Action & { action: "type" }): Event[] {
  const value = (clear ? "" : element.value ?? "") + text;
  if (element.role === "searchbox") {
    return [{ type: "search-input", text: value }, ...(submit ? [{ type: "search" } as const] : [])];
  }
  if (element.name === "Reply message") return [{ type: "reply-input", text: value }];
  const field = element.name === "To" ? "toInput" : element.name === "Subject" ? "subject" : "body";
  const blur: Event[] = field === "toInput" ? [] : [{ type: "commit-recipient", by: "blur" }];
  return [...blur, { type: "compose-input", field, text: value }];
}

function clicked(state: GoMailState, { role, name, region }: Element): Event {
  const id = state.emails.find((mail) => name.endsWith(` email from ${nameOf(mail)}`))?.id ?? "";
  if (role === "menuitemcheckbox") return { type: "toggle-label", label: name };
  if (role === "link" && folders.includes(name)) return { type: "open-list", folder: name.toLowerCase() };
  if (name.startsWith("Remove ") && name.includes("@")) return { type: "remove-recipient", address: name.slice(7) };
  const events: Readonly<Record<string, Event>> = {
    "Open": { type: "open-mail", id },
    "Select": { type: "select", id },
    "Add": { type: "star", id },
    "Remove": { type: "star", id },
    "Compose": { type: "compose" },
    "Back": { type: "back" },
    "Archive": { type: "move", to: "archive" },
    "Delete": { type: "move", to: "trash" },
    "Labels": { type: "toggle-menu", menu: "labels" },
    "Reply": { type: "reply", all: false },
    "Send": region === "region:Reply" ? { type: "send-reply" } : { type: "send" },
    "Discard": name === "Discard reply" ? { type: "discard-reply" } : { type: "discard-draft" },
  };
  return events[name.split(" ")[0]!]!;
}
