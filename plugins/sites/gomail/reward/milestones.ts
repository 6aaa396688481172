import type { Kind, Wish } from "../goal.ts";
import { composer } from "../page.ts";
import type { Control, Stage } from "./stage.ts";

/**
 * What pays for each kind of wish, in the order of the shortest way; every step of that way reaches at least one. A new
 * kind of goal needs a line here, one in goal.ts, and a template under tasks/.
 */
export const milestones: Readonly<Record<Kind, (wish: Wish) => readonly Stage[]>> = {
  star: () => [starred(true)],
  unstar: () => [starred(false)],
  open_star: () => [opened, starred(true)],
  mark_unread: (wish) => [...inHand(wish), marked("Mark as unread", `${count(wish)} marked as unread`)],
  mark_read: (wish) => [...inHand(wish), marked("Mark as read", `${count(wish)} marked as read`)],
  archive: (wish) => [...inHand(wish), moved("archived", "Archive", `${count(wish)} archived`)],
  delete: (wish) => [...inHand(wish), moved("deleted", "Delete", `${count(wish)} moved to Trash`)],
  spam: (wish) => [...inHand(wish), moved("reported", "Report spam", `${count(wish)} moved to Spam`)],
  not_spam: (
    wish,
  ) => [followed("Spam"), ...inHand(wish), moved("restored", "Not spam", `${count(wish)} moved to Inbox`)],
  restore: (wish) => [
    followed("Trash"),
    ...inHand(wish),
    moved("restored", "Move to inbox", `${count(wish)} moved to Inbox`),
  ],
  snooze: (
    wish,
  ) => [...inHand(wish), ...chosenFrom("Snooze", wish, { name: "snoozed", notice: "Conversation snoozed until" })],
  label: (wish) => [...inHand(wish), ...labelled(wish)],
  create_label: ({ label = "" }) => [
    { name: "dialog", value: 0.3, is: "shown", control: labelName, by: button("Create new label") },
    { name: "text", value: 0.2, is: "written", field: labelName, text: label },
    {
      name: "created",
      value: 0.5,
      is: "done",
      button: button("Create"),
      gone: labelName,
      notice: `Label "${label}" created`,
    },
  ],
  reply: (wish) => [...searched(wish), opened, ...answered(wish)],
  reply_label: (wish) => [...searched(wish), opened, ...answered(wish), ...labelled(wish)],
  forward: ({ address = "" }) => [
    opened,
    { name: "forward", value: 0.3, is: "shown", control: toField, by: button("Forward") },
    { name: "recipient", value: 0.2, is: "addressed", field: toField, to: [address] },
    sent,
  ],
  compose: (wish) => [...composed(wish), sent],
  schedule: (wish) => [
    ...composed(wish),
    ...chosenFrom("Schedule send", wish, { name: "scheduled", gone: subjectField, notice: "Send scheduled for" }),
  ],
  draft: (wish) => [
    ...composed(wish),
    { name: "saved", value: 0.5, is: "done", button: button("Close", composer), gone: subjectField },
  ],
  page_size: ({ choice }) => {
    const option: Control = { role: "radio", name: `Page size: ${choice}` };
    return [
      { name: "settings", value: 0.3, is: "shown", control: option, by: button("Settings") },
      { name: "choice", value: 0.2, is: "chosen", option },
      saved(option),
    ];
  },
  signature: ({ text = "" }) => {
    const field = textbox("Signature");
    return [
      { name: "settings", value: 0.3, is: "shown", control: field, by: button("Settings") },
      { name: "text", value: 0.2, is: "written", field, text },
      saved(field),
    ];
  },
  vacation: ({ text = "" }) => {
    const tab: Control = { role: "tab", name: "Vacation responder" };
    const option: Control = { role: "radio", name: "Vacation responder: On" };
    const field = textbox("Vacation message");
    return [
      { name: "settings", value: 0.3, is: "shown", control: tab, by: button("Settings") },
      { name: "form", value: 0.2, is: "shown", control: option, by: tab },
      { name: "on", value: 0.2, is: "chosen", option },
      { name: "text", value: 0.2, is: "written", field, text },
      saved(tab),
    ];
  },
  contact: ({ name = "", address = "" }) => {
    const field = (label: string): Control => textbox(label, "dialog:New contact");
    const add = button("Add contact");
    return [
      { name: "contacts", value: 0.2, is: "shown", control: add, by: button("Contacts") },
      { name: "form", value: 0.2, is: "shown", control: field("Name"), by: add },
      { name: "name", value: 0.2, is: "written", field: field("Name"), text: name },
      { name: "address", value: 0.2, is: "written", field: field("Address"), text: address },
      { name: "added", value: 0.5, is: "done", button: button("Save"), gone: field("Name"), notice: "Contact added" },
    ];
  },
};

