import type { Template } from "./template.ts";

/** Delete a mail far down the list: search, open or select it, Delete. A second mail answers to the same search. */
export const searchDelete: Template = {
  name: "search_delete",
  optimum: 3,
  wordings: [
    'Search for "{query}" and delete the email from {sender}.',
    'Look up "{query}" with the search, then delete the message written by {sender}.',
  ],
  scene(draw) {
    const [sender, query] = [draw.person(), draw.query()];
    const subject = draw.subjectWith(query);
    const found = draw.mail(draw.person(), draw.subjectWith(query), "hidden");
    return {
      setup: { mails: [draw.mail(sender, subject, "hidden"), found, ...draw.distractors(2)] },
      values: { sender: sender.name, subject, query },
    };
  },
};
