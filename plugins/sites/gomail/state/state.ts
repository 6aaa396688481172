import type { Snackbar as SiteSnackbar } from "halo-agent/site";
import type { Settings } from "./preferences.ts";
import type { Dialog } from "./window.ts";

/** Where a mail lies. Starred, important, snoozed and labels are marks on a mail, not places. */
export type Folder = "inbox" | "sent" | "drafts" | "scheduled" | "trash" | "archive" | "spam";

export interface Email {
  readonly id: string;
  /** Display name of the sender. */
  readonly from: string;
  readonly fromAddress: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  /** Plain paragraphs joined by a blank line. */
  readonly content: string;
  /** "2024-07-18". */
  readonly date: string;
  /** "09:00 AM". */
  readonly time: string;
  readonly isRead: boolean;
  readonly isStarred: boolean;
  readonly labels: readonly string[];
  readonly folder: Folder;
  /** Id of the mail this one answers. */
  readonly replyTo?: string;
  readonly isImportant?: true;
  /** Local time "2024-07-25T08:00" until which the mail sleeps: out of its folder's list, in "snoozed". */
  readonly snoozedUntil?: string;
  /** Local time at which a mail in "scheduled" goes out. */
  readonly sendAt?: string;
  /** File names. */
  readonly attachments?: readonly string[];
}

export interface Contact {
  readonly name: string;
  readonly address: string;
}

/** What a task adds to the seed mailbox. */
export interface Setup {
  readonly mails: readonly SetupMail[];
  readonly labels?: readonly string[];
  readonly contacts?: readonly Contact[];
}

/** A mail that a task adds; what is absent is as in a new mail of the inbox. */
export interface SetupMail
  extends Pick<Email, "from" | "fromAddress" | "subject" | "content">, Partial<Pick<Email, "isRead" | "isStarred">> {
  /** Row of the inbox after all insertions, 0 is the top; rows are newest first. */
  readonly position: number;
  /** The inbox when absent; elsewhere `position` says between which mails of the inbox it came. */
  readonly folder?: Folder;
}

export interface ListView {
  readonly name: "list";
  /** A `Folder`, "starred", "snoozed", "important", "label:NAME" or "search". */
  readonly folder: string;
  /** What was searched for; "" unless `folder` is "search". */
  readonly query: string;
  /** From 0. */
  readonly page: number;
  readonly selected: readonly string[];
  /** Row the keyboard is at; absent before j or k was pressed. */
  readonly cursor?: string;
}

export interface MessageView {
  readonly name: "message";
  readonly id: string;
  readonly back: ListView;
  /** How far the list was scrolled, in px; absent is not at all. */
  readonly scroll?: number;
}

/** Pages of the settings. */
export type SettingsTab = "general" | "labels" | "vacation" | "appearance";

export interface SettingsView {
  readonly name: "settings";
  readonly tab: SettingsTab;
  /** Settings as edited, not saved yet. */
  readonly draft: Settings;
  /** Why the last Save was refused; "" is nothing. */
  readonly alert: string;
  readonly back: ListView;
}

export interface ContactsView {
  readonly name: "contacts";
  readonly back: ListView;
}

export interface Compose {
  /** Id the draft has or will get. */
  readonly draftId: string;
  readonly to: readonly string[];
  /** Text in the To field that is not yet a recipient. */
  readonly toInput: string;
  /** Comma-separated addresses. */
  readonly cc: string;
  readonly bcc: string;
  readonly showCc: boolean;
  readonly subject: string;
  readonly body: string;
  /** Whether suggestions may show, and which one the arrow keys reached; -1 is none. */
  readonly suggesting: boolean;
  readonly suggestion: number;
  readonly minimized: boolean;
  /** Why the last Send was refused; "" is nothing. */
  readonly alert: string;
  readonly inReplyTo?: string;
}

export interface Reply {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly body: string;
}

/** What the Undo button puts back: earlier versions of mails, mails to take away, labels, contacts, a composer to reopen. */
export interface Undo {
  readonly emails: readonly Email[];
  readonly remove: readonly string[];
  readonly labels?: readonly string[];
  readonly contacts?: readonly Contact[];
  readonly compose?: Compose;
}

export type Snackbar = SiteSnackbar<Undo>;

/** The one menu or drop-down list that is open; "choice:NAME" belongs to the field of that name. */
export type Menu = "labels" | "move" | "snooze" | "more" | "schedule" | `choice:${string}`;

/** Everything the page shows, as one JSON value. */
export interface GoMailState {
  /** Newest first; lists keep this order. */
  readonly emails: readonly Email[];
  readonly labels: readonly string[];
  readonly contacts: readonly Contact[];
  /** Actions so far, typing not counted; one action is one minute. */
  readonly clock: number;
  readonly nextId: number;
  readonly view: ListView | MessageView | SettingsView | ContactsView;
  readonly settings: Settings;
  readonly searchInput: string;
  readonly menu: null | Menu;
  readonly compose: Compose | null;
  readonly reply: Reply | null;
  readonly dialog: Dialog | null;
  readonly snackbar: Snackbar | null;
  /** Whether the notice that this is a practice site shows; only where `/config` asked for it. */
  readonly banner: boolean;
  /** Whether no mail can be sent; absent where it can. */
  readonly refusesMail?: true;
}

/** The owner of the mailbox. */
export const account: Contact = { name: "Fede Lopez", address: "fede.lopez@example.com" };

/** Labels every mailbox starts with. */
export const defaultLabels: readonly string[] = ["Work", "Personal", "Receipts"];

/** A list at its first page with nothing selected. */
export function listOf(folder: string, query = ""): ListView {
  return { name: "list", folder, query, page: 0, selected: [] };
}
