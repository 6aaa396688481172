import { counted as countedAs, patched, putBack, snackbarAt, toggled, without as listWithout } from "halo-agent/site";
import { listView, nameOfFolder, openMail, targetsOf } from "./select.ts";
import { account, listOf } from "./state.ts";
import type { Email, Folder, GoMailState, ListView, Snackbar, Undo } from "./state.ts";

/** A message at the bottom left, with what its Undo button puts back. */
export function snackbar(state: GoMailState, message: string, undo: Undo | null = null): Snackbar {
  return snackbarAt(state.clock, message, undo);
}

/** Moves the targets and goes back to the list. A draft moved to Trash is gone. */
export function moveMails(state: GoMailState, to: Folder): GoMailState {
  const targets = targetsOf(state);
  if (targets.length === 0) return state;
  const drafts = to === "trash" ? targets.filter((e) => e.folder === "drafts") : [];
  const message = drafts.length === targets.length
    ? counted(drafts.length, "discarded", "Draft")
    : counted(targets.length, to === "archive" ? "archived" : `moved to ${nameOfFolder(to)}`);
  const next = patch(without(state, drafts), targets, (e) => ({ ...plainOf(e), folder: destination(e, to) }));
  return leave({ ...next, snackbar: snackbar(state, message, undoOf(targets)) });
}

/** A mail that neither sleeps nor waits to be sent. */
export function plainOf(mail: Email): Email {
  const { snoozedUntil: _, sendAt: __, ...plain } = mail;
  return plain;
}

/** Only received mails lie in inbox, archive or spam; own mails stay in Sent and return there from Trash. */
function destination(email: Email, to: Folder): Folder {
  if (to === "trash") return "trash";
  if (email.folder === "sent" || email.folder === "drafts") return email.folder;
  if (email.folder === "scheduled") return "drafts";
  return email.folder === "trash" && email.fromAddress === account.address ? "sent" : to;
}

/** Removes the targets without a way back. */
export function deleteForever(state: GoMailState): GoMailState {
  const targets = targetsOf(state);
  if (targets.length === 0) return state;
  const message = counted(targets.length, "deleted forever");
  return leave({ ...without(state, targets), snackbar: snackbar(state, message) });
}

/** Marks the targets; marking an open mail as unread goes back to the list. */
export function markMails(state: GoMailState, isRead: boolean): GoMailState {
  const targets = targetsOf(state);
  if (targets.length === 0) return state;
  const message = counted(targets.length, `marked as ${isRead ? "read" : "unread"}`);
  const next = patch(state, targets, (e) => ({ ...e, isRead }));
  const shown = { ...next, snackbar: snackbar(state, message, undoOf(targets)) };
  return state.view.name === "message" && !isRead ? leave(shown) : shown;
}

/** Turns the star of one mail on or off. */
export function starMail(state: GoMailState, id: string): GoMailState {
  const targets = state.emails.filter((e) => e.id === id);
  return patch(state, targets, (e) => ({ ...e, isStarred: !e.isStarred }));
}

/** Stars the targets, or takes the star from all when each has one. */
export function starTargets(state: GoMailState): GoMailState {
  const targets = targetsOf(state);
  const isStarred = !targets.every((e) => e.isStarred);
  return targets.length === 0 ? state : patch(state, targets, (e) => ({ ...e, isStarred }));
}

/** Marks the targets as important or not. */
export function markImportant(state: GoMailState, isImportant: boolean): GoMailState {
  const targets = targetsOf(state);
  if (targets.length === 0) return state;
  const how = `marked as ${isImportant ? "important" : "not important"}`;
  const message = counted(targets.length, how);
  const next = patch(state, targets, ({ isImportant: _, ...e }) => isImportant ? { ...e, isImportant } : e);
  return { ...next, snackbar: snackbar(state, message, undoOf(targets)) };
}

/** Removes everything in Trash or Spam without a way back. */
export function emptyFolder(state: GoMailState, folder: "trash" | "spam"): GoMailState {
  const mails = state.emails.filter((e) => e.folder === folder);
  const message = counted(mails.length, "deleted forever");
  return leave({ ...without(state, mails), dialog: null, snackbar: snackbar(state, message) });
}

/** Adds a label to the targets, or takes it away when all of them have it. */
export function toggleLabel(state: GoMailState, label: string): GoMailState {
  const targets = targetsOf(state);
  if (targets.length === 0) return state;
  const isOn = targets.every((e) => e.labels.includes(label));
  const next = patch(state, targets, (e) => isOn ? { ...e, labels: toggled(e.labels, label) } : labelled(e, label));
  const message = `Label "${label}" ${isOn ? "removed" : "added"}`;
  return { ...next, snackbar: snackbar(state, message, undoOf(targets)) };
}

/** Puts the mails of an `Undo` back, in their rows where they still are. */
export function undoMails(state: GoMailState, undo: Undo): GoMailState {
  const { labels = state.labels, contacts = state.contacts } = undo;
  const next = {
    ...state,
    emails: putBack(state.emails, { before: undo.emails, remove: undo.remove }),
    labels,
    contacts,
  };
  const { folder } = listView(state);
  if (folder.startsWith("label:") && !labels.includes(folder.slice("label:".length))) {
    return onList(next, listOf("inbox"));
  }
  return state.view.name === "message" && openMail(next) === undefined ? leave(next) : next;
}

/** From the open mail back to its list, with nothing selected and no answer begun. */
export function leave(state: GoMailState): GoMailState {
  return { ...state, view: { ...listView(state), selected: [] }, reply: null };
}

/** The state with another list on screen, or behind what is. */
export function onList(state: GoMailState, list: ListView): GoMailState {
  return { ...state, view: state.view.name === "list" ? list : { ...state.view, back: list } };
}

/** The state without these mails. */
export function without(state: GoMailState, mails: readonly Email[]): GoMailState {
  return { ...state, emails: listWithout(state.emails, mails) };
}

/** The state with these mails changed, each in its row. */
export function patch(state: GoMailState, mails: readonly Email[], change: (e: Email) => Email): GoMailState {
  return { ...state, emails: patched(state.emails, mails, change) };
}

/** The way back to these mails as they are. */
export function undoOf(emails: readonly Email[]): Undo {
  return { emails, remove: [] };
}

/** The mail with one more label. */
export function labelled(email: Email, label: string): Email {
  return email.labels.includes(label) ? email : { ...email, labels: [...email.labels, label] };
}

/** "Conversation archived" or "3 conversations archived". */
export function counted(n: number, done: string, one = "Conversation"): string {
  return countedAs(n, done, one);
}
