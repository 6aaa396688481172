import { snoozePresets } from "../state/time.ts";
import type { MailDrawer } from "./drawer.ts";
import { family, quoted } from "./mail.ts";
import type { MailScene } from "./mail.ts";
import { chosenFrom, followed, moved, targeted } from "./milestones.ts";
import { changed, farMail, oneMail, someMails } from "./scenes.ts";

const { query } = quoted;

/** Archives mails. */
export const archive = family({
  name: "archive",
  reading: { says: /\barchiv/i, takes: { query }, rest: "subject" },
  milestones: (wish) => [...targeted(wish), moved(wish, { name: "archived", by: "Archive", how: "archived" })],
  templates: [
    {
      name: "archive", // open or select it, Archive
      optimum: 2,
      wordings: ["Archive the email from {sender}.", 'The message "{subject}" is settled, please archive it.'],
      paraphrases: [
        "Nothing is left to do on what {sender} sent, so archive that one.",
        'Put "{subject}" into the archive for me.',
      ],
      scene: (draw) => oneMail(draw),
      wanted: (start) => changed(start, { done: "archived", change: { folder: "archive" } }),
    },
    {
      name: "search_archive", // search, open or select it, Archive
      optimum: 3,
      wordings: [
        'Search for "{query}" and archive the email from {sender}.',
        'Look up "{query}" with the search, then archive the message written by {sender}.',
      ],
      paraphrases: [
        'Find the mail by {sender} with a search for "{query}" and put it into the archive.',
        'When you search "{query}" something from {sender} turns up; I want it archived.',
      ],
      scene: (draw) => farMail(draw),
      wanted: (start) => changed(start, { done: "archived", change: { folder: "archive" } }),
    },
    {
      name: "bulk_archive", // select three, Archive
      optimum: 4,
      wordings: [
        "Archive the emails from {sender}, {second} and {third}.",
        "All that {sender}, {second} and {third} wrote is settled, please archive it.",
      ],
      paraphrases: [
        "Put the mails by {sender}, {second} and {third} into the archive.",
        "I am through with {sender}, {second} and {third}: let their mails go to the archive.",
      ],
      scene: (draw) => someMails(draw, { n: 3, others: 1 }),
      wanted: (start) => changed(start, { done: "archived", change: { folder: "archive" }, n: 3 }),
    },
  ],
});

/** Moves mails to Trash. */
export const trash = family({
  name: "delete",
  reading: { says: /\b(delete|deleting|remove|trash)\b/i, takes: { query }, rest: "subject" },
  milestones: (wish) => [...targeted(wish), moved(wish, { name: "deleted", by: "Delete", how: "moved to Trash" })],
  templates: [
    {
      name: "delete", // open or select it, Delete
      optimum: 2,
      wordings: ["Delete the email from {sender}.", 'Please move the message "{subject}" to the trash.'],
      paraphrases: [
        "I have no use for the mail by {sender}, you can delete it.",
        'Into the trash with "{subject}", please.',
      ],
      scene: (draw) => oneMail(draw),
      wanted: (start) => changed(start, { done: "moved to Trash", change: { folder: "trash" } }),
    },
    {
      name: "search_delete", // search, open or select it, Delete
      optimum: 3,
      wordings: [
        'Search for "{query}" and delete the email from {sender}.',
        'Look up "{query}" with the search, then delete the message written by {sender}.',
      ],
      paraphrases: [
        'Use the search on "{query}" to find the mail by {sender}, which you should delete.',
        'The one from {sender} that a search for "{query}" brings up belongs in the trash, delete it.',
      ],
      scene: (draw) => farMail(draw),
      wanted: (start) => changed(start, { done: "moved to Trash", change: { folder: "trash" } }),
    },
    {
      name: "bulk_delete", // select two, Delete
      optimum: 3,
      wordings: [
        "Delete the emails from {sender} and {second}.",
        "Please move what {sender} and {second} wrote to the trash.",
      ],
      paraphrases: [
        "I have no use for the mails by {sender} and {second}, you can delete them.",
        "Into the trash with everything that {sender} and {second} sent.",
      ],
      scene: (draw) => someMails(draw, { n: 2, others: 2 }),
      wanted: (start) => changed(start, { done: "moved to Trash", change: { folder: "trash" }, n: 2 }),
    },
  ],
});

