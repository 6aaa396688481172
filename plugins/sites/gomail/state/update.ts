import { reducer, toggled } from "halo-agent/site";
import {
  cancelSend,
  closeCompose,
  commitRecipient,
  discardDraft,
  inputCompose,
  moveSuggestion,
  saveReply,
  sendCompose,
  sendReply,
  startCompose,
  startForward,
  startReply,
  withRecipient,
} from "./compose.ts";
import { confirmDialog, fillDialog, openDialog } from "./dialog.ts";
import type { Event } from "./event.ts";
import { createLabel } from "./labels.ts";
import { snoozeMails, unsnoozeMails, wakeAndSend } from "./later.ts";
import {
  deleteForever,
  leave,
  markImportant,
  markMails,
  moveMails,
  snackbar,
  starMail,
  starTargets,
  toggleLabel,
  undoMails,
} from "./mails.ts";
import { listView, shownRows, suggestionsFor, targetsOf } from "./select.ts";
import { editSettings, openSettings, saveSettings } from "./settings.ts";
import { listOf } from "./state.ts";
import type { Compose, GoMailState } from "./state.ts";
import { clearSearch, openMailOrDraft, select, showList, stepMail, turnPage } from "./view.ts";

/** The state after an event; an action that changes something takes a minute. Pure. */
export const update = reducer<GoMailState, Event>({
  apply,
  isTyping: (event) => event.type.endsWith("-input") || (event.type === "commit-recipient" && event.by === "blur"),
  keepsMenu: ({ type }) => type === "toggle-menu" || type === "escape",
  letDue: wakeAndSend,
});

function apply(state: GoMailState, event: Event): GoMailState {
  switch (event.type) {
    case "open-list":
      return showList(state, listOf(event.folder));
    case "open-mail":
      return openMailOrDraft(state, event);
    case "step-mail":
      return stepMail(state, event.by);
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
        const { shown } = shownRows(state);
        return shown.every((e) => view.selected.includes(e.id)) ? [] : shown.map((e) => e.id);
      });
    case "select-all":
      return select(state, () => shownRows(state).rows.map((e) => e.id));
    case "select-none":
      return select(state, () => []);
    case "star":
      return starMail(state, event.id);
    case "star-targets":
      return starTargets(state);
    case "mark-important":
      return markImportant(state, event.isImportant);
    case "snooze":
      return snoozeMails(saveReply(state), event.until);
    case "unsnooze":
      return unsnoozeMails(saveReply(state));
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
      return state.dialog !== null && "value" in state.dialog
        ? { ...state, dialog: { ...state.dialog, value: event.text } }
        : state;
    case "create-label":
      return createLabel(state);
    case "open-dialog":
    case "edit-label":
    case "edit-contact":
    case "delete-contact":
    case "empty":
      return openDialog(state, event);
    case "dialog-input":
      return fillDialog(state, { field: event.field, text: event.text });
    case "dialog-choose":
      return fillDialog(state, { field: event.field, text: event.value });
    case "confirm":
      return confirmDialog(state);
    case "open-settings":
      return openSettings(saveReply(state), event.tab);
    case "settings-input":
      return editSettings(state, { field: event.field, value: event.text });
    case "settings-choose":
      return editSettings(state, { field: event.field, value: event.value });
    case "save-settings":
      return saveSettings(state);
    case "end-vacation":
      return {
        ...state,
        settings: { ...state.settings, vacation: "off" },
        snackbar: snackbar(state, "Vacation responder is off"),
      };
    case "open-contacts":
      return { ...saveReply(state), view: { name: "contacts", back: { ...listView(state), selected: [] } } };
    case "close-banner":
      return { ...state, banner: false };
    case "compose":
      return startCompose(state, event.to);
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
    case "schedule-send":
      return sendCompose(state, event.at);
    case "cancel-send":
      return cancelSend(state);
    case "forward":
      return startForward(state);
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

function undo(state: GoMailState): GoMailState {
  const back = state.snackbar?.undo;
  if (back === null || back === undefined) return state;
  const done = { ...state, snackbar: snackbar(state, "Action undone") };
  if (back.compose === undefined) return undoMails(done, back);
  return { ...undoMails(closeCompose(done), back), compose: back.compose };
}

/** Escape closes the topmost thing: menu, dialog, suggestions, and the composer when pressed inside it. */
function escape(state: GoMailState, inCompose: boolean): GoMailState {
  if (state.menu !== null) return { ...state, menu: null };
  if (state.dialog !== null) return { ...state, dialog: null };
  if (state.compose === null || !inCompose) return state;
  if (suggestionsFor(state, state.compose).length === 0) return closeCompose(state);
  return { ...state, compose: { ...state.compose, suggesting: false, suggestion: -1 } };
}

function withCompose(state: GoMailState, change: (compose: Compose) => Compose): GoMailState {
  return state.compose === null ? state : { ...state, compose: change(state.compose) };
}
