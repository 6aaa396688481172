import { family } from "./mail.ts";
import { marked, opened, starred, targeted } from "./milestones.ts";
import { changed, oneMail, someMails } from "./scenes.ts";

/** Puts a star on a mail. */
export const star = family({
  name: "star",
  reading: { says: /\bstar\b/i, rest: "subject" },
  milestones: (wish) => [starred(wish, true)],
  templates: [
    {
      name: "star", // click its star
      optimum: 1,
      wordings: ["Star the email from {sender}.", 'Please give the message "{subject}" a star.'],
      paraphrases: [
        "Put a star on what came in from {sender}.",
        'I want "{subject}" to carry a star so that I find it again.',
      ],
      scene: (draw) => oneMail(draw, { mail: { isStarred: false } }),
      wanted: (start) => changed(start, { done: "starred", change: { isStarred: true } }),
    },
  ],
});

/** Takes the star off a mail. */
export const unstar = family({
  name: "unstar",
  reading: {
    says:
      /\bunstar\b|\b(remove|take|lose|without|drop|off|away|longer)\b.*\bstar\b|\bstar\b.*\b(off|away|go|removed)\b/i,
    rest: "subject",
  },
  milestones: (wish) => [starred(wish, false)],
  templates: [
    {
      name: "unstar", // click its star
      optimum: 1,
      wordings: ["Unstar the email from {sender}.", 'Please remove the star from the message "{subject}".'],
      paraphrases: [
        "Take the star off the mail I got from {sender}.",
        'The star on "{subject}" can go away now.',
      ],
      scene: (draw) => oneMail(draw, { mail: { isStarred: true } }),
      wanted: (start) => changed(start, { done: "unstarred", undone: "still starred", change: { isStarred: false } }),
    },
  ],
});

/** Opens a mail and puts a star on it. */
export const openStar = family({
  name: "open_star",
  reading: { says: /\b(open|read|look at)\b.*\bstar\b|\bstar\b.*\b(open|look)/i, rest: "subject" },
  milestones: (wish) => [opened(wish), starred(wish, true)],
  templates: [
    {
      name: "open_star", // open it, click its star
      optimum: 2,
      wordings: [
        "Open the email from {sender} and star it.",
        'Please look at the message "{subject}" and give it a star.',
      ],
      paraphrases: [
        "Read what {sender} sent me, then put a star on it.",
        'Have a look at "{subject}" and mark it with a star.',
      ],
      scene: (draw) => oneMail(draw, { mail: { isRead: false, isStarred: false } }),
      wanted: (start) => changed(start, { done: "read and starred", change: { isRead: true, isStarred: true } }),
    },
  ],
});

/** Sets a mail back to unread. */
export const markUnread = family({
  name: "mark_unread",
  reading: { says: /\bunread\b/i, rest: "subject" },
  milestones: (wish) => [...targeted(wish), marked(wish, "unread")],
  templates: [
    {
      name: "mark_unread", // open or select it, Mark as unread
      optimum: 2,
      wordings: ["Mark the email from {sender} as unread.", 'Please set the message "{subject}" back to unread.'],
      paraphrases: [
        "Make the note from {sender} show up as unread again.",
        '"{subject}" should count as unread, flag it that way.',
      ],
      scene: (draw) => oneMail(draw, { mail: { isRead: true } }),
      wanted: (start) =>
        changed(start, { done: "marked as unread", undone: "still marked as read", change: { isRead: false } }),
    },
  ],
});

/** Marks several mails as read. */
export const markRead = family({
  name: "mark_read",
  reading: { says: /\bread\b/i, rest: "subject" },
  milestones: (wish) => [...targeted(wish), marked(wish, "read")],
  templates: [
    {
      name: "mark_read", // select both, Mark as read
      optimum: 3,
      wordings: [
        "Mark the emails from {sender} and {second} as read.",
        "Please set what {sender} and {second} wrote to read.",
      ],
      paraphrases: [
        "I know what is in the mails by {sender} and {second}, let them count as read.",
        "Both {sender} and {second} sent something that should show up as read.",
      ],
      scene: (draw) => someMails(draw, { n: 2, others: 2, mail: { isRead: false } }),
      wanted: (start) => changed(start, { done: "marked as read", change: { isRead: true }, n: 2 }),
    },
  ],
});
