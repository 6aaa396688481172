import { labelProblem, listView, openMail, targetsOf } from "./select.ts";
import { account } from "./state.ts";
import type { Email, Folder, GoMailState, Snackbar, Undo } from "./state.ts";

/** A message at the bottom left; made by an action, it goes away with the second action after that. */
export function snackbar(state: GoMailState, message: string, undo: Undo | null = null): Snackbar {
  return { message, undo, until: state.clock + 3 };
}

const moved: Readonly<Record<Folder, string>> = {
  inbox: "moved to Inbox",
  archive: "archived",
  spam: "moved to Spam",
  trash: "moved to Trash",
  sent: "moved to Sent",
  drafts: "moved to Drafts",
};

/** Moves the targets and goes back to the list. A draft moved to Trash is gone. */
export function moveMails(state: GoMailState, to: Folder): GoMailState {
  const targets = targetsOf(state);
  if (targets.length === 0) return state;
  const drafts = to === "trash" ? targets.filter((e) => e.folder === "drafts") : [];
  const message = drafts.length === targets.length
    ? counted(drafts.length, "Draft", "drafts", "discarded")
    : counted(targets.length, "Conversation", "conversations", moved[to]);
  const next = patch(without(state, drafts), targets, (e) => ({ ...e, folder: destination(e, to) }));
  return leave({ ...next, snackbar: snackbar(state, message, undoOf(targets)) });
}

/** Only received mails lie in inbox, archive or spam; own mails stay in Sent and return there from Trash. */
function destination(email: Email, to: Folder): Folder {
  if (to === "trash") return "trash";
  if (email.folder === "sent" || email.folder === "drafts") return email.folder;
  return email.folder === "trash" && email.fromAddress === account.address ? "sent" : to;
}

/** Removes the targets without a way back. */
export function deleteForever(state: GoMailState): GoMailState {
  const targets = targetsOf(state);
  if (targets.length === 0) return state;
  const message = counted(targets.length, "Conversation", "conversations", "deleted forever");
  return leave({ ...without(state, targets), snackbar: snackbar(state, message) });
}

/** Marks the targets; marking an open mail as unread goes back to the list. */
export function markMails(state: GoMailState, isRead: boolean): GoMailState {
  const targets = targetsOf(state);
  if (targets.length === 0) return state;
  const message = counted(targets.length, "Conversation", "conversations", `marked as ${isRead ? "read" : "unread"}`);
  const next = patch(state, targets, (e) => ({ ...e, isRead }));
  const shown = { ...next, snackbar: snackbar(state, message, undoOf(targets)) };
  return state.view.name === "message" && !isRead ? leave(shown) : shown;
}

/** Turns the star of one mail on or off. */
export function starMail(state: GoMailState, id: string): GoMailState {
  const targets = state.emails.filter((e) => e.id === id);
  return patch(state, targets, (e) => ({ ...e, isStarred: !e.isStarred }));
}

/** Adds a label to the targets, or takes it away when all of them have it. */
export function toggleLabel(state: GoMailState, label: string): GoMailState {
  const targets = targetsOf(state);
  if (targets.length === 0) return state;
  const isOn = targets.every((e) => e.labels.includes(label));
  const next = patch(state, targets, (e) => isOn ? unlabelled(e, label) : labelled(e, label));
  const message = `Label "${label}" ${isOn ? "removed" : "added"}`;
  return { ...next, snackbar: snackbar(state, message, undoOf(targets)) };
}

/** Makes the label of the dialog and puts it on the mails the dialog was opened for. */
export function createLabel(state: GoMailState): GoMailState {
  const { dialog } = state;
  const name = dialog?.value.trim() ?? "";
  if (dialog === null || name === "" || labelProblem(state, name) !== "") return state;
  const targets = state.emails.filter((e) => dialog.applyTo.includes(e.id));
  const next = patch(state, targets, (e) => labelled(e, name));
  const message = `Label "${name}" created${targets.length > 0 ? " and added" : ""}`;
  return {
    ...next,
    labels: [...state.labels, name],
    dialog: null,
    snackbar: snackbar(state, message, { ...undoOf(targets), labels: state.labels }),
  };
}

/** Puts the mails of an `Undo` back, in their rows where they still are. */
export function undoMails(state: GoMailState, undo: Undo): GoMailState {
  const before = new Map(undo.emails.map((e) => [e.id, e]));
  const kept = state.emails.filter((e) => !undo.remove.includes(e.id)).map((e) => before.get(e.id) ?? e);
  const missing = undo.emails.filter((e) => !kept.some((k) => k.id === e.id));
  const next = { ...state, emails: [...missing, ...kept], labels: undo.labels ?? state.labels };
  return state.view.name === "message" && openMail(next) === undefined ? leave(next) : next;
}

/** From the open mail back to its list, with nothing selected and no answer begun. */
export function leave(state: GoMailState): GoMailState {
  return { ...state, view: { ...listView(state), selected: [] }, reply: null };
}

/** The state without these mails. */
export function without(state: GoMailState, mails: readonly Email[]): GoMailState {
  const gone = new Set(mails.map((e) => e.id));
  return gone.size === 0 ? state : { ...state, emails: state.emails.filter((e) => !gone.has(e.id)) };
}

function patch(state: GoMailState, mails: readonly Email[], change: (e: Email) => Email): GoMailState {
  const ids = new Set(mails.map((e) => e.id));
  return { ...state, emails: state.emails.map((e) => ids.has(e.id) ? change(e) : e) };
}

function undoOf(emails: readonly Email[]): Undo {
  return { emails, remove: [] };
}

function labelled(email: Email, label: string): Email {
  return email.labels.includes(label) ? email : { ...email, labels: [...email.labels, label] };
}

function unlabelled(email: Email, label: string): Email {
  return { ...email, labels: email.labels.filter((l) => l !== label) };
}

function counted(n: number, one: string, many: string, done: string): string {
  return n === 1 ? `${one} ${done}` : `${n} ${many} ${done}`;
}
