import { defaultSettings } from "./preferences.ts";
import { compileQuery, isEverywhere } from "./search.ts";
import { account } from "./state.ts";
import type { Compose, Contact, Email, GoMailState, ListView } from "./state.ts";

/** The list on screen, or the one behind the open mail. */
export function listView(state: GoMailState): ListView {
  return state.view.name === "list" ? state.view : state.view.back;
}

/** All rows of a list, over all pages. */
export function rowsOf(state: GoMailState, view: ListView): readonly Email[] {
  const { folder } = view;
  const kept = (e: Email): boolean => e.folder !== "trash" && e.folder !== "spam";
  if (folder === "starred") return state.emails.filter((e) => e.isStarred && kept(e));
  if (folder === "important") return state.emails.filter((e) => e.isImportant && kept(e));
  if (folder === "snoozed") return state.emails.filter((e) => e.snoozedUntil !== undefined);
  if (folder === "search") {
    const [found, isAll] = [compileQuery(view.query), isEverywhere(view.query)];
    return state.emails.filter((e) => (isAll || kept(e)) && found(e));
  }
  if (folder.startsWith("label:")) {
    const label = folder.slice("label:".length);
    return state.emails.filter((e) => e.labels.includes(label) && kept(e));
  }
  return state.emails.filter((e) => e.folder === folder && e.snoozedUntil === undefined);
}

/** Rows of a page; `first` is the index of the first one, `size` how many a page holds. */
export function pageOf(
  rows: readonly Email[],
  { page, size = defaultSettings.pageSize }: { readonly page: number; readonly size?: number },
): { readonly first: number; readonly shown: readonly Email[] } {
  const last = Math.max(0, Math.ceil(rows.length / size) - 1);
  const first = Math.min(page, last) * size;
  return { first, shown: rows.slice(first, first + size) };
}

/** Rows of the list on screen, or behind what is: all of them, and those of its page. */
export function shownRows(state: GoMailState): ReturnType<typeof pageOf> & { readonly rows: readonly Email[] } {
  const view = listView(state);
  const rows = rowsOf(state, view);
  return { rows, ...pageOf(rows, { page: view.page, size: state.settings.pageSize }) };
}

/** Mails a toolbar action applies to: the open one, else the selected rows. */
export function targetsOf(state: GoMailState): readonly Email[] {
  const { view } = state;
  if (view.name === "message") return state.emails.filter((e) => e.id === view.id);
  if (view.name !== "list" || view.selected.length === 0) return [];
  const selected = new Set(view.selected);
  return rowsOf(state, view).filter((e) => selected.has(e.id));
}

/** The open mail, if one is open. */
export function openMail(state: GoMailState): Email | undefined {
  const { view } = state;
  return view.name === "message" ? state.emails.find((e) => e.id === view.id) : undefined;
}

/** Sent answers to a mail, oldest first. */
export function repliesTo(state: GoMailState, id: string): readonly Email[] {
  return state.emails.filter((e) => e.replyTo === id && e.folder === "sent").reverse();
}

/** The number a navigation entry shows: unread mails, for drafts and scheduled ones all of them. */
export function countOf(state: GoMailState, folder: string): number {
  let n = 0;
  const isPlain = folder !== "drafts" && folder !== "scheduled";
  for (const e of state.emails) if (e.folder === folder && e.snoozedUntil === undefined && !(isPlain && e.isRead)) n++;
  return n;
}

/** True when text has the form of a mail address. */
export function isAddress(text: string): boolean {
  return /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/.test(text);
}

/** Contacts that fit what is being typed into To, at most five; none while it is hidden or already an address. */
export function suggestionsFor(state: GoMailState, compose: Compose): readonly Contact[] {
  const typed = compose.toInput.trim().toLowerCase();
  if (!compose.suggesting || typed === "" || isAddress(typed)) return [];
  return state.contacts.filter((c) => fits(c, typed) && !compose.to.includes(c.address)).slice(0, 5);
}

function fits(contact: Contact, typed: string): boolean {
  const name = contact.name.toLowerCase();
  return name.startsWith(typed) || name.includes(` ${typed}`) || contact.address.toLowerCase().startsWith(typed);
}

/** Everybody a reply to all goes to: the sender first, the account left out. */
export function peopleOf(email: Email): readonly string[] {
  return [...new Set([email.fromAddress, ...email.to, ...email.cc])].filter((a) => a !== account.address);
}

/** How a person is called on the page: "me", a contact's name, else the address. */
export function nameOf(state: GoMailState, address: string): string {
  if (address === account.address) return "me";
  return state.contacts.find((c) => c.address === address)?.name ?? address;
}

const reserved = [
  "inbox",
  "starred",
  "snoozed",
  "important",
  "sent",
  "scheduled",
  "drafts",
  "archive",
  "spam",
  "trash",
];

/** How a list is called, for its title and the way back to it. */
export function titleOf(view: ListView): string {
  if (view.folder === "search") return "Search results";
  return view.folder.startsWith("label:") ? view.folder.slice("label:".length) : nameOfFolder(view.folder);
}

/** How the page calls a folder: "Inbox". */
export function nameOfFolder(folder: string): string {
  return folder.charAt(0).toUpperCase() + folder.slice(1);
}

/** Why the typed label name cannot be used, or "" when it can. */
export function labelProblem(state: GoMailState, value: string): string {
  const name = value.trim().toLowerCase();
  const taken = [...reserved, ...state.labels];
  if (name.length > 40) return "Use at most 40 characters";
  return taken.some((label) => label.toLowerCase() === name) ? "This name is already in use" : "";
}
