import { HaloError } from "halo-agent";
import type { Email, Setup } from "../state/state.ts";
import type { MailDrawer } from "./drawer.ts";
import type { MailAsked, MailScene, MailStart } from "./mail.ts";

type Values = MailScene["values"];

/** One meant mail in view among three others, and these further values. */
export function oneMail(
  draw: MailDrawer,
  o: { readonly mail?: Partial<Setup["mails"][number]>; readonly values?: Values } = {},
): MailScene {
  const [sender, subject] = [draw.person(), draw.subject()];
  return {
    setup: { mails: [{ ...draw.mail(sender, subject, "visible"), ...o.mail }, ...draw.distractors(3)] },
    values: { sender: sender.name, subject, ...o.values },
  };
}

/** A meant mail far down the list, to be searched, and a second one that answers to the same search. */
export function farMail(draw: MailDrawer, more: Values = {}): MailScene {
  const [sender, query] = [draw.person(), draw.query()];
  const subject = draw.subjectWith(query);
  const found = draw.mail(draw.person(), draw.subjectWith(query), "hidden");
  return {
    setup: { mails: [draw.mail(sender, subject, "hidden"), found, ...draw.distractors(2)] },
    values: { sender: sender.name, subject, query, ...more },
  };
}

/** Some meant mails in view among `others`, named `sender`, `second` and `third`. */
export function someMails(
  draw: MailDrawer,
  { n, others, mail = {} }: {
    readonly n: 2 | 3;
    readonly others: number;
    readonly mail?: Partial<Setup["mails"][number]>;
  },
): MailScene {
  const people = Array.from({ length: n }, () => draw.person());
  const mails = people.map((person) => ({ ...draw.mail(person, draw.subject(), "visible"), ...mail }));
  const values = people.map(({ name }, i) => [["sender", "second", "third"][i]!, name] as const);
  return { setup: { mails: [...mails, ...draw.distractors(others)] }, values: Object.fromEntries(values) };
}

/** The scene with two labels more to choose from; the first one is meant. */
export function withLabels(draw: MailDrawer, scene: (label: string) => MailScene): MailScene {
  const [wanted, other] = [draw.label(), draw.label()];
  const { setup, values } = scene(wanted);
  return { setup: { ...setup, labels: [wanted, other].sort() }, values };
}

/** A mailbox in which no mail is meant. */
export function plainScene(draw: MailDrawer, values: Values): MailScene {
  return { setup: { mails: draw.distractors(3) }, values };
}

/** The mails a task adds, in the setup's order, as the start state holds them. */
export function mailsOf({ setup, state }: MailStart): readonly Email[] {
  return setup.mails.map((mail) => {
    const found = state.emails.find((e) => e.fromAddress === mail.fromAddress && e.subject === mail.subject);
    if (found !== undefined) return found;
    throw new HaloError("HALO_BUG", `the start state lacks the task's mail "${mail.subject}"`);
  });
}

/** Asks that the first `n` mails of the setup get these fields. */
export function changed(
  start: MailStart,
  { done, undone = `not ${done}`, change, n = 1 }: {
    /** What is true of a mail that got them, as a participle: "starred". */
    readonly done: string;
    /** What is true of one that did not. Where something is taken off it is what is still there: "still starred". */
    readonly undone?: string;
    readonly change: Partial<Email>;
    readonly n?: number;
  },
): MailAsked {
  const mails = mailsOf(start).slice(0, n);
  return {
    done: `${n === 1 ? "the mail was" : `${n} mails were`} ${done}`,
    items: {
      emails: {
        change: Object.fromEntries(mails.map((mail) => [mail.id, change])),
        not: (mail) => `"${mail.subject}" is ${undone}`,
      },
    },
  };
}

/** Asks that the meant mail gets the task's label. */
export function getsLabel(start: MailStart): MailAsked {
  const label = start.values["label"]!;
  const { labels } = mailsOf(start)[0]!;
  return changed(start, { done: `labelled "${label}"`, change: { labels: [...labels, label] } });
}
