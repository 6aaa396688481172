import { inTurn } from "halo-agent/site";
import type { MailDrill } from "../families/mail.ts";
import { isMeant } from "../families/page.ts";
import { answers } from "../reading/writing.ts";
import type { Email } from "../state/state.ts";
import { contact, letter, letterSent, matter } from "./letters.ts";
import { deleted, folder, listed, ticked, trashed } from "./lists-on-page.ts";
import { topicMails, topicTrashed } from "./topics.ts";
import { allRead, inboxRead } from "./whole-lists.ts";

/** Deletes the starred mails, then writes to a contact. */
export const clearAndWrite: MailDrill = {
  name: "clear_and_write",
  milestones: (wish) => inTurn([folder("Starred"), ticked(), deleted], letter(wish)),
  templates: [{
    name: "clear_and_write", // Starred, Select all, Delete, Compose, recipient, subject, message, Send
    optimum: 8,
    wordings: [
      "Delete the starred emails and write an email to {person} about the {about}.",
      "Clear the starred mails and then send an email to {person} asking for the {about}",
    ],
    paraphrases: [
      "Get rid of all starred emails, then email {person} about the {about}.",
      "GoMail: Clean out everything starred and send {person} a message regarding the {about}",
    ],
    scene(draw) {
      const { name, contacts } = contact(draw);
      return { setup: { mails: draw.distractors(1), contacts }, values: { person: name, about: matter(draw) } };
    },
    wanted: (start) => ({
      done: "the starred mails were deleted and the mail was sent",
      items: { emails: { ...letterSent(start), change: trashed(start, (mail) => mail.isStarred) } },
    }),
  }],
};

/** Marks the inbox as read, then deletes the mails of a topic. */
export const readAndClear: MailDrill = {
  name: "read_and_clear",
  milestones: ({ query = "" }) => inTurn(allRead, [listed(query), ticked(), deleted]),
  templates: [{
    name: "read_and_clear", // Select all, Select all conversations, Mark as read, search, Select all, Delete
    optimum: 6,
    wordings: [
      "Mark everything as read and remove the {query} emails.",
      "GoMail: Set all my mails to read, then remove the mails about {query}",
    ],
    paraphrases: [
      "Make every mail read and get rid of all {query} emails.",
      "GoMail: All emails should be marked read, and the {query} mails deleted",
    ],
    scene(draw) {
      const query = draw.query();
      return { setup: { mails: topicMails(draw, query) }, values: { query } };
    },
    wanted(start) {
      const gone = topicTrashed(start, start.values["query"]!);
      const read = Object.entries(inboxRead(start)).map(([id, change]) => [id, { ...change, ...gone[id] }] as const);
      return { done: "all were read and the mails deleted", items: { emails: { change: Object.fromEntries(read) } } };
    },
  }],
};

/** Answers a person's mail, then deletes the mails of a topic. */
export const replyAndClear: MailDrill = {
  name: "reply_and_clear",
  milestones: (wish) =>
    inTurn(answers((mail) => isMeant(wish, mail), () => true), [listed(wish.query ?? ""), ticked(), deleted]),
  templates: [{
    name: "reply_and_clear", // open it, Reply, type, Send, search, Select all, Delete
    optimum: 7,
    wordings: [
      "Please answer the email of {sender} and then delete all {query} emails.",
      "Reply to {sender}'s email, then remove all emails with {query} in the subject.",
    ],
    paraphrases: [
      "Respond to {sender}'s mail and get rid of every {query} email.",
      "GoMail: Write back to {sender} and then trash the {query} mails",
    ],
    scene(draw) {
      const [sender, query] = [draw.person(), draw.query()];
      return {
        setup: { mails: [draw.mail(sender, draw.subject(), "visible"), ...topicMails(draw, query)] },
        values: { sender: sender.name, query },
      };
    },
    wanted(start) {
      const mail = start.state.emails.find((one) => one.from === start.values["sender"])!;
      return {
        done: "the mail was answered and the others deleted",
        items: {
          emails: {
            change: topicTrashed(start, start.values["query"]!),
            add: [{
              among: (one: Email) => one.folder === "sent",
              none: "no answer was sent",
              problem: (one: Email) =>
                one.replyTo === mail.id && one.content.trim() !== "" ? "" : "it is no answer to that mail",
            }],
          },
        },
      };
    },
  }],
};
