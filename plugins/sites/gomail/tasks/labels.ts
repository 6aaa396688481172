import { changed, farMail, oneMail } from "./template.ts";
import type { Start, Template, Wanted } from "./template.ts";

/** Goals about labels. */
export const labels: readonly Template[] = [
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
    scene(draw) {
      const [wanted, other] = [draw.label(), draw.label()];
      const { setup, values } = oneMail(draw, { values: { label: wanted } });
      return { setup: { ...setup, labels: [wanted, other].sort() }, values };
    },
    wanted: labelled,
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
    scene(draw) {
      const [wanted, other] = [draw.label(), draw.label()];
      const { setup, values } = farMail(draw, { label: wanted });
      return { setup: { ...setup, labels: [wanted, other].sort() }, values };
    },
    wanted: labelled,
  },
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
      state: { labels: [...state.labels, values["label"]!] },
    }),
  },
];

function labelled(start: Start): Wanted {
  const label = start.values["label"]!;
  return changed(start, { done: `labelled "${label}"`, change: { labels: [...start.mails[0]!.labels, label] } });
}
