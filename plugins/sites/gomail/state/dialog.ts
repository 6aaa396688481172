import { dayAfter } from "halo-agent/site";
import { saveReply, sendCompose } from "./compose.ts";
import { deleteContact, saveContact } from "./contacts.ts";
import type { Event } from "./event.ts";
import { createLabel, deleteLabel, renameLabel } from "./labels.ts";
import { readMoment, snoozeMails } from "./later.ts";
import { emptyFolder } from "./mails.ts";
import { emptySearch, queryOf, searchProblem } from "./search-form.ts";
import { listOf } from "./state.ts";
import type { GoMailState } from "./state.ts";
import { nowOf } from "./time.ts";
import type { Dialog } from "./window.ts";

type Opening = Extract<
  Event,
  { type: "open-dialog" | "edit-label" | "edit-contact" | "delete-contact" | "empty" }
>;

/** Opens a modal window, its fields filled in as far as they are known. */
export function openDialog(state: GoMailState, event: Opening): GoMailState {
  return { ...state, dialog: dialogOf(state, event) };
}

function dialogOf(state: GoMailState, event: Opening): Dialog {
  const today = nowOf(state.clock).date;
  switch (event.type) {
    case "edit-label": {
      const { label } = event;
      return event.to === "delete" ? { name: "delete-label", label } : { name: "rename-label", label, value: label };
    }
    case "edit-contact": {
      const known = state.contacts.find((c) => c.address === event.address);
      const form = { fullName: known?.name ?? "", email: known?.address ?? "" };
      return { name: "contact", address: event.address, form };
    }
    case "delete-contact":
      return { name: "delete-contact", address: event.address };
    case "empty":
      return { name: "empty", folder: event.folder };
    case "open-dialog":
      if (event.name === "shortcuts") return { name: "shortcuts" };
      if (event.name === "search-options") {
        const isPlain = !/[":]/.test(state.searchInput);
        return { name: "search-options", form: emptySearch(today, isPlain ? state.searchInput : "") };
      }
      return { name: event.name, form: { date: dayAfter(today, 1), time: "8:00 AM" } };
  }
}

/** Puts text into a field of the open dialog. */
export function fillDialog(
  state: GoMailState,
  { field, text }: { readonly field: string; readonly text: string },
): GoMailState {
  const { dialog } = state;
  if (dialog === null || !("form" in dialog) || !(field in dialog.form)) return state;
  return { ...state, dialog: { ...dialog, form: { ...dialog.form, [field]: text } } as Dialog };
}

/** Ends the open dialog with effect; one whose fields are wrong stays. */
export function confirmDialog(state: GoMailState): GoMailState {
  const { dialog } = state;
  switch (dialog?.name) {
    case undefined:
      return state;
    case "new-label":
      return createLabel(state);
    case "rename-label":
      return renameLabel(state);
    case "delete-label":
      return deleteLabel(state);
    case "contact":
      return saveContact(state);
    case "delete-contact":
      return deleteContact(state);
    case "empty":
      return emptyFolder(state, dialog.folder);
    case "shortcuts":
      return { ...state, dialog: null };
    case "search-options": {
      if (searchProblem(dialog.form) !== "") return state;
      const query = queryOf(dialog.form);
      return { ...saveReply(state), dialog: null, view: listOf("search", query), searchInput: query };
    }
    case "snooze":
    case "schedule": {
      const moment = readMoment(dialog.form, state.clock);
      if ("problem" in moment) return state;
      return dialog.name === "snooze" ? snoozeMails(saveReply(state), moment.at) : sendCompose(state, moment.at);
    }
  }
}
