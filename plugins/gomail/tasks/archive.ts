import type { Template } from "./template.ts";

/** Archive one mail: open or select it, Archive. */
export const archive: Template = {
  name: "archive",
  optimum: 2,
  wordings: [
    "Archive the email from {sender}.",
    'The message "{subject}" is settled, please archive it.',
  ],
  scene(draw) {
    const [sender, subject] = [draw.person(), draw.subject()];
    return {
      setup: { mails: [draw.mail(sender, subject, "visible"), ...draw.distractors(3)] },
      values: { sender: sender.name, subject },
    };
  },
};
