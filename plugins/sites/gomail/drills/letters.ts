import { find } from "halo-agent/site";
import { createLabel } from "../families/labels.ts";
import type { MailDrawer } from "../families/drawer.ts";
import type { MailAsked, MailDrill, MailMilestone, MailScene, MailStart } from "../families/mail.ts";
import { toField } from "../families/milestones.ts";
import type { MailPage } from "../families/page.ts";
import type { MailWish } from "../families/mail-wish.ts";
import { recipient, saying, sends } from "../reading/writing.ts";
import type { Email } from "../state/state.ts";

/** Words that tell what a mail has to say, quoted in no goal: some with a capital or an abbreviation, as names of things have. */
export function matter(draw: MailDrawer): string {
  const subject = draw.subject();
  const [topic = "", thing = ""] = subject.split(" ");
  const ways = [subject.toLowerCase(), subject.toLowerCase(), subject, `${topic.slice(0, 3).toUpperCase()} ${thing}`];
  return ways[draw.below(ways.length)]!;
}

/** A sentence to pass on, as it stands after "that". */
function fact(draw: MailDrawer): string {
  const text = draw.text().replace(/,.*$/, "");
  return /^I /.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** A person who is a contact, among others. */
export function contact(draw: MailDrawer) {
  const [one, other] = [draw.person(), draw.person()];
  return { name: one.name, contacts: [one, other] };
}

/** What pays for a new mail to a contact that says what the goal wants said. */
export const letter = ({ person = "", about = "", also = "" }: MailWish): readonly MailMilestone[] =>
  sends({ to: [recipient(person)], says: says(about, also) }).map((one) =>
    one.name === "recipient" ? addressed(person, one) : one
  );

/** Tests for all that a mail has to say. */
const says = (...texts: readonly string[]): readonly RegExp[] =>
  texts.flatMap((text) => text === "" ? [] : saying(text));

/** The contact is chosen, or To reads the whole name or one part of it and nothing else: then the page finds the contact. */
function addressed(person: string, like: MailMilestone): MailMilestone {
  const parts = person.toLowerCase().split(" ");
  const isNamed = (typed: string): boolean => [...parts, parts.join(" ")].includes(typed.trim().toLowerCase());
  const isRight = (page: MailPage): boolean => {
    const typed = find(page, toField)?.value ?? "";
    const [chosen, ...others] = page.recipients;
    if (others.length > 0) return false;
    if (chosen === undefined) return isNamed(typed);
    return typed.trim() === "" && parts.every((part) => chosen.toLowerCase().includes(part));
  };
  return { ...like, stands: isRight, reached: ({ to }) => isRight(to) && `${person} is in To` };
}

/** Asks for one new mail to the contact, with a subject, that says what the goal wants said. */
export function letterSent({ setup, values }: MailStart): NonNullable<NonNullable<MailAsked["items"]>["emails"]> {
  const address = setup.contacts![0]!.address;
  const { about = "", also = "" } = values;
  const words = says(about, also);
  return {
    add: [{
      among: (mail: Email) => mail.folder === "sent" && mail.replyTo === undefined,
      none: "no mail was sent",
      problem(mail: Email) {
        if (mail.to.join() !== address || mail.cc.length + mail.bcc.length > 0) {
          return `the mail went to ${mail.to.join(", ")}`;
        }
        if (mail.subject.trim() === "" || mail.content.trim() === "") return "the mail has no subject or no text";
        const said = `${mail.subject}\n${mail.content}`;
        const wanted = [about, also].filter((one) => one !== "").join('" and "');
        return words.every((one) => one.test(said)) ? "" : `the mail does not say "${wanted}"`;
      },
    }],
  };
}

const asked = (start: MailStart): MailAsked => ({ done: "the mail was sent", items: { emails: letterSent(start) } });

function scene(draw: MailDrawer, called: (name: string) => string): MailScene {
  const { name, contacts } = contact(draw);
  const about = draw.below(2) === 0 ? `the ${matter(draw)}` : fact(draw);
  return { setup: { mails: draw.distractors(2), contacts }, values: { person: called(name), about } };
}

/** A mail about a thing, as a noun after "about", "for". */
const noun = (draw: MailDrawer, called: (name: string) => string): MailScene => {
  const { name, contacts } = contact(draw);
  return { setup: { mails: draw.distractors(2), contacts }, values: { person: called(name), about: matter(draw) } };
};

const first = (name: string): string => name.split(" ")[0]!;

/** Writes to a contact by whole name. */
export const writeFull: MailDrill = {
  name: "write_full",
  milestones: letter,
  templates: [{
    name: "write_full", // Compose, recipient, subject, message, Send
    optimum: 5,
    wordings: [
      "Write an email to {person} about the {about}.",
      "Send an email to {person} asking for the {about}",
      "GoMail: Write to {person} and ask when the {about} will be ready",
      "Email {person} and ask for a copy of the {about}.",
      "Go Mail: Send {person} a message regarding the {about}",
      "Write an email to {person} to find out who has the {about}",
      "Send a mail to {person} and tell her to bring the {about}.",
      "Ask {person} by email whether the {about} is complete",
      "GoMail: Thank {person} for the {about} in an email",
      "Get in touch with {person} by email about the {about}.",
      "I need the {about} from {person}, write an email to ask for it",
      "Go Mail: Mail {person} to see how the {about} is going",
    ],
    paraphrases: [
      "GoMail: Compose an email to {person} inquiring about the {about}",
      "Contact {person} by email and request the {about}.",
      "Please send {person} an email to remind him of the {about}",
    ],
    scene: (draw) => noun(draw, (name) => name),
    wanted: asked,
  }],
};

/** Writes to a contact by first name. */
export const writeFirst: MailDrill = {
  name: "write_first",
  milestones: letter,
  templates: [{
    name: "write_first",
    optimum: 5,
    wordings: [
      "GoMail: Let {person} know that {about}",
      "Email {person} to say that {about}.",
      "GoMail: Send a mail to {person} telling her that {about}",
      "Tell {person} by mail that {about}.",
      "Go Mail: Send a message to {person} because {about}",
      "Write {person} an email saying that {about}",
      "GoMail: Give {person} the news in an email: {about}",
      "Please pass on to {person} by mail that {about}.",
      "Explain to {person} in an email that {about}",
    ],
    paraphrases: [
      "GoMail: Notify {person} that {about}",
      "Go Mail: Drop {person} an email, informing him that {about}",
      "Mail {person} to announce that {about}",
    ],
    scene: (draw) => scene(draw, first),
    wanted: asked,
  }],
};

/** Writes to a contact whose name is in small letters. */
export const writeLower: MailDrill = {
  name: "write_lower",
  milestones: letter,
  templates: [{
    name: "write_lower",
    optimum: 5,
    wordings: [
      "write an email to {person} and ask about the {about}",
      "Send an email to {person} and say that the {about} is needed by monday.",
      "email {person} to ask where the {about} is",
      "tell {person} by email that the {about} is late",
      "GoMail: please mail {person} about the {about}",
    ],
    paraphrases: [
      "Compose an email to {person} and mention that the {about} arrived.",
      "send a message to {person} and ask to see the {about}",
    ],
    scene: (draw) => noun(draw, (name) => name.toLowerCase()),
    wanted: asked,
  }],
};

/** Writes two things to one contact: the mail has to say both. */
export const writeBoth: MailDrill = {
  name: "write_both",
  milestones: letter,
  templates: [{
    name: "write_both",
    optimum: 5,
    wordings: [
      "Write an email to {person} about the {about} and the {also}.",
      "GoMail: Ask {person} by email for the {about} and for the {also}",
      "Tell {person} by mail that the {about} is done but the {also} is not.",
      "Send {person} a mail asking if the {about} came and where the {also} is",
      "Email {person} because the {about} is late, and say that the {also} is missing",
    ],
    paraphrases: [
      "GoMail: Contact {person} by mail to request the {about} as well as the {also}",
      "Message {person} that the {about} arrived while the {also} did not.",
    ],
    scene: (draw) => {
      const { setup, values } = noun(draw, draw.below(2) === 0 ? first : (name) => name);
      return { setup, values: { ...values, also: matter(draw) } };
    },
    wanted: asked,
  }],
};

/** Makes a new label whose name stands without quotation marks. */
export const nameLabel: MailDrill = {
  name: "name_label",
  milestones: createLabel.milestones,
  templates: [{
    name: "name_label", // Create new label, type the name, Create
    optimum: 3,
    wordings: [
      "Create the label {label} because I get many mails of that kind",
      "Add a new label named {label}, please",
      "GoMail: Make a label {label} for the mails of that kind",
      "I need a new label {label} in my mailbox.",
      "GoMail: Start the label {label} for me, there are many such mails",
      "Add {label} as a label so that my mails are in order",
      "A label called {label} would help me, please make one",
    ],
    paraphrases: [
      "GoMail: Set up a label with the name {label} so that I can sort things",
      "Please create the label {label} since I get a lot of such emails",
    ],
    scene: (draw) => ({
      setup: { mails: draw.distractors(2) },
      values: { label: `${draw.label()} ${draw.subject().split(" ")[0]}` },
    }),
    wanted: ({ values, state }) => ({
      done: `the label ${values["label"]} was made`,
      parts: {
        labels: (now) =>
          now.join("\n") === [...state.labels, values["label"]].join("\n") ? "" : "another label was made",
      },
    }),
  }],
};
