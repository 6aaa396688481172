import { button, done } from "halo-agent/site";
import type { MailDrill, MailMilestone, MailStart } from "../families/mail.ts";
import { pageOf, rowsOf } from "../state/select.ts";
import { listOf } from "../state/state.ts";
import { allPages, type Changes, changes, deleted, folder, ticked, trashed } from "./lists-on-page.ts";

const inbox = listOf("inbox");

/** Deletes the page that is shown. */
export const clearPage: MailDrill = {
  name: "clear_page",
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
      "Throw away the mails that this page lists.",
      "Every message in view can go, delete them all",
      "GoMail: Put all the mails of the page into the trash",
    ],
    paraphrases: ["Get rid of all my visible mails", "Clear the emails that are showing, please"],
    scene: (draw) => ({ setup: { mails: draw.distractors(1) }, values: {} }),
    wanted(start) {
      const page = new Set(pageOf(rowsOf(start.state, inbox), inbox).shown);
      return { done: "the page was deleted", items: { emails: { change: trashed(start, (mail) => page.has(mail)) } } };
    },
  }],
};

/** Deletes the whole inbox. */
export const clearInbox: MailDrill = {
  name: "clear_inbox",
  milestones: () => [ticked(), allPages(), deleted],
  templates: [{
    name: "clear_inbox", // Select all, Select all conversations, Delete
    optimum: 3,
    wordings: [
      "Empty my whole inbox.",
      "GoMail: Move everything in the inbox to the trash",
      "Clear out the entire inbox, every mail goes to the trash",
      "Delete everything that is in my inbox.",
      "Wipe my inbox, no mail should be left in it",
      "I want an empty inbox, delete every email.",
      "GoMail: Throw the whole inbox away",
    ],
    paraphrases: ["GoMail: Clean out the inbox completely", "Trash the inbox, everything in it"],
    scene: (draw) => ({ setup: { mails: draw.distractors(1) }, values: {} }),
    wanted: (start) => ({ done: "the inbox was emptied", items: { emails: { change: trashed(start, () => true) } } }),
  }],
};

/** Deletes the starred mails. */
export const clearStarred: MailDrill = {
  name: "clear_starred",
  milestones: () => [folder("Starred"), ticked(), deleted],
  templates: [{
    name: "clear_starred", // Starred, Select all, Delete
    optimum: 3,
    wordings: [
      "Delete all my starred emails.",
      "Clear all emails with a star",
      "GoMail: Move every starred mail to the trash",
      "Throw away the mails that I starred.",
      "Everything with a star can go to the trash, please",
    ],
    paraphrases: ["Get rid of all the starred messages", "GoMail: Clean out everything that is starred"],
    scene: (draw) => ({ setup: { mails: draw.distractors(2) }, values: {} }),
    wanted: (start) => ({
      done: "the starred mails were deleted",
      items: { emails: { change: trashed(start, (mail) => mail.isStarred) } },
    }),
  }],
};

/** All mails of the inbox are marked as read. */
export const allRead: readonly MailMilestone[] = [
  ticked(),
  allPages(),
  done({ name: "marked", value: 0.5, button: button("Mark as read"), notice: "" }),
];

/** Asks that the inbox has no unread mail. */
export const inboxRead = (start: MailStart): Changes => changes(start.state, () => true, { isRead: true });

/** Marks the whole inbox as read. */
export const readAll: MailDrill = {
  name: "read_all",
  milestones: () => allRead,
  templates: [{
    name: "read_all", // Select all, Select all conversations, Mark as read
    optimum: 3,
    wordings: [
      "Mark everything in my inbox as read.",
      "GoMail: Set all emails to read",
      "Please mark all messages as read",
      "No mail should stay unread, mark the whole inbox",
      "Turn all unread messages of the inbox into read ones.",
    ],
    paraphrases: ["Make every mail in the inbox read", "GoMail: All my mails should be marked read"],
    scene: (draw) => ({ setup: { mails: draw.distractors(1) }, values: {} }),
    wanted: (start) => ({ done: "all were marked as read", items: { emails: { change: inboxRead(start) } } }),
  }],
};
