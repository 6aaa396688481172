import type { Template } from "./template.ts";

/** Answer one mail: open it, Reply, type the text, Send. */
export const reply: Template = {
  name: "reply",
  optimum: 4,
  wordings: [
    'Reply to the email from {sender} with "{text}".',
    'Answer the message "{subject}" with the reply "{text}".',
  ],
  scene(draw) {
    const [sender, subject] = [draw.person(), draw.subject()];
    return {
      setup: { mails: [draw.mail(sender, subject, "visible"), ...draw.distractors(3)] },
      values: { sender: sender.name, subject, text: draw.text() },
    };
  },
};
