import type { Template } from "./template.ts";

/** Star one mail: click its star. */
export const star: Template = {
  name: "star",
  optimum: 1,
  wordings: [
    "Star the email from {sender}.",
    'Please give the message "{subject}" a star.',
  ],
  scene(draw) {
    const [sender, subject] = [draw.person(), draw.subject()];
    return {
      setup: { mails: [draw.mail(sender, subject, "visible"), ...draw.distractors(3)] },
      values: { sender: sender.name, subject },
    };
  },
};
