import type { Action, Element, Observation } from "halo-agent";
import { find, noticeBeside, press } from "halo-agent/site";
import type { PageView } from "halo-agent/site";
import type { MailWish } from "./mail-wish.ts";

/** The mail page as an observation shows it. Messages can be read beside their Undo button. */
export interface MailPage extends PageView {
  /** "SENDER, SUBJECT" of the opened mail. */
  readonly opened: string | undefined;
  /** The same of the rows in view. */
  readonly rows: readonly string[];
  /** The same of the ticked rows in view. */
  readonly selected: readonly string[];
  /** The same of the mails in view with and without a star. */
  readonly starred: readonly string[];
  readonly unstarred: readonly string[];
  /** Recipients of the composer that are complete. */
  readonly recipients: readonly string[];
}

/** Region of the window for a new message. */
export const composer = "dialog:New message";

/** What a page shows. */
export function readPage({ elements }: Observation): MailPage {
  const isOpen = elements.some((e) => e.role === "button" && e.name.startsWith("Back to "));
  const starred = mailsOf(elements, "Remove star from ");
  const unstarred = mailsOf(elements, "Add star to ");
  return {
    elements,
    opened: isOpen ? starred[0] ?? unstarred[0] : undefined,
    rows: mailsOf(elements, "Open "),
    selected: mailsOf(elements.filter((e) => e.states.includes("checked")), "Select "),
    starred,
    unstarred,
    notice: noticeBeside(elements, "Undo"),
    recipients: elements.filter((e) => e.region === composer && /^Remove \S+@\S+$/.test(e.name)).map((e) =>
      e.name.slice(7)
    ),
  };
}

/** True when "SENDER, SUBJECT" is the mail the wish names. */
export function isMeant(wish: MailWish, mail: string | undefined): boolean {
  if (mail === undefined || (wish.sender === undefined && wish.subject === undefined)) return false;
  const [has, sender, subject] = [mail.toLowerCase(), wish.sender?.toLowerCase(), wish.subject?.toLowerCase()];
  return (sender === undefined || has.startsWith(`${sender}, `)) &&
    (subject === undefined || has.endsWith(`, ${subject}`));
}

/** Every mail a wish means, as a wish of its own. */
export function meantBy({ second, third, ...wish }: MailWish): readonly MailWish[] {
  const more = [second, third].flatMap((sender) => sender === undefined ? [] : { kind: wish.kind, sender });
  return [wish, ...more];
}

/** The mails toolbar actions apply to. */
export function targetsIn(page: MailPage): readonly string[] {
  return page.opened === undefined ? page.selected : [page.opened];
}

/** The row in view of the mail a wish names. */
export function rowOf(wish: MailWish, page: MailPage): string | undefined {
  return page.rows.find((mail) => isMeant(wish, mail));
}

/** The control whose name is `verb` and the mail. */
export function named(page: MailPage, verb: string, mail: string | undefined): Element | undefined {
  return mail === undefined ? undefined : page.elements.find((e) => e.name === `${verb} email from ${mail}`);
}

/** Leaves the open mail; undefined when none is open. */
export function back(page: MailPage): Action | undefined {
  return page.opened === undefined
    ? undefined
    : press(page.elements.find((e) => e.role === "button" && e.name.startsWith("Back to ")));
}

/** The button that brings a minimized composer back. */
export function expand(page: MailPage): Element | undefined {
  return find(page, { role: "button", name: "Expand", region: composer });
}

/** "SENDER, SUBJECT" of the controls whose name is `verb` and a mail. */
function mailsOf(elements: readonly Element[], verb: string): string[] {
  const start = `${verb}email from `;
  return elements.filter((e) => e.name.startsWith(start)).map((e) => e.name.slice(start.length));
}
