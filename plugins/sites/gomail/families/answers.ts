import { update } from "../state/update.ts";
import { writtenMail } from "../written.ts";
import { family, quoted } from "./mail.ts";
import type { MailAsked, MailStart } from "./mail.ts";
import { answered, forwarding, labelled, opened, searched, sent } from "./milestones.ts";
import { farMail, getsLabel, mailsOf, oneMail, withLabels } from "./scenes.ts";

/** Answers a mail. */
export const reply = family({
  name: "reply",
  reading: {
    says: /\b(reply|replies|replying|answer|write back|respond)\b/i,
    takes: { text: quoted.reply, query: quoted.query },
    rest: "subject",
  },
  milestones: (wish) => [...searched(wish), opened(wish), ...answered(wish)],
  templates: [
    {
      name: "reply", // open it, Reply, type the text, Send
      optimum: 4,
      wordings: [
        'Reply to the email from {sender} with "{text}".',
        'Answer the message "{subject}" with the reply "{text}".',
      ],
      paraphrases: [
        'Let {sender} know "{text}" in a reply to that mail.',
        'Write "{text}" as your reply to "{subject}" and send it.',
      ],
      scene: (draw) => oneMail(draw, { values: { text: draw.text() } }),
      wanted: answer,
    },
    {
      name: "search_reply", // search, open it, Reply, type the text, Send
      optimum: 5,
      wordings: [
        'Search for "{query}" and reply to the email from {sender} with "{text}".',
        'Look up "{query}" with the search, then answer the message written by {sender} with the reply "{text}".',
      ],
      paraphrases: [
        'Use the search on "{query}" to find the mail by {sender}, and send "{text}" as your reply.',
        'What {sender} wrote turns up when you search "{query}"; the reply to it should be "{text}".',
      ],
      scene: (draw) => farMail(draw, { text: draw.text() }),
      wanted: answer,
    },
  ],
});

/** Answers a mail and puts a label on it. */
export const replyLabel = family({
  name: "reply_label",
  reading: {
    says:
      /\b(repl(y|ies|ied)|answer|write back|respond)\b.*\blabel\b|\blabel\b.*\b(repl(y|ies|ied)|answer|write back)\b/i,
    takes: { label: quoted.label, text: quoted.reply, query: quoted.query },
    rest: "subject",
  },
  milestones: (wish) => [...searched(wish), opened(wish), ...answered(wish), ...labelled(wish)],
  templates: [
    {
      name: "reply_label", // open it, Reply, type the text, Send, Labels, pick the label
      optimum: 6,
      wordings: [
        'Reply to the email from {sender} with "{text}" and add the label "{label}" to it.',
        'Answer the message "{subject}" with the reply "{text}", then file it under the label "{label}".',
      ],
      paraphrases: [
        'Let {sender} know "{text}" in a reply, and put the label "{label}" on the mail you answer.',
        'The message "{subject}" needs the reply "{text}"; after that give it "{label}" as its label.',
      ],
      scene: (draw) => withLabels(draw, (label) => oneMail(draw, { values: { text: draw.text(), label } })),
      wanted: answerAndLabel,
    },
    {
      name: "search_reply_label", // search, open it, Reply, type the text, Send, Labels, pick the label
      optimum: 7,
      wordings: [
        'Search for "{query}", reply to the email from {sender} with "{text}" and add the label "{label}" to it.',
        'Look up "{query}" with the search, answer {sender} with the reply "{text}" and file that mail under the label "{label}".',
      ],
      paraphrases: [
        'Use the search on "{query}" to find the mail by {sender}; send "{text}" as your reply and give the mail the label "{label}".',
        'What {sender} wrote turns up when you search "{query}": the reply to it should be "{text}", its label "{label}".',
      ],
      scene: (draw) => withLabels(draw, (label) => farMail(draw, { text: draw.text(), label })),
      wanted: answerAndLabel,
    },
  ],
});

/** Passes a mail on. */
export const forward = family({
  name: "forward",
  reading: { says: /\bforward\b/i, rest: "subject" },
  milestones: (wish) => [opened(wish), ...forwarding(wish), sent],
  templates: [
    {
      name: "forward", // open it, Forward, recipient, Send
      optimum: 4,
      wordings: [
        "Forward the email from {sender} to {address}.",
        'Please forward the message "{subject}" to {address}.',
      ],
      paraphrases: [
        "The person at {address} should see what {sender} wrote, so forward it.",
        'Pass "{subject}" on with a forward to {address}.',
      ],
      scene: (draw) => oneMail(draw, { values: { address: draw.person().address } }),
      wanted: (start) => {
        const [mail] = mailsOf(start);
        const address = start.values["address"]!;
        const opened = update(start.state, { type: "open-mail", id: mail!.id });
        const { subject, body } = update(opened, { type: "forward" }).compose!;
        return {
          done: `the mail was forwarded to ${address}`,
          items: { emails: { add: [writtenMail({ folder: "sent", to: [address], subject, content: body })] } },
        };
      },
    },
  ],
});

/** Asks for the answer to the meant mail. */
function answer(start: MailStart): MailAsked {
  const { id, fromAddress, subject } = mailsOf(start)[0]!;
  const content = start.values["text"]!;
  const mail = writtenMail({ folder: "sent", to: [fromAddress], subject: `Re: ${subject}`, content, replyTo: id });
  return { done: `the mail to ${fromAddress} was sent`, items: { emails: { add: [mail] } } };
}

function answerAndLabel(start: MailStart): MailAsked {
  const [answered, labelled] = [answer(start), getsLabel(start)];
  return {
    done: `${answered.done} and the answered one labelled "${start.values["label"]}"`,
    items: { emails: { ...answered.items?.emails, ...labelled.items?.emails } },
  };
}