const button = (name: string, region?: string): Control => ({ role: "button", name, ...(region && { region }) });
const textbox = (name: string, region?: string): Control => ({ role: "textbox", name, ...(region && { region }) });

const labelName = textbox("Label name");
const replyField = textbox("Reply message");
const subjectField = textbox("Subject", composer);
const toField: Control = { role: "combobox", name: "To", region: composer };
const send = button("Send", composer);

const opened: Stage = { name: "mail", value: 0.3, is: "opened" };
const sent: Stage = { name: "sent", value: 0.5, is: "done", button: send, gone: subjectField, notice: "Message sent" };

function starred(on: boolean): Stage {
  return { name: on ? "starred" : "unstarred", value: 0.5, is: "starred", on };
}

/** The meant mails found, if they must be searched for, and selected one after another. */
function inHand(wish: Wish): readonly Stage[] {
  const { second, third } = wish;
  const n = 1 + Number(second !== undefined) + Number(third !== undefined);
  const mail = (i: number): Stage => ({ name: i === 0 ? "mail" : `mail_${i + 1}`, value: 0.3, is: "picked", n: i + 1 });
  return [...searched(wish), ...Array.from({ length: n }, (_, i) => mail(i))];
}

function searched({ query }: Wish): readonly Stage[] {
  return query === undefined ? [] : [{ name: "found", value: 0.3, is: "found" }];
}

/** How the page speaks of the meant mails. */
function count({ second, third }: Wish): string {
  return third !== undefined ? "3 conversations" : second !== undefined ? "2 conversations" : "Conversation";
}

/** The mails in hand went elsewhere. */
function moved(name: string, by: string, notice: string): Stage {
  return { name, value: 0.5, is: "done", button: button(by), gone: button(by), notice };
}

function marked(by: string, notice: string): Stage {
  return { name: "marked", value: 0.5, is: "done", button: button(by), notice };
}

/** The folder that holds the meant mail is shown. */
function followed(link: string): Stage {
  return { name: "found", value: 0.3, is: "found", link: { role: "link", name: link } };
}

/** The changed settings were saved and left. */
function saved(gone: Control): Stage {
  return { name: "saved", value: 0.5, is: "done", button: button("Save changes"), gone };
}

/** A menu with the goal's choice was opened, and the choice taken. */
function chosenFrom(
  menu: string,
  { choice = "" }: Wish,
  { name, notice, gone }: { readonly name: string; readonly notice: string; readonly gone?: Control },
): readonly Stage[] {
  const item: Control = { role: "menuitem", name: choice, begins: true };
  return [
    { name: "menu", value: 0.2, is: "shown", control: item, by: button(menu) },
    { name, value: 0.5, is: "done", button: item, gone: gone ?? item, notice },
  ];
}

function labelled({ label = "" }: Wish): readonly Stage[] {
  const item: Control = { role: "menuitemcheckbox", name: label };
  return [
    { name: "labels_menu", value: 0.2, is: "shown", control: item, by: button("Labels") },
    { name: "labelled", value: 0.5, is: "done", button: item, gone: item, notice: `Label "${label}" added` },
  ];
}

function answered({ text = "" }: Wish): readonly Stage[] {
  const region = "region:Reply";
  return [
    { name: "reply_box", value: 0.3, is: "shown", control: replyField, by: button("Reply") },
    { name: "text", value: 0.2, is: "written", field: replyField, text },
    { name: "sent", value: 0.5, is: "done", button: button("Send", region), gone: replyField, notice: "Message sent" },
  ];
}

/** A new mail up to the moment before it is sent. A second recipient is typed once another field was used. */
function composed({ address = "", other, copy, subject = "", text = "" }: Wish): readonly Stage[] {
  const fill = (name: string, field: Control, value: string): Stage => ({
    name,
    value: 0.2,
    is: "written",
    field,
    text: value,
  });
  const to = (name: string, people: readonly string[]): Stage => ({
    name,
    value: 0.2,
    is: "addressed",
    field: toField,
    to: people,
  });
  const cc = textbox("Cc", composer);
  return [
    { name: "compose", value: 0.3, is: "shown", control: subjectField, by: button("Compose") },
    ...(copy === undefined ? [] : [
      { name: "copies", value: 0.2, is: "shown", control: cc, by: button("Add Cc and Bcc", composer) } as const,
    ]),
    to("recipient", [address]),
    ...(copy === undefined ? [] : [fill("copy", cc, copy)]),
    fill("subject", subjectField, subject),
    ...(other === undefined ? [] : [to("second", [address, other])]),
    fill("message", textbox("Message", composer), text),
    { name: "ready", value: 0.2, is: "ready", button: send },
  ];
}