/** Reports a mail as spam. */
export const spam = family({
  name: "spam",
  reading: { says: /\bspam\b/i, rest: "subject" },
  milestones: (wish) => [...targeted(wish), moved(wish, { name: "reported", by: "Report spam", how: "moved to Spam" })],
  templates: [
    {
      name: "report_spam", // open or select it, Report spam
      optimum: 2,
      wordings: ["Report the email from {sender} as spam.", 'Please flag the message "{subject}" as spam.'],
      paraphrases: ["The mail by {sender} is spam, report it.", 'Off to the spam folder with "{subject}".'],
      scene: (draw) => oneMail(draw),
      wanted: (start) => changed(start, { done: "moved to Spam", change: { folder: "spam" } }),
    },
  ],
});

/** Takes a mail out of Spam. */
export const notSpam = family({
  name: "not_spam",
  reading: { says: /\bnot spam\b/i, rest: "subject" },
  milestones: (
    wish,
  ) => [
    followed(wish, "Spam"),
    ...targeted(wish),
    moved(wish, { name: "restored", by: "Not spam", how: "moved to Inbox" }),
  ],
  templates: [
    {
      name: "not_spam", // Spam, open or select it, Not spam
      optimum: 3,
      wordings: [
        "Go to Spam and mark the email from {sender} as not spam.",
        'The message "{subject}" in Spam is not spam, please say so.',
      ],
      paraphrases: [
        "What {sender} sent ended up in Spam, but it is not spam.",
        'Take "{subject}" out of Spam: not spam at all.',
      ],
      scene: (draw) => putAway(draw, "spam"),
      wanted: (start) => changed(start, { done: "moved to Inbox", change: { folder: "inbox" } }),
    },
  ],
});

/** Takes a mail out of Trash. */
export const restore = family({
  name: "restore",
  reading: { says: /\btrash\b.*\binbox\b|\binbox\b.*\btrash\b/i, rest: "subject" },
  milestones: (
    wish,
  ) => [
    followed(wish, "Trash"),
    ...targeted(wish),
    moved(wish, { name: "restored", by: "Move to inbox", how: "moved to Inbox" }),
  ],
  templates: [
    {
      name: "restore", // Trash, open or select it, Move to inbox
      optimum: 3,
      wordings: [
        "Go to Trash and move the email from {sender} to the inbox.",
        'The message "{subject}" lies in Trash, please move it back to the inbox.',
      ],
      paraphrases: [
        "I threw away what {sender} wrote; bring it from Trash into the inbox.",
        'Back to the inbox with "{subject}", which is in Trash.',
      ],
      scene: (draw) => putAway(draw, "trash"),
      wanted: (start) => changed(start, { done: "moved to Inbox", change: { folder: "inbox" } }),
    },
  ],
});

/** Puts a mail to sleep until a time the page offers. */
export const snooze = family({
  name: "snooze",
  reading: { says: /\bsnooze\b/i, takes: { choice: ["(?:until|with|choose) #"] }, rest: "subject" },
  milestones: (wish) => [
    ...targeted(wish),
    ...chosenFrom("Snooze", wish, { name: "snoozed", notice: "Conversation snoozed until" }),
  ],
  templates: [
    {
      name: "snooze", // open or select it, Snooze, pick the time
      optimum: 3,
      wordings: [
        'Snooze the email from {sender} until "{choice}".',
        'Please snooze the message "{subject}", with "{choice}" as the time.',
      ],
      paraphrases: [
        'Let the mail by {sender} snooze until "{choice}".',
        '"{subject}" can wait: choose "{choice}" for a snooze.',
      ],
      scene: (draw) => oneMail(draw, { values: { choice: draw.choice("wakings") } }),
      wanted: (start) => {
        const { at } = snoozePresets(start.state.clock).find(({ name }) => name === start.values["choice"])!;
        return changed(start, { done: `snoozed until ${at}`, change: { snoozedUntil: at } });
      },
    },
  ],
});

/** A meant mail among others of the same folder. */
function putAway(draw: MailDrawer, folder: "spam" | "trash"): MailScene {
  const [sender, subject] = [draw.person(), draw.subject()];
  const mails = [draw.mail(sender, subject, "visible"), ...draw.distractors(2)].map((mail) => ({ ...mail, folder }));
  return { setup: { mails }, values: { sender: sender.name, subject } };
}
