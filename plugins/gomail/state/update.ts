import {
  closeCompose,
  commitRecipient,
  discardDraft,
  inputCompose,
  moveSuggestion,
  openDraft,
  saveReply,
  sendCompose,
  sendReply,
  startCompose,
  startReply,
  withRecipient,
} from "./compose.ts";
import type { Event } from "./event.ts";
import {
  createLabel,
  deleteForever,
  leave,
  markMails,
  moveMails,
  snackbar,
  starMail,
  toggleLabel,
  undoMails,
} from "./mails.ts";
import { listView, pageOf, rowsOf, suggestionsFor, targetsOf } from "./select.ts";
import { listOf } from "./state.ts";
import type { Compose, GoMailState, ListView } from "./state.ts";

/**
 * The state after an event. Pure. An event that changes something advances the clock by one, typing excepted, so that
 * text arrives at the same state whether typed key by key or at once.
 */
export function update(state: GoMailState, event: Event): GoMailState {
  const next = apply(closesMenu(event) && state.menu !== null ? { ...state, menu: null } : state, event);
  if (next === state || isTyping(event)) return next;
  const clock = state.clock + 1;
  return { ...next, clock, snackbar: next.snackbar !== null && clock >= next.snackbar.until ? null : next.snackbar };
}

function isTyping(event: Event): boolean {
  const { type } = event;
  return type === "search-input" || type === "label-input" || type === "compose-input" || type === "reply-input" ||
    (type === "commit-recipient" && event.by === "blur");
}

function closesMenu(event: Event): boolean {
  return event.type !== "toggle-menu" && event.type !== "escape" && !isTyping(event);
}

function apply(state: GoMailState, event: Event): GoMailState {
  switch (event.type) {
    case "open-list":
      return showList(state, listOf(event.folder));
    case "open-mail":
      return openMailOrDraft(state, event.id);
    case "back":
      return leave(saveReply(state));
    case "turn-page":
      return turnPage(state, event.by);
    case "search-input":
      return { ...state, searchInput: event.text };
    case "search":
      return showList(state, state.searchInput.trim() === "" ? listOf("inbox") : listOf("search", state.searchInput));
    case "clear-search":
      return clearSearch(state);
    case "select":
      return select(state, (view) => toggled(view.selected, event.id));
    case "select-page":
      return select(state, (view) => {
        const { shown } = pageOf(rowsOf(state, view), view);
        return shown.every((e) => view.selected.includes(e.id)) ? [] : shown.map((e) => e.id);
      });
    case "select-all":
      return select(state, (view) => rowsOf(state, view).map((e) => e.id));
    case "star":
      return starMail(state, event.id);
    case "move":
      return moveMails(event.to === "trash" ? state : saveReply(state), event.to);
    case "mark":
      return markMails(event.isRead ? state : saveReply(state), event.isRead);
    case "delete-forever":
      return deleteForever(state);
    case "toggle-label":
      return toggleLabel(state, event.label);
    case "undo":
      return undo(state);
    case "toggle-menu":
      return { ...state, menu: state.menu === event.menu ? null : event.menu };
    case "dismiss":
      return state;
    case "escape":
      return escape(state, event.inCompose);
    case "new-label":
      return { ...state, dialog: { name: "new-label", value: "", applyTo: targetsOf(state).map((e) => e.id) } };
    case "label-input":
      return state.dialog === null ? state : { ...state, dialog: { ...state.dialog, value: event.text } };
    case "create-label":
      return createLabel(state);
    case "compose":
      return startCompose(state);
    case "compose-input":
      return withCompose(state, (c) => inputCompose(c, { state, field: event.field, text: event.text }));
    case "show-cc":
      return withCompose(state, (c) => ({ ...c, showCc: true }));
    case "move-suggestion":
      return moveSuggestion(state, event.by);
    case "pick-recipient":
      return withCompose(state, (c) => withRecipient(c, event.address));
    case "commit-recipient":
      return commitRecipient(state, event.by);
    case "remove-recipient":
      return withCompose(state, (c) => ({ ...c, to: c.to.filter((address) => address !== event.address) }));
    case "minimize":
      return withCompose(state, (c) => ({ ...c, minimized: !c.minimized }));
    case "send":
      return sendCompose(state);
    case "close-compose":
      return closeCompose(state);
    case "discard-draft":
      return discardDraft(state);
    case "reply":
      return startReply(state, event.all);
    case "reply-input":
      return state.reply === null ? state : { ...state, reply: { ...state.reply, body: event.text } };
    case "send-reply":
      return sendReply(state);
    case "discard-reply":
      return { ...state, reply: null };
  }
}

function showList(state: GoMailState, view: ListView): GoMailState {
  return { ...saveReply(state), view, searchInput: view.query };
}

function clearSearch(state: GoMailState): GoMailState {
  return listView(state).folder === "search" ? showList(state, listOf("inbox")) : { ...state, searchInput: "" };
}

function openMailOrDraft(state: GoMailState, id: string): GoMailState {
  if (state.emails.find((e) => e.id === id)?.folder === "drafts") return openDraft(state, id);
  const emails = state.emails.map((e) => e.id === id && !e.isRead ? { ...e, isRead: true } : e);
  return { ...state, emails, view: { name: "message", id, back: { ...listView(state), selected: [] } }, reply: null };
}

function turnPage(state: GoMailState, by: 1 | -1): GoMailState {
  const { view } = state;
  if (view.name !== "list") return state;
  const page = view.page + by;
  const rows = rowsOf(state, view);
  if (page < 0 || pageOf(rows, view).first === pageOf(rows, { ...view, page }).first) return state;
  return { ...state, view: { ...view, page, selected: [] } };
}

function select(state: GoMailState, choose: (view: ListView) => readonly string[]): GoMailState {
  return state.view.name === "list" ? { ...state, view: { ...state.view, selected: choose(state.view) } } : state;
}

function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
}

function undo(state: GoMailState): GoMailState {
  const back = state.snackbar?.undo;
  if (back === null || back === undefined) return state;
  const done = { ...state, snackbar: snackbar(state, "Action undone") };
  if (back.compose === undefined) return undoMails(done, back);
  return { ...undoMails(closeCompose(done), back), compose: back.compose };
}

/** Escape closes the topmost thing: dialog, menu, suggestions, and the composer when pressed inside it. */
function escape(state: GoMailState, inCompose: boolean): GoMailState {
  if (state.dialog !== null) return { ...state, dialog: null };
  if (state.menu !== null) return { ...state, menu: null };
  if (state.compose === null || !inCompose) return state;
  if (suggestionsFor(state, state.compose).length === 0) return closeCompose(state);
  return { ...state, compose: { ...state.compose, suggesting: false, suggestion: -1 } };
}

function withCompose(state: GoMailState, change: (compose: Compose) => Compose): GoMailState {
  return state.compose === null ? state : { ...state, compose: change(state.compose) };
}
