import type { Email, GoMailState, Setup } from "../state/state.ts";
import type { Drawer } from "./drawer.ts";

/** A family of tasks that differ in their values only. */
export interface Template {
  readonly name: string;
  /** Fewest steps that solve it with one click, one filled field or one search a step; Enter and shortcut keys not counted. */
  readonly optimum: number;
  /** Goal texts of `train` and `eval`; `{sender}` stands for the value of that name. */
  readonly wordings: readonly [string, string];
  /** Goal texts of `paraphrase`: what other people would write. */
  readonly paraphrases: readonly [string, string];
  scene(draw: Drawer): Scene;
  /** What the goal lets the mailbox become; everything else must stay. */
  wanted(start: Start): Wanted;
}

/** One task's mailbox and values. */
export interface Scene {
  readonly setup: Setup;
  readonly values: Values;
}

export type Values = Readonly<Record<string, string>>;

/** What a predicate may look at: the values of the task, the mails it added, in the setup's order, and the whole state. */
export interface Start {
  readonly values: Values;
  readonly mails: readonly Email[];
  readonly state: GoMailState;
}

/** A changed mailbox: each part absent means unchanged. */
export interface Wanted {
  /** What the meant mails or the mailbox are afterwards, for the verdict's reason. */
  readonly done: string;
  /** Changed fields of mails by id. */
  readonly mails?: Readonly<Record<string, Partial<Email>>>;
  /** The one new mail. */
  readonly written?: Written;
  /** Other parts of the state as they must be afterwards. */
  readonly state?: Partial<GoMailState>;
}

/** What is checked of a new mail; `cc` absent means no copies, everything else absent is not there. */
export type Written =
  & Pick<Email, "folder" | "to" | "subject" | "content">
  & Partial<Omit<Email, "id" | "from" | "fromAddress">>;

/** The goal text of one wording. */
export function worded(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
}

/** The scene most goals need: one meant mail in view among three others, and these further values. */
export function oneMail(
  draw: Drawer,
  o: { readonly mail?: Partial<Setup["mails"][number]>; readonly values?: Values } = {},
): Scene {
  const [sender, subject] = [draw.person(), draw.subject()];
  return {
    setup: { mails: [{ ...draw.mail(sender, subject, "visible"), ...o.mail }, ...draw.distractors(3)] },
    values: { sender: sender.name, subject, ...o.values },
  };
}

/** The scene of goals that search: a meant mail far down the list, a second one that answers to the same search. */
export function farMail(draw: Drawer, more: Values = {}): Scene {
  const [sender, query] = [draw.person(), draw.query()];
  const subject = draw.subjectWith(query);
  const found = draw.mail(draw.person(), draw.subjectWith(query), "hidden");
  return {
    setup: { mails: [draw.mail(sender, subject, "hidden"), found, ...draw.distractors(2)] },
    values: { sender: sender.name, subject, query, ...more },
  };
}

/** The wish that the first `n` mails of the setup get these fields. */
export function changed(
  { mails }: Start,
  o: { readonly done: string; readonly change: Partial<Email>; readonly n?: number },
): Wanted {
  return { done: o.done, mails: Object.fromEntries(mails.slice(0, o.n ?? 1).map((mail) => [mail.id, o.change])) };
}
