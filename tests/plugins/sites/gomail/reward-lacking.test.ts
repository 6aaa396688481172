import type { Observation } from "../../../../core/domain/observation.ts";
import { assert, suite } from "../../../harness.ts";
import { actions, click, composer, menu, message, notice, page, row, search, step } from "./pages.ts";
import {
  archiveGoal,
  composeGoal,
  composing,
  deleteGoal,
  earned,
  filled,
  inbox,
  labelGoal,
  mail,
  other,
  replyGoal,
  selectedPage,
  starGoal,
  starredPage,
  start,
} from "./paid.ts";
import { gomailTasks, milestonesFor, readGoal, templates } from "./kit.ts";

const test = suite("gomail reward on pages that lack something");

const twoGoal = "Delete the emails from Nora Quill and Nora Quince.";
const threeGoal = "Archive the emails from Nora Quill, Nora Quince and Ann Fern.";
const unreadGoal = "Mark the email from Nora Quill as unread.";
const newLabelGoal = 'Create a new label called "Taxes".';
const copyGoal = 'Send an email to ann@fern.example with Cc to bob@fern.example, the subject "A" and the message "B".';
const pairGoal = 'Send an email to ann@fern.example and bob@fern.example with the subject "A" and the message "B".';
const draftGoal = 'Save a draft to ann@fern.example with the subject "Payroll quote" and the message "See you".';
const bothPage = page(search(), actions, row(mail, { selected: true }), row(other, { selected: true }));
const menuPage = page(search(), actions, menu("Work", "Taxes"), row(mail, { selected: true }));
const marking = { role: "button", name: "Mark as unread" };
const cc = (value: string) => ({ role: "textbox", name: "Cc", value, region: "dialog:New message" });
const dialog = (name: string, value = "") => [{ role: "textbox", name, value }, { role: "button", name: "Create" }];

const snoozeGoal = 'Snooze the email from Nora Quill until "Next week".';
const sizeGoal = "Set the page size to 25 in the settings.";
const awayGoal = 'Turn on the vacation responder in the settings with the message "See you".';
const contactGoal = "Add a contact with the name Ann Fern and the address ann@fern.example.";
const button = (name: string) => ({ role: "button", name });
const size = (n: number) => ({ role: "radio", name: `Page size: ${n}` });
const away = (value: string) => ({ role: "radio", name: `Vacation responder: ${value}` });
const contact = (name: string, value = "") => ({ role: "textbox", name, value, region: "dialog:New contact" });
const snoozePage = page(
  row(mail, { selected: true }),
  ...["Tomorrow Fri, Jul 19", "Next week Mon, Jul 22"].map((name) => ({ role: "menuitem", name })),
);

