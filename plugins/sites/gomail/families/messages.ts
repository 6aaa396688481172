import { button, done } from "halo-agent/site";
import { dateOf, sendPresets } from "../state/time.ts";
import { type Written, writtenMail } from "../written.ts";
import type { MailDrawer } from "./drawer.ts";
import { family, quoted } from "./mail.ts";
import type { MailAsked, MailScene, MailStart } from "./mail.ts";
import { chosenFrom, composed, sent, subjectField } from "./milestones.ts";
import { composer } from "./page.ts";

const { subject } = quoted;

/** Sends a new mail. */
export const compose = family({
  name: "compose",
  reading: {
    says: /\b(send|sent|compose|write|email|message|mail)\b.*\S@\S/i,
    takes: { subject },
    rest: "text",
  },
  milestones: (wish) => [...composed(wish), sent],
  templates: [
    {
      name: "compose", // Compose, recipient, subject, message, Send
      optimum: 5,
      wordings: [
        'Send an email to {address} with the subject "{subject}" and the message "{text}".',
        'Compose a new email for {address}, subject "{subject}", message "{text}".',
      ],
      paraphrases: [
        'Write to {address}: the subject is "{subject}", the message is "{text}".',
        'With "{subject}" as the subject, compose a mail that says "{text}" and send it to {address}.',
      ],
      scene: (draw) => message(draw),
      wanted: sends,
    },
    {
      name: "compose_two", // Compose, recipient, subject, second recipient, message, Send
      optimum: 6,
      wordings: [
        'Send an email to {address} and {other} with the subject "{subject}" and the message "{text}".',
        'Compose a new email for both {address} and {other}, subject "{subject}", message "{text}".',
      ],
      paraphrases: [
        'Write to {address} as well as {other}: the subject is "{subject}", the message is "{text}".',
        'One mail, two people: {address} and {other} get "{text}" with the subject "{subject}", so send it.',
      ],
      scene: (draw) => message(draw, "other"),
      wanted: sends,
    },
    {
      name: "compose_cc", // Compose, Add Cc and Bcc, recipient, copy, subject, message, Send
      optimum: 7,
      wordings: [
        'Send an email to {address} with Cc to {copy}, the subject "{subject}" and the message "{text}".',
        'Compose a new email for {address}, Cc {copy}, subject "{subject}", message "{text}".',
      ],
      paraphrases: [
        'Write to {address} with {copy} in Cc: the subject is "{subject}", the message is "{text}".',
        'Send {address} the message "{text}" with the subject "{subject}"; {copy} gets a copy.',
      ],
      scene: (draw) => message(draw, "copy"),
      wanted: sends,
    },
    {
      name: "compose_all", // as before, and a second recipient after the subject
      optimum: 8,
      wordings: [
        'Send an email to {address} and {other} with Cc to {copy}, the subject "{subject}" and the message "{text}".',
        'Compose a new email for both {address} and {other}, Cc {copy}, subject "{subject}", message "{text}".',
      ],
      paraphrases: [
        'Write to {address} as well as {other} with {copy} in Cc: the subject is "{subject}", the message is "{text}".',
        'Send {address} and {other} the message "{text}" with the subject "{subject}"; {copy} gets a copy.',
      ],
      scene: (draw) => message(draw, "other", "copy"),
      wanted: sends,
    },
  ],
});

/** Leaves a draft. */
export const draft = family({
  name: "draft",
  reading: { says: /\bdraft\b/i, takes: { subject }, rest: "text" },
  milestones: (wish) => [
    ...composed(wish),
    done({ name: "saved", value: 0.5, button: button("Close", composer), gone: subjectField }),
  ],
  templates: [
    {
      name: "save_draft", // Compose, recipient, subject, message, Close
      optimum: 5,
      wordings: [
        'Write a draft to {address} with the subject "{subject}" and the message "{text}", then close the window.',
        'Compose a draft for {address}, subject "{subject}", message "{text}", and close it.',
      ],
      paraphrases: [
        'Leave me a draft for {address}: the subject is "{subject}", the message is "{text}".',
        'Do not send {address} the message "{text}" with the subject "{subject}" yet: close it, so that it stays a draft.',
      ],
      scene: (draw) => message(draw),
      wanted: (start) => ({
        done: `a draft to ${start.values["address"]} was saved`,
        items: { emails: { add: [writtenMail({ ...mailOf(start), folder: "drafts" })] } },
      }),
    },
  ],
});

/** Sends a new mail at a time the page offers. */
export const schedule = family({
  name: "schedule",
  reading: { says: /\bschedule\b/i, takes: { subject, choice: ["\\bfor #"] }, rest: "text" },
  milestones: (wish) => [
    ...composed(wish),
    ...chosenFrom("Schedule send", wish, { name: "scheduled", gone: subjectField, notice: "Send scheduled for" }),
  ],
  templates: [
    {
      name: "schedule", // Compose, recipient, subject, message, Schedule send, pick the time
      optimum: 6,
      wordings: [
        'Schedule an email to {address} with the subject "{subject}" and the message "{text}" for "{choice}".',
        'Compose a new email for {address}, subject "{subject}", message "{text}", and schedule it for "{choice}".',
      ],
      paraphrases: [
        'Write to {address}: the subject is "{subject}", the message is "{text}"; schedule the sending for "{choice}".',
        'For "{choice}" I want to schedule a mail to {address} that says "{text}", with "{subject}" as the subject.',
      ],
      scene: (draw) => {
        const { setup, values } = message(draw);
        return { setup, values: { ...values, choice: draw.choice("sendings") } };
      },
      wanted: (start) => {
        const { at } = sendPresets(start.state.clock).find(({ name }) => name === start.values["choice"])!;
        const mail: Written = { ...mailOf(start), folder: "scheduled", sendAt: at, ...dateOf(at) };
        return {
          done: `the mail to ${mail.to} was scheduled for ${at}`,
          items: { emails: { add: [writtenMail(mail)] } },
        };
      },
    },
  ],
});

/** A mail to one person, and under further names to others. */
function message(draw: MailDrawer, ...further: readonly ("other" | "copy")[]): MailScene {
  const [address, subject, text] = [draw.person().address, draw.subject(), draw.text()];
  return {
    setup: { mails: draw.distractors(3) },
    values: { address, subject, text, ...Object.fromEntries(further.map((name) => [name, draw.person().address])) },
  };
}

/** The mail a task's values describe. */
function mailOf({ values }: MailStart): Written {
  const { address = "", other, copy, subject = "", text = "" } = values;
  const to = other === undefined ? [address] : [address, other];
  return { folder: "sent", to, cc: copy === undefined ? [] : [copy], subject, content: text };
}

function sends(start: MailStart): MailAsked {
  const mail = mailOf(start);
  return { done: `the mail to ${mail.to.join(" and ")} was sent`, items: { emails: { add: [writtenMail(mail)] } } };
}
