import { button, done, fill, find, isControl, lookFurther, press, ready } from "halo-agent/site";
import { shown as inView, textbox, written } from "halo-agent/site";
import type { Action } from "halo-agent";
import type { Control, Where } from "halo-agent/site";
import type { MailMilestone } from "./mail.ts";
import type { MailWish } from "./mail-wish.ts";
import { back, composer, expand, isMeant, meantBy, named, rowOf, targetsIn } from "./page.ts";
import type { MailPage } from "./page.ts";

export const subjectField = textbox("Subject", composer);
export const toField: Control = { role: "combobox", name: "To", region: composer };
export const send = button("Send", composer);

/** A control came into view; a minimized composer may hide it. */
export const shown = (o: Omit<Parameters<typeof inView>[0], "before">): MailMilestone =>
  inView<MailPage>({ ...o, before: expand });

/** A new mail was sent. */
export const sent: MailMilestone = done({
  name: "sent",
  value: 0.5,
  button: send,
  gone: subjectField,
  notice: "Message sent",
});

/** The meant mail is open. */
export function opened(wish: MailWish): MailMilestone {
  const stands = (page: MailPage): boolean => isMeant(wish, page.opened);
  return {
    name: "mail",
    value: 0.3,
    role: "hand",
    stands,
    reached: ({ to }) => stands(to) && targetText(to),
    towards: (at) => back(at.page) ?? press(named(at.page, "Open", rowOf(wish, at.page))) ?? search(wish, at),
  };
}

/** The meant mail's star was turned on or off. */
export function starred(wish: MailWish, on: boolean): MailMilestone {
  const [now, before] = on ? ["starred", "unstarred"] as const : ["unstarred", "starred"] as const;
  return {
    name: now,
    value: 0.5,
    role: "free",
    stands: (page) => page[now].some((mail) => isMeant(wish, mail)),
    reached({ from, to }) {
      const mail = to[now].find((one) => isMeant(wish, one));
      return mail !== undefined && from[before].includes(mail) && `"${mail}" has ${on ? "a" : "no"} star`;
    },
    towards(at) {
      const mail = at.page[before].find((one) => isMeant(wish, one));
      return press(named(at.page, on ? "Add star to" : "Remove star from", mail)) ?? search(wish, at);
    },
  };
}

/** The meant mails are what actions apply to: searched for if the goal says so, then selected one by one, or the one opened. */
export function targeted(wish: MailWish): readonly MailMilestone[] {
  const { second, third } = wish;
  const n = 1 + Number(second !== undefined) + Number(third !== undefined);
  return [...searched(wish), ...Array.from({ length: n }, (_, i) => picked(wish, i + 1))];
}

/** At least `n` of the meant mails, and no other, are selected; or the one meant mail is open. */
function picked(wish: MailWish, n: number): MailMilestone {
  const stands = (page: MailPage): boolean => {
    const hand = targetsIn(page);
    return hand.length >= n && hand.every((mail) => meantBy(wish).some((one) => isMeant(one, mail)));
  };
  return {
    name: n === 1 ? "mail" : `mail_${n}`,
    value: 0.3,
    role: "hand",
    stands,
    reached: ({ to }) => stands(to) && targetText(to),
    towards: (at) => select(wish, at),
  };
}

/** The meant mail is found by the goal's search, if the goal has one. */
export function searched(wish: MailWish): readonly MailMilestone[] {
  return wish.query === undefined ? [] : [found(wish)];
}

/** The folder that holds the meant mail is shown. */
export function followed(wish: MailWish, link: string): MailMilestone {
  return found(wish, { role: "link", name: link });
}

/** The row of the meant mail came into view by the search of the goal, or by following `link`. */
function found(wish: MailWish, link?: Control): MailMilestone {
  return {
    name: "found",
    value: 0.3,
    role: "free",
    stands: (page) => rowOf(wish, page) !== undefined || targetsIn(page).some((mail) => isMeant(wish, mail)),
    reached({ from, to, acted, isScroll }) {
      const row = rowOf(wish, to);
      if (isScroll || row === undefined || from.rows.includes(row)) return false;
      const isBy = link === undefined
        ? wish.query !== undefined && find(to, searchField)?.value === wish.query
        : acted !== undefined && isControl(acted, link);
      return isBy && `"${row}" is in view`;
    },
    towards: (at) => link === undefined ? search(wish, at) : press(find(at.page, link)) ?? lookFurther,
  };
}

/** The selected or opened mails were moved. */
export function moved(
  wish: MailWish,
  o: { readonly name: string; readonly by: string; readonly how: string },
): MailMilestone {
  const by = button(o.by);
  return done({ name: o.name, value: 0.5, button: by, gone: by, notice: `${count(wish)} ${o.how}` });
}

/** The selected or opened mails were marked. */
export function marked(wish: MailWish, how: "read" | "unread"): MailMilestone {
  const notice = `${count(wish)} marked as ${how}`;
  return done({ name: "marked", value: 0.5, button: button(`Mark as ${how}`), notice });
}

