import { button, done, exactly, textbox, written } from "halo-agent/site";
import type { GoMailState } from "../state/state.ts";
import { family, quoted } from "./mail.ts";
import { labelled, shown, targeted } from "./milestones.ts";
import { farMail, getsLabel, oneMail, withLabels } from "./scenes.ts";

const nameField = textbox("Label name");

/** Puts a label on a mail. */
export const label = family({
  name: "label",
  reading: { says: /\blabel\b/i, takes: { label: quoted.label, query: quoted.query }, rest: "subject" },
  milestones: (wish) => [...targeted(wish), ...labelled(wish)],
  templates: [
    {
      name: "label", // open or select it, Labels, pick the label
      optimum: 3,
      wordings: [
        'Add the label "{label}" to the email from {sender}.',
        'Please file the message "{subject}" under the label "{label}".',
      ],
      paraphrases: [
        'The mail by {sender} should get "{label}" as its label.',
        'Put the label "{label}" on "{subject}".',
      ],
      scene: (draw) => withLabels(draw, (label) => oneMail(draw, { values: { label } })),
      wanted: getsLabel,
    },
    {
      name: "search_label", // search, open or select it, Labels, pick the label
      optimum: 4,
      wordings: [
        'Search for "{query}" and add the label "{label}" to the email from {sender}.',
        'Look up "{query}" with the search, then file the message written by {sender} under the label "{label}".',
      ],
      paraphrases: [
        'Use the search on "{query}" to find the mail by {sender}, and put the label "{label}" on it.',
        'What {sender} wrote turns up when you search "{query}"; give it the label "{label}".',
      ],
      scene: (draw) => withLabels(draw, (label) => farMail(draw, { label })),
      wanted: getsLabel,
    },
  ],
});

/** Makes a new label. */
export const createLabel = family({
  name: "create_label",
  reading: { says: /\b(new|create|make)\b.*\blabel|\blabel (called|named)/i, rest: "label" },
  milestones: ({ label = "" }) => [
    shown({ name: "dialog", value: 0.3, control: nameField, by: button("Create new label") }),
    written({ name: "text", value: 0.2, field: nameField, text: label }),
    done({
      name: "created",
      value: 0.5,
      button: button("Create"),
      gone: nameField,
      notice: `Label "${label}" created`,
    }),
  ],
  templates: [
    {
      name: "create_label", // Create new label, type the name, Create
      optimum: 3,
      wordings: ['Create a new label called "{label}".', 'Please make a label named "{label}".'],
      paraphrases: [
        'I could use a label called "{label}", so create one.',
        'Set up "{label}" as a new label.',
      ],
      scene: (draw) => ({ setup: { mails: draw.distractors(3) }, values: { label: draw.label() } }),
      wanted: ({ state, values }) => ({
        done: `the label "${values["label"]}" was created`,
        parts: exactly<GoMailState>({ labels: [...state.labels, values["label"]!] }),
      }),
    },
  ],
});
