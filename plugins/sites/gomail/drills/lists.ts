import { button, done, find, inTurn, lookFurther, press } from "halo-agent/site";
import type { Control } from "halo-agent/site";
import type { MailDrawer } from "../families/drawer.ts";
import { family } from "../families/mail.ts";
import type { MailAsked, MailMilestone, MailScene, MailStart } from "../families/mail.ts";
import type { MailPage } from "../families/page.ts";
import type { Email, GoMailState, SetupMail } from "../state/state.ts";
import { pageOf, rowsOf } from "../state/select.ts";
import { listOf } from "../state/state.ts";
import { snoozePresets } from "../state/time.ts";
import { shown } from "../families/milestones.ts";
import { unread } from "./letters.ts";

const searchField: Control = { role: "searchbox", name: "Search mail" };
const selectAll: Control = { role: "checkbox", name: "Select all" };
type Changes = Readonly<Record<string, Partial<Email>>>;

/** The mails that answer to a word are listed by a search for it. */
export function listed(query: string): MailMilestone {
  const stands = (page: MailPage): boolean =>
    find(page, searchField)?.value?.trim().toLowerCase() === query.toLowerCase() &&
    page.elements.some((e) => e.role === "button" && e.name === "Clear search") &&
    !page.elements.some((e) => e.role === "link" && e.name === "Inbox" && e.states.includes("selected"));
  return {
    name: "found",
    value: 0.3,
    role: "hand",
    stands,
    reached: ({ from, to }) => stands(to) && !stands(from) && `the search for "${query}" is shown`,
    towards: ({ page }) => {
      const field = find(page, searchField);
      return field === undefined ? lookFurther : { action: "type", el: field.id, text: query, clear: true, submit: true };
    },
  };
}

/** A list of the mailbox is shown. */
export function folder(link: string): MailMilestone {
  const is = (page: MailPage): boolean => find(page, { role: "link", name: link })?.states.includes("selected") === true;
  return {
    name: "list",
    value: 0.3,
    role: "hand",
    stands: is,
    reached: ({ to, from }) => is(to) && !is(from) && `${link} is shown`,
    towards: ({ page }) => press(find(page, { role: "link", name: link })) ?? lookFurther,
  };
}

/** All rows of the page that is shown are ticked. */
export function ticked(): MailMilestone {
  const stands = (page: MailPage): boolean => find(page, selectAll)?.states.includes("checked") === true;
  return {
    name: "ticked",
    value: 0.3,
    role: "hand",
    stands,
    reached: ({ to }) => stands(to) && "the whole page is ticked",
    towards: ({ page }) => press(find(page, selectAll)) ?? lookFurther,
  };
}

/** The rows of all pages are ticked. */
function allPages(): MailMilestone {
  const by = (page: MailPage) => page.elements.find((e) => /^Select all \d+ conversations$/.test(e.name));
  const stands = (page: MailPage): boolean => find(page, button("Clear selection")) !== undefined;
  return {
    name: "pages",
    value: 0.2,
    role: "hand",
    stands,
    reached: ({ to }) => stands(to) && "all pages are ticked",
    towards: ({ page }) => press(by(page)) ?? lookFurther,
  };
}

/** What was ticked was moved to Trash. */
export const deleted: MailMilestone = done({
  name: "deleted",
  value: 0.5,
  button: button("Delete"),
  gone: button("Delete"),
});

const inbox = listOf("inbox");

/** Asks that the mails of the inbox that pass go to Trash. */
export function trashed({ state }: MailStart, isMeant: (mail: Email) => boolean): Changes {
  return changes(state, isMeant, { folder: "trash" });
}

function changes(state: GoMailState, isMeant: (mail: Email) => boolean, change: Partial<Email>): Changes {
  const meant = state.emails.filter((mail) => mail.folder === "inbox" && isMeant(mail));
  return Object.fromEntries(meant.map((mail) => [mail.id, change]));
}

const about = (word: string) => (mail: Email): boolean => mail.subject.toLowerCase().startsWith(`${word} `);

/** Some mails of one topic far down the list. */
export function topicMails(draw: MailDrawer, query: string): readonly SetupMail[] {
  return Array.from({ length: 2 + draw.below(2) }, () => draw.mail(draw.person(), draw.subjectWith(query), "hidden"));
}

function topicScene(draw: MailDrawer, more: MailScene["values"] = {}): MailScene {
  const query = draw.query();
  return { setup: { mails: [...topicMails(draw, query), ...draw.distractors(1)] }, values: { query, ...more } };
}

