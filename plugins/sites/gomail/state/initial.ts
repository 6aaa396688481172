import { defaultSettings } from "./preferences.ts";
import { seedContacts, seedEmails } from "./seed.ts";
import { account, defaultLabels, listOf } from "./state.ts";
import type { Email, GoMailState, Setup, SetupMail } from "./state.ts";

/** The seed mailbox with a task's mails in their rows; the i-th setup mail gets id 57 + i. Pure. */
export function initialState(setup: Setup): GoMailState {
  const emails = [...seedEmails];
  const nextId = emails.length + 1;
  const added = setup.mails.map((mail, i) => ({ mail, id: String(nextId + i) }));
  added.sort((a, b) => a.mail.position - b.mail.position);
  for (const { mail, id } of added) insert(emails, mail, id);
  return {
    emails,
    labels: [...new Set([...defaultLabels, ...(setup.labels ?? [])])],
    contacts: [...seedContacts, ...(setup.contacts ?? [])],
    clock: 0,
    nextId: nextId + added.length,
    view: listOf("inbox"),
    settings: defaultSettings,
    searchInput: "",
    menu: null,
    compose: null,
    reply: null,
    dialog: null,
    snackbar: null,
    banner: false,
  };
}

/** Puts a mail into its inbox row, dated like the mail below it. */
function insert(emails: Email[], { position, ...mail }: SetupMail, id: string): void {
  const inbox = emails.filter((e) => e.folder === "inbox");
  const below = inbox[position];
  const like = below ?? inbox.at(-1);
  emails.splice(below ? emails.indexOf(below) : emails.length, 0, {
    id,
    to: [account.address],
    cc: [],
    bcc: [],
    date: like?.date ?? "2024-07-18",
    time: like?.time ?? "09:00 AM",
    isRead: false,
    isStarred: false,
    labels: [],
    folder: "inbox",
    ...mail,
  });
}