/** A menu with the goal's choice was opened, and the choice taken. */
export function chosenFrom(
  menu: string,
  { choice = "" }: MailWish,
  { name, notice, gone }: { readonly name: string; readonly notice: string; readonly gone?: Control },
): readonly MailMilestone[] {
  const item: Control = { role: "menuitem", name: choice, begins: true };
  return [
    shown({ name: "menu", value: 0.2, control: item, by: button(menu) }),
    done({ name, value: 0.5, button: item, gone: gone ?? item, notice }),
  ];
}

/** The goal's label was put on the selected or opened mails. */
export function labelled({ label = "" }: MailWish): readonly MailMilestone[] {
  const item: Control = { role: "menuitemcheckbox", name: label };
  return [
    shown({ name: "labels_menu", value: 0.2, control: item, by: button("Labels") }),
    done({ name: "labelled", value: 0.5, button: item, gone: item, notice: `Label "${label}" added` }),
  ];
}

/** The open mail was answered. */
export function answered({ text = "" }: MailWish): readonly MailMilestone[] {
  const field = textbox("Reply message");
  return [
    shown({ name: "reply_box", value: 0.3, control: field, by: button("Reply") }),
    written({ name: "text", value: 0.2, field, text }),
    done({ name: "sent", value: 0.5, button: button("Send", "region:Reply"), gone: field, notice: "Message sent" }),
  ];
}

/** The open mail is being forwarded, with the goal's recipient filled in. */
export function forwarding(wish: MailWish): readonly MailMilestone[] {
  return [
    shown({ name: "forward", value: 0.3, control: toField, by: button("Forward") }),
    addressed(wish, "recipient", [wish.address ?? ""]),
  ];
}

/** A new mail up to the moment before it is sent. A second recipient is typed once another field was used. */
export function composed(wish: MailWish): readonly MailMilestone[] {
  const { address = "", other, copy, subject = "", text = "" } = wish;
  const fillIn = (name: string, field: Control, value: string): MailMilestone =>
    written({ name, value: 0.2, field, text: value });
  const cc = textbox("Cc", composer);
  return [
    shown({ name: "compose", value: 0.3, control: subjectField, by: button("Compose") }),
    ...(copy === undefined
      ? []
      : [shown({ name: "copies", value: 0.2, control: cc, by: button("Add Cc and Bcc", composer) })]),
    addressed(wish, "recipient", [address]),
    ...(copy === undefined ? [] : [fillIn("copy", cc, copy)]),
    fillIn("subject", subjectField, subject),
    ...(other === undefined ? [] : [addressed(wish, "second", [address, other])]),
    fillIn("message", textbox("Message", composer), text),
    ready({ name: "ready", value: 0.2, button: send }),
  ];
}

/** The composer has these recipients, complete or as typed, and none that the goal does not name. */
function addressed({ address, other }: MailWish, name: string, to: readonly string[]): MailMilestone {
  const goal = [address, other].map((one) => one?.toLowerCase());
  const stands = (page: MailPage): boolean => {
    const typed = find(page, toField)?.value?.trim() ?? "";
    const people = [...page.recipients, ...(typed === "" ? [] : [typed])].map((one) => one.toLowerCase());
    return to.every((one) => people.includes(one.toLowerCase())) && people.every((one) => goal.includes(one));
  };
  return {
    name,
    value: 0.2,
    role: "content",
    stands,
    reached: (look) => stands(look.to) && `${toField.name} is ${to.join(", ")}`,
    towards({ page }) {
      const wrong = page.recipients.find((one) => one !== address && one !== other);
      const missing = to.find((one) => !page.recipients.includes(one));
      return press(page.elements.find((e) => e.name === `Remove ${wrong}`)) ?? fill(find(page, toField), missing ?? "");
    },
  };
}

/** The changed settings were saved and left. */
export function saved(gone: Control): MailMilestone {
  return done({ name: "saved", value: 0.5, button: button("Save changes"), gone });
}

/** How the page speaks of the meant mails. */
function count({ second, third }: MailWish): string {
  return third !== undefined ? "3 conversations" : second !== undefined ? "2 conversations" : "Conversation";
}

function targetText(page: MailPage): string {
  return `${page.opened === undefined ? "selected" : "opened"} "${targetsIn(page).join('", "')}"`;
}

const searchField: Control = { role: "searchbox", name: "Search mail" };

/** The next action on the way to having exactly the meant mails selected. */
function select(wish: MailWish, at: Where<MailPage>): Action {
  const { page } = at;
  const meant = meantBy(wish);
  const wrong = page.selected.find((mail) => !meant.some((one) => isMeant(one, mail)));
  const next = meant.find((one) => !page.selected.some((mail) => isMeant(one, mail)));
  return back(page) ?? press(named(page, "Select", wrong ?? (next && rowOf(next, page)))) ?? search(wish, at);
}

/** Brings the row of a meant mail into view by search; where its results are long, every second action scrolls them. */
function search(wish: MailWish, { page, depth }: Where<MailPage>): Action {
  const words = wish.query ?? wish.subject ?? wish.sender ?? "";
  const field = find(page, searchField);
  const inbox = find(page, { role: "link", name: "Inbox" });
  // Several mails are selected in one list only.
  if (wish.second !== undefined && inbox !== undefined && !inbox.states.includes("selected")) return press(inbox)!;
  if (field === undefined || (field.value === words && depth % 2 === 1)) return back(page) ?? lookFurther;
  return { action: "type", el: field.id, text: words, clear: true, submit: true };
}