/** Asks that all mails of a topic go to Trash. */
export const topicTrashed = (start: MailStart, word: string): Changes => trashed(start, about(word));

/** Deletes the page that is shown. */
export const clearPage = family({
  name: "clear_page",
  reading: unread,
  milestones: () => [ticked(), deleted],
  templates: [{
    name: "clear_page", // Select all, Delete
    optimum: 2,
    wordings: [
      "Delete all the mails on this page, please!",
      "Clear every email that is visible here.",
      "Remove all emails that are shown on the first page",
      "GoMail: Delete every visible message",
      "Please clear all messages I can see!",
    ],
    paraphrases: ["Get rid of all my visible mails", "Clear the emails that are showing, please"],
    scene: (draw) => ({ setup: { mails: draw.distractors(1) }, values: {} }),
    wanted(start) {
      const page = new Set(pageOf(rowsOf(start.state, inbox), inbox).shown);
      return { done: "the page was deleted", items: { emails: { change: trashed(start, (mail) => page.has(mail)) } } };
    },
  }],
});

/** Deletes the whole inbox. */
export const clearInbox = family({
  name: "clear_inbox",
  reading: unread,
  milestones: () => [ticked(), allPages(), deleted],
  templates: [{
    name: "clear_inbox", // Select all, Select all conversations, Delete
    optimum: 3,
    wordings: [
      "Empty my whole inbox.",
      "GoMail: Move everything in the inbox to the trash",
      "Clear out the entire inbox, every mail goes to the trash",
      "Delete everything that is in my inbox.",
    ],
    paraphrases: ["GoMail: Clean out the inbox completely", "Trash the inbox, everything in it"],
    scene: (draw) => ({ setup: { mails: draw.distractors(1) }, values: {} }),
    wanted: (start) => ({ done: "the inbox was emptied", items: { emails: { change: trashed(start, () => true) } } }),
  }],
});

/** Deletes the mails of a person. */
export const clearSender = family({
  name: "clear_sender",
  reading: unread,
  milestones: ({ sender = "" }) => [listed(sender), ticked(), deleted],
  templates: [{
    name: "clear_sender", // search, Select all, Delete
    optimum: 3,
    wordings: [
      "Delete every email that came from {sender}.",
      "GoMail: Clear all mails from {sender}",
      "Remove every email that {sender} sent me",
      "Please delete the emails from {sender}",
    ],
    paraphrases: ["GoMail: Get rid of all emails by {sender}", "Trash all messages from {sender}."],
    scene(draw) {
      const sender = draw.person();
      const mails = Array.from({ length: 1 + draw.below(2) }, () => draw.mail(sender, draw.subject(), "visible"));
      return { setup: { mails: [...mails, ...draw.distractors(2)] }, values: { sender: sender.name } };
    },
    wanted: (start) => ({
      done: "the mails were deleted",
      items: { emails: { change: trashed(start, (mail) => mail.from === start.values["sender"]) } },
    }),
  }],
});

/** Deletes the mails of a topic. */
export const clearTopic = family({
  name: "clear_topic",
  reading: unread,
  milestones: ({ query = "" }) => [listed(query), ticked(), deleted],
  templates: [{
    name: "clear_topic", // search, Select all, Delete
    optimum: 3,
    wordings: [
      "Delete all {query} emails.",
      "Clear any {query} related emails, I do not need them.",
      "GoMail: Remove all mails about {query}",
      'Delete all emails with "{query}" in the subject.',
      "Please clear all emails with {query} in the title",
    ],
    paraphrases: ["Get rid of every {query} email.", "GoMail: Trash all emails that have to do with {query}"],
    scene: (draw) => topicScene(draw),
    wanted: (start) => ({
      done: "the mails were deleted",
      items: { emails: { change: topicTrashed(start, start.values["query"]!) } },
    }),
  }],
});