/** For each milestone a page that looks much like the one that pays, but lacks it: goal, page before, page after, action. */
const lacking: Readonly<Record<string, readonly [goal: string, from: Observation, to: Observation, on?: string]>> = {
  starred: [
    starGoal,
    inbox,
    page(search(), row(mail), row(other, { starred: true })),
    `Add star to email from ${other}`,
  ],
  unstarred: [
    "Unstar the email from Nora Quill.",
    page(search(), row(mail, { starred: true }), row(other, { starred: true })),
    starredPage,
    `Remove star from email from ${other}`,
  ],
  mail: [archiveGoal, inbox, page(search(), actions, row(mail), row(other, { selected: true }))],
  mail_2: [
    twoGoal,
    selectedPage,
    page(actions, row(mail, { selected: true }), row("Ann Fern, Choir roster", { selected: true })),
  ],
  mail_3: [
    threeGoal,
    bothPage,
    page(actions, row(mail, { selected: true }), row(other, { selected: true }), row("Ann Fern, Choir roster")),
  ],
  archived: [archiveGoal, selectedPage, page(search(), row(other), notice("Conversation moved to Trash")), "Archive"],
  deleted: [deleteGoal, selectedPage, page(search(), row(other), notice("Conversation archived")), "Delete"],
  marked: [
    unreadGoal,
    selectedPage,
    page(actions, marking, row(mail, { selected: true }), notice("Conversation marked as read")),
    "Delete",
  ],
  found: [deleteGoal, page(search()), page(search("orchard"), row(mail))],
  labels_menu: [
    labelGoal,
    selectedPage,
    page(actions, menu("Work", "Receipts"), row(mail, { selected: true })),
    "Labels",
  ],
  labelled: [labelGoal, menuPage, page(actions, row(mail, { selected: true }), notice('Label "Work" added')), "Work"],
  dialog: [newLabelGoal, inbox, page(dialog("Search name"))],
  text: [newLabelGoal, page(dialog("Label name")), page(dialog("Label name", "Tax"))],
  created: [
    newLabelGoal,
    page(dialog("Label name", "Tax")),
    page(row(mail), notice('Label "Taxes" created')),
    "Create",
  ],
  reply_box: [replyGoal, page(message(other)), page(message(other, { reply: "" })), "Reply"],
  sent: [replyGoal, page(message(mail, { reply: "Noon" })), page(message(mail), notice("Message sent")), "Send"],
  compose: [composeGoal, inbox, page(search(), row(mail), { role: "textbox", name: "Subject", value: "" })],
  copies: [copyGoal, composing(), composing({ to: filled.to })],
  copy: [copyGoal, page(composer(), cc("")), page(composer(), cc("bob@fern.examples"))],
  recipient: [composeGoal, composing(), composing({ to: "ann@fern.examples" })],
  second: [
    pairGoal,
    composing({ chips: [filled.to] }),
    composing({ chips: [filled.to, "bob@fern.example", "eve@fern.example"] }),
  ],
  subject: [composeGoal, composing(), composing({ text: filled.subject })],
  message: [composeGoal, composing(), composing({ subject: filled.text })],
  ready: [composeGoal, composing(), page(composer({ ...filled, subject: "Payroll" }))],
  reported: [
    "Report the email from Nora Quill as spam.",
    selectedPage,
    page(row(other), notice("Conversation archived")),
    "Archive",
  ],
  restored: [
    "Go to Trash and move the email from Nora Quill to the inbox.",
    page(button("Move to inbox"), row(mail), row(other, { selected: true })),
    page(row(mail), notice("Conversation moved to Inbox")),
    "Move to inbox",
  ],
  menu: [
    snoozeGoal,
    selectedPage,
    page(actions, row(mail, { selected: true }), { role: "menuitem", name: "Tomorrow Fri, Jul 19" }),
  ],
  snoozed: [
    snoozeGoal,
    snoozePage,
    page(row(other), notice("Conversation snoozed until Fri, Jul 19")),
    "Tomorrow Fri, Jul 19",
  ],
  forward: [
    "Forward the email from Nora Quill to ann@fern.example.",
    page(message(other)),
    page(message(other), composer()),
  ],
  scheduled: [
    'Schedule an email to ann@fern.example with the subject "Payroll quote" and the message "See you" for "Next week".',
    page(composer({ ...filled, text: "See" }), { role: "menuitem", name: "Next week Mon, Jul 22" }),
    page(notice("Send scheduled for Mon, Jul 22")),
    "Next week Mon, Jul 22",
  ],
  settings: [sizeGoal, inbox, page(button("Settings"))],
  choice: [sizeGoal, page(size(25)), page(size(25), { ...size(10), states: ["checked"] })],
  form: [awayGoal, page({ role: "tab", name: "Vacation responder" }), page(size(10))],
  on: [awayGoal, page(away("Off"), away("On")), page({ ...away("Off"), states: ["checked"] }, away("On"))],
  contacts: [contactGoal, inbox, page(button("Create new label"))],
  name: [contactGoal, page(contact("Name")), page(contact("Name", "Ann"))],
  address: [contactGoal, page(contact("Address")), page(contact("Address", "Ann Fern"))],
  added: [contactGoal, page(contact("Name", "Ann"), button("Save")), page(notice("Contact added")), "Save"],
  saved: [draftGoal, composing({ ...filled, text: "See" }), inbox, "Send"],
};

test("every milestone has a page made by hand that lacks it and pays nothing for it", () => {
  const texts = templates.flatMap((t) =>
    [0, 1].map((index) => {
      const source = gomailTasks({ templates: [t.name], max_optimum: 8, cap: 0 });
      return source.draw({ split: "train", index, seed: 0 }).goal.text;
    })
  );
  const names = texts.flatMap((text) => {
    const wish = readGoal(text)!;
    return milestonesFor(wish).map((stage) => stage.name);
  });
  assert.equal(Object.keys(lacking).sort(), [...new Set(names)].sort());
  for (const [name, [text, from, to, on]] of Object.entries(lacking)) {
    const wish = readGoal(text)!;
    assert.is(milestonesFor(wish).some((stage) => stage.name === name), true, `${name} belongs to the goal`);
    const [paid] = earned(start(text, from), step(from, to, on === undefined ? undefined : click(from, on)));
    assert.equal(paid!.filter(([term]) => term === name), [], name);
  }
});
