import { changed, oneMail } from "./template.ts";
import type { Template } from "./template.ts";

/** Goals that change how a mail is marked: stars, read and unread. */
export const marks: readonly Template[] = [
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
  {
    name: "unstar", // click its star
    optimum: 1,
    wordings: ["Unstar the email from {sender}.", 'Please remove the star from the message "{subject}".'],
    paraphrases: [
      "Take the star off the mail I got from {sender}.",
      'The star on "{subject}" can go away now.',
    ],
    scene: (draw) => oneMail(draw, { mail: { isStarred: true } }),
    wanted: (start) => changed(start, { done: "without star", change: { isStarred: false } }),
  },
  {
    name: "mark_unread", // open or select it, Mark as unread
    optimum: 2,
    wordings: ["Mark the email from {sender} as unread.", 'Please set the message "{subject}" back to unread.'],
    paraphrases: [
      "Make the note from {sender} show up as unread again.",
      '"{subject}" should count as unread, flag it that way.',
    ],
    scene: (draw) => oneMail(draw, { mail: { isRead: true } }),
    wanted: (start) => changed(start, { done: "marked as unread", change: { isRead: false } }),
  },
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
    scene(draw) {
      const [one, two] = [draw.person(), draw.person()];
      const mails = [one, two].map((person) => ({ ...draw.mail(person, draw.subject(), "visible"), isRead: false }));
      return {
        setup: { mails: [...mails, ...draw.distractors(2)] },
        values: { sender: one.name, second: two.name },
      };
    },
    wanted: (start) => changed(start, { done: "marked as read", change: { isRead: true }, n: 2 }),
  },
];
