import { button, done, find, lookFurther } from "halo-agent/site";
import type { Control } from "halo-agent/site";
import type { MailMilestone, MailStart } from "../families/mail.ts";
import type { MailPage } from "../families/page.ts";
import type { Email, GoMailState } from "../state/state.ts";

const searchField: Control = { role: "searchbox", name: "Search mail" };
const selectAll: Control = { role: "checkbox", name: "Select all" };
/** Fields that mails must get, by id. */
export type Changes = Readonly<Record<string, Partial<Email>>>;

/** The mails that answer to a word are listed by a search for it. */
export function listed(query: string): MailMilestone {
  const stands = (page: MailPage): boolean =>
    find(page, searchField)?.value?.trim().toLowerCase() === query.toLowerCase() &&
    page.elements.some((e) => e.role === "button" && e.name === "Clear search") &&
    !page.elements.some((e) => e.role === "link" && e.name === "Inbox" && e.states.includes("selected"));
  return {
    name: "found",
    value: 0.3,
    role: "hand",
    stands,
    reached: ({ from, to }) => stands(to) && !stands(from) && `the search for "${query}" is shown`,
    towards: () => lookFurther,
  };
}

/** A list of the mailbox is shown. */
export function folder(link: string): MailMilestone {
  const is = (page: MailPage): boolean =>
    find(page, { role: "link", name: link })?.states.includes("selected") === true;
  return {
    name: "list",
    value: 0.3,
    role: "hand",
    stands: is,
    reached: ({ to, from }) => is(to) && !is(from) && `${link} is shown`,
    towards: () => lookFurther,
  };
}

/** All rows of the page that is shown are ticked. */
export function ticked(): MailMilestone {
  const stands = (page: MailPage): boolean => find(page, selectAll)?.states.includes("checked") === true;
  return {
    name: "ticked",
    value: 0.3,
    role: "hand",
    stands,
    reached: ({ to }) => stands(to) && "the whole page is ticked",
    towards: () => lookFurther,
  };
}

/** The rows of all pages are ticked. */
export function allPages(): MailMilestone {
  const stands = (page: MailPage): boolean => find(page, button("Clear selection")) !== undefined;
  return {
    name: "pages",
    value: 0.2,
    role: "hand",
    stands,
    reached: ({ to }) => stands(to) && "all pages are ticked",
    towards: () => lookFurther,
  };
}

/** What was ticked was moved to Trash. */
export const deleted: MailMilestone = done({
  name: "deleted",
  value: 0.5,
  button: button("Delete"),
  gone: button("Delete"),
});

/** Asks that the mails of the inbox that pass go to Trash. */
export function trashed({ state }: MailStart, isMeant: (mail: Email) => boolean): Changes {
  return changes(state, isMeant, { folder: "trash" });
}

/** Asks that the mails of the inbox that pass get these fields. */
export function changes(state: GoMailState, isMeant: (mail: Email) => boolean, change: Partial<Email>): Changes {
  const meant = state.emails.filter((mail) => mail.folder === "inbox" && isMeant(mail));
  return Object.fromEntries(meant.map((mail) => [mail.id, change]));
}