/** Deletes the mails of two topics. */
export const clearTwo = family({
  name: "clear_two",
  reading: unread,
  milestones: ({ query = "", also = "" }) => inTurn([listed(query), ticked(), deleted], [listed(also), ticked(), deleted]),
  templates: [{
    name: "clear_two", // search, Select all, Delete, and once more
    optimum: 6,
    wordings: [
      "Delete all {query} and {also} emails.",
      "Clear any {query} emails and any {also} emails, please.",
      "GoMail: Remove the mails about {query} and those about {also}",
    ],
    paraphrases: ["Get rid of {query} emails and {also} emails.", "GoMail: Trash my {query} mails and {also} mails"],
    scene(draw) {
      const [query, also] = [draw.query(), draw.query()];
      return {
        setup: { mails: [...topicMails(draw, query), ...topicMails(draw, also)] },
        values: { query, also },
      };
    },
    wanted: (start) => ({
      done: "the mails were deleted",
      items: {
        emails: {
          change: { ...topicTrashed(start, start.values["query"]!), ...topicTrashed(start, start.values["also"]!) },
        },
      },
    }),
  }],
});

/** Deletes the starred mails. */
export const clearStarred = family({
  name: "clear_starred",
  reading: unread,
  milestones: () => [folder("Starred"), ticked(), deleted],
  templates: [{
    name: "clear_starred", // Starred, Select all, Delete
    optimum: 3,
    wordings: [
      "Delete all my starred emails.",
      "Clear all emails with a star",
      "GoMail: Move every starred mail to the trash",
    ],
    paraphrases: ["Get rid of all the starred messages", "GoMail: Clean out everything that is starred"],
    scene: (draw) => ({ setup: { mails: draw.distractors(2) }, values: {} }),
    wanted: (start) => ({
      done: "the starred mails were deleted",
      items: { emails: { change: trashed(start, (mail) => mail.isStarred) } },
    }),
  }],
});

/** How goals speak of the times that the page offers. */
const wakings: Readonly<Record<string, readonly string[]>> = {
  "Later today": ["until later today", "for later today"],
  "Tomorrow": ["until tomorrow", "for tomorrow"],
  "This weekend": ["until this weekend", "for this weekend"],
  "Next week": ["until next week", "for next week"],
};
const wakingOf = (said: string): string => Object.keys(wakings).find((name) => wakings[name]!.includes(said)) ?? said;

/** Snoozes the mails of a topic. */
export const snoozeTopic = family({
  name: "snooze_topic",
  reading: unread,
  milestones({ query = "", choice = "" }) {
    const item: Control = { role: "menuitem", name: wakingOf(choice), begins: true };
    return [
      listed(query),
      ticked(),
      shown({ name: "menu", value: 0.2, control: item, by: button("Snooze") }),
      done({ name: "snoozed", value: 0.5, button: item, gone: item }),
    ];
  },
  templates: [{
    name: "snooze_topic", // search, Select all, Snooze, pick the time
    optimum: 4,
    wordings: [
      "Snooze all {query} emails {choice}.",
      'Snooze the "{query}" emails {choice} please, there are too many',
      "GoMail: Snooze every mail about {query} {choice}",
    ],
    paraphrases: ["Put all {query} emails on snooze {choice}.", 'GoMail: The "{query}" mails should be snoozed {choice}'],
    scene(draw) {
      const said = wakings[draw.choice("wakings")]!;
      return topicScene(draw, { choice: said[draw.below(said.length)]! });
    },
    wanted(start) {
      const { query = "", choice = "" } = start.values;
      const { at } = snoozePresets(start.state.clock).find(({ name }) => name === wakingOf(choice))!;
      return {
        done: "the mails were snoozed",
        items: { emails: { change: changes(start.state, about(query), { snoozedUntil: at }) } },
      };
    },
  }],
});

/** All mails of the inbox are marked as read. */
export const allRead: readonly MailMilestone[] = [
  ticked(),
  allPages(),
  done({ name: "marked", value: 0.5, button: button("Mark as read"), notice: "" }),
];

/** Asks that the inbox has no unread mail. */
export const inboxRead = (start: MailStart): Changes => changes(start.state, () => true, { isRead: true });

/** Marks the whole inbox as read. */
export const readAll = family({
  name: "read_all",
  reading: unread,
  milestones: () => allRead,
  templates: [{
    name: "read_all", // Select all, Select all conversations, Mark as read
    optimum: 3,
    wordings: [
      "Mark everything in my inbox as read.",
      "GoMail: Set all emails to read",
      "Please mark all messages as read",
    ],
    paraphrases: ["Make every mail in the inbox read", "GoMail: All my mails should be marked read"],
    scene: (draw) => ({ setup: { mails: draw.distractors(1) }, values: {} }),
    wanted: (start) => ({ done: "all were marked as read", items: { emails: { change: inboxRead(start) } } }),
  }],
});
