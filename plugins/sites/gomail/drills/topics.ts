import { button, done, inTurn } from "halo-agent/site";
import type { Control } from "halo-agent/site";
import type { MailDrawer } from "../families/drawer.ts";
import type { MailDrill, MailScene, MailStart } from "../families/mail.ts";
import { shown } from "../families/milestones.ts";
import type { Email, SetupMail } from "../state/state.ts";
import { snoozePresets } from "../state/time.ts";
import { type Changes, changes, deleted, listed, ticked, trashed } from "./lists-on-page.ts";

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

/** Deletes the mails of a person. */
export const clearSender: MailDrill = {
  name: "clear_sender",
  milestones: ({ sender = "" }) => [listed(sender), ticked(), deleted],
  templates: [{
    name: "clear_sender", // search, Select all, Delete
    optimum: 3,
    wordings: [
      "Delete every email that came from {sender}.",
      "GoMail: Clear all mails from {sender}",
      "Remove every email that {sender} sent me",
      "Please delete the emails from {sender}",
      "Throw away whatever {sender} wrote to me.",
      "GoMail: I need no mail of {sender}, delete them all",
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
};

/** Deletes the mails of a topic. */
export const clearTopic: MailDrill = {
  name: "clear_topic",
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
      "Throw away the mails that mention {query}.",
      "GoMail: Everything on {query} can go to the trash",
      "Discard my {query} messages, please",
      "Delete every {query} mail that I got.",
      "GoMail: Throw out each message that has {query} in it",
    ],
    paraphrases: ["Get rid of every {query} email.", "GoMail: Trash all emails that have to do with {query}"],
    scene: (draw) => topicScene(draw),
    wanted: (start) => ({
      done: "the mails were deleted",
      items: { emails: { change: topicTrashed(start, start.values["query"]!) } },
    }),
  }],
};

/** Deletes the mails of two topics. */
export const clearTwo: MailDrill = {
  name: "clear_two",
  milestones: ({ query = "", also = "" }) =>
    inTurn([listed(query), ticked(), deleted], [listed(also), ticked(), deleted]),
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
};

/** How goals speak of the times that the page offers. */
const wakings: Readonly<Record<string, readonly string[]>> = {
  "Later today": ["until later today", "for later today"],
  "Tomorrow": ["until tomorrow", "for tomorrow"],
  "This weekend": ["until this weekend", "for this weekend"],
  "Next week": ["until next week", "for next week"],
};
const wakingOf = (said: string): string => Object.keys(wakings).find((name) => wakings[name]!.includes(said)) ?? said;

/** Snoozes the mails of a topic. */
export const snoozeTopic: MailDrill = {
  name: "snooze_topic",
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
      "Please snooze my {query} messages {choice}.",
      "I cannot look at the {query} mails now, snooze them {choice}",
    ],
    paraphrases: [
      "Put all {query} emails on snooze {choice}.",
      'GoMail: The "{query}" mails should be snoozed {choice}',
    ],
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
};
