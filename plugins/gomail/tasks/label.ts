import type { Template } from "./template.ts";

/** Label one mail: open or select it, Labels, pick the label. */
export const label: Template = {
  name: "label",
  optimum: 3,
  wordings: [
    'Add the label "{label}" to the email from {sender}.',
    'Please file the message "{subject}" under the label "{label}".',
  ],
  scene(draw) {
    const [sender, subject, wanted, other] = [draw.person(), draw.subject(), draw.label(), draw.label()];
    return {
      setup: {
        mails: [draw.mail(sender, subject, "visible"), ...draw.distractors(3)],
        labels: [wanted, other].sort(),
      },
      values: { sender: sender.name, subject, label: wanted },
    };
  },
};
