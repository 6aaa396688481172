import type { Element, Observation } from "halo-agent";
import type { Wish } from "./goal.ts";

/** Reads the mail page from what an observation shows: names, values and states of controls, nothing else. */
export interface Page {
  readonly elements: readonly Element[];
  /** "SENDER, SUBJECT" of the opened mail. */
  readonly opened: string | undefined;
  /** The same of the rows in view. */
  readonly rows: readonly string[];
  /** The same of the ticked rows in view. */
  readonly selected: readonly string[];
  /** The same of the mails in view with and without a star. */
  readonly starred: readonly string[];
  readonly unstarred: readonly string[];
  /** Text of the notice with the Undo button, "" where the page does not tie it to the button; undefined without notice. */
  readonly notice: string | undefined;
  /** Recipients of the composer that are complete. */
  readonly recipients: readonly string[];
}

/** Region of the window for a new message. */
export const composer = "dialog:New message";

/** What a page shows. */
export function readPage({ elements }: Observation): Page {
  const isOpen = elements.some((e) => e.role === "button" && e.name.startsWith("Back to "));
  const starred = mailsOf(elements, "Remove star from ");
  const unstarred = mailsOf(elements, "Add star to ");
  const undo = elements.find((e) => e.role === "button" && e.name === "Undo");
  return {
    elements,
    opened: isOpen ? starred[0] ?? unstarred[0] : undefined,
    rows: mailsOf(elements, "Open "),
    selected: mailsOf(elements.filter((e) => e.states.includes("checked")), "Select "),
    starred,
    unstarred,
    notice: undo?.near,
    recipients: elements.filter((e) => isIn(e, composer) && /^Remove \S+@\S+$/.test(e.name)).map((e) =>
      e.name.slice(7)
    ),
  };
}

/** The control with this role and name, in this region when one is given. */
export function control(page: Page, role: string, name: string, region = ""): Element | undefined {
  return page.elements.find((e) => e.role === role && e.name === name && isIn(e, region));
}

/** True when "SENDER, SUBJECT" is the mail the wish names. */
export function isMeant(wish: Wish, mail: string | undefined): boolean {
  if (mail === undefined || (wish.sender === undefined && wish.subject === undefined)) return false;
  const [has, sender, subject] = [mail.toLowerCase(), wish.sender?.toLowerCase(), wish.subject?.toLowerCase()];
  return (sender === undefined || has.startsWith(`${sender}, `)) &&
    (subject === undefined || has.endsWith(`, ${subject}`));
}

/** True when toolbar actions would apply to the mail the wish names and to no other in view. */
export function isAtHand(wish: Wish, page: Page): boolean {
  if (page.opened !== undefined) return isMeant(wish, page.opened);
  return page.selected.length === 1 && isMeant(wish, page.selected[0]);
}

/** True when a notice is in view and, as far as it can be read, begins with `text`. */
export function says({ notice }: Page, text: string): boolean {
  return notice !== undefined && (notice === "" || notice.startsWith(text));
}

/** "SENDER, SUBJECT" of the controls whose name is `verb` and a mail. */
function mailsOf(elements: readonly Element[], verb: string): string[] {
  const start = `${verb}email from `;
  return elements.filter((e) => e.name.startsWith(start)).map((e) => e.name.slice(start.length));
}

function isIn(element: Element, region: string): boolean {
  return region === "" || element.region === region;
}
