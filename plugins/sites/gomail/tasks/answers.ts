import { update } from "../state/update.ts";
import { farMail, oneMail } from "./template.ts";
import type { Start, Template, Wanted, Written } from "./template.ts";

/** Goals that answer a mail or pass it on. */
export const answers: readonly Template[] = [
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
    wanted: (start) => ({ done: `the mail to ${start.mails[0]!.fromAddress} was sent`, written: answer(start) }),
  },
  {
    name: "forward", // open it, Forward, recipient, Send
    optimum: 4,
    wordings: ["Forward the email from {sender} to {address}.", 'Please forward the message "{subject}" to {address}.'],
    paraphrases: [
      "The person at {address} should see what {sender} wrote, so forward it.",
      'Pass "{subject}" on with a forward to {address}.',
    ],
    scene: (draw) => oneMail(draw, { values: { address: draw.person().address } }),
    wanted({ state, mails: [mail], values }) {
      const opened = update(state, { type: "open-mail", id: mail!.id });
      const { subject, body } = update(opened, { type: "forward" }).compose!;
      const address = values["address"]!;
      return {
        done: `the mail was forwarded to ${address}`,
        written: { folder: "sent", to: [address], subject, content: body },
      };
    },
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
    wanted: (start) => ({ done: `the mail to ${start.mails[0]!.fromAddress} was sent`, written: answer(start) }),
  },
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
    scene(draw) {
      const [wanted, other] = [draw.label(), draw.label()];
      const { setup, values } = oneMail(draw, { values: { text: draw.text(), label: wanted } });
      return { setup: { ...setup, labels: [wanted, other].sort() }, values };
    },
    wanted: answeredAndLabelled,
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
    scene(draw) {
      const [wanted, other] = [draw.label(), draw.label()];
      const { setup, values } = farMail(draw, { text: draw.text(), label: wanted });
      return { setup: { ...setup, labels: [wanted, other].sort() }, values };
    },
    wanted: answeredAndLabelled,
  },
];

function answeredAndLabelled(start: Start): Wanted {
  const [mail] = start.mails;
  const label = start.values["label"]!;
  return {
    done: `the mail to ${mail!.fromAddress} was sent and the answered one labelled "${label}"`,
    written: answer(start),
    mails: { [mail!.id]: { labels: [...mail!.labels, label] } },
  };
}

/** The answer to the meant mail. */
function answer({ mails: [mail], values }: Start): Written {
  const { id, fromAddress, subject } = mail!;
  return { folder: "sent", to: [fromAddress], subject: `Re: ${subject}`, content: values["text"]!, replyTo: id };
}
