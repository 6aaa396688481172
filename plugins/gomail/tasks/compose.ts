import type { Template } from "./template.ts";

/** Send a new mail: Compose, recipient, subject, message, Send. */
export const compose: Template = {
  name: "compose",
  optimum: 5,
  wordings: [
    'Send an email to {address} with the subject "{subject}" and the message "{text}".',
    'Compose a new email for {address}, subject "{subject}", message "{text}".',
  ],
  scene(draw) {
    return {
      setup: { mails: draw.distractors(3) },
      values: { address: draw.person().address, subject: draw.subject(), text: draw.text() },
    };
  },
};
