import type { Element } from "halo-agent";
import type { Wish } from "../goal.ts";
import { composer, control, isAtHand, isMeant } from "../page.ts";
import type { Page } from "../page.ts";

/** One step as its pages show it. */
export interface Look {
  readonly wish: Wish;
  readonly from: Page;
  readonly to: Page;
  /** Control of `from` that the action landed on, as far as it can be told. */
  readonly acted: Element | undefined;
  readonly isScroll: boolean;
}

/** Something worth paying for once. */
export interface Milestone {
  readonly name: string;
  readonly value: number;
  /** What the pages show when it is reached, else undefined. */
  seen(look: Look): string | undefined;
}

const atHand: Milestone = {
  name: "mail",
  value: 0.3,
  seen: ({ wish, to }) =>
    isAtHand(wish, to)
      ? `${to.opened === undefined ? "selected" : "opened"} "${to.opened ?? to.selected[0]}"`
      : undefined,
};

const opened: Milestone = {
  name: "mail",
  value: 0.3,
  seen: ({ wish, to }) => isMeant(wish, to.opened) ? `opened "${to.opened}"` : undefined,
};

/** What pays for each kind of wish, in the order of the shortest way; every step of that way reaches at least one. */
export const milestones: Readonly<Record<Wish["kind"], readonly Milestone[]>> = {
  star: [{
    name: "starred",
    value: 0.5,
    seen({ wish, from, to }) {
      const star = to.starred.find((mail) => isMeant(wish, mail));
      return star !== undefined && from.unstarred.includes(star) ? `"${star}" has a star` : undefined;
    },
  }],
  archive: [atHand, {
    name: "archived",
    value: 0.5,
    seen: (look) => actedOnMail(look, { role: "button", name: "Archive", notice: "Conversation archived" }),
  }],
  label: [
    atHand,
    {
      name: "labels_menu",
      value: 0.2,
      seen({ wish, to }) {
        const item = control(to, "menuitemcheckbox", wish.label ?? "");
        return item !== undefined && isAtHand(wish, to) ? `menu offers "${item.name}"` : undefined;
      },
    },
    {
      name: "labelled",
      value: 0.5,
      seen: (look) => {
        const name = look.wish.label ?? "";
        return actedOnMail(look, { role: "menuitemcheckbox", name, notice: `Label "${name}" added` });
      },
    },
  ],
  delete: [
    {
      name: "found",
      value: 0.3,
      seen({ wish, from, to, isScroll }) {
        const field = control(to, "searchbox", "Search mail");
        const row = to.rows.find((mail) => isMeant(wish, mail));
        const isNew = !isScroll && row !== undefined && !from.rows.includes(row);
        return isNew && wish.query !== undefined && is(field, wish.query) ? `search shows "${row}"` : undefined;
      },
    },
    atHand,
    {
      name: "deleted",
      value: 0.5,
      seen: (look) => actedOnMail(look, { role: "button", name: "Delete", notice: "Conversation moved to Trash" }),
    },
  ],
  reply: [
    opened,
    {
      name: "reply_box",
      value: 0.3,
      seen: ({ wish, to }) =>
        isMeant(wish, to.opened) && replyField(to) !== undefined ? "reply box is open" : undefined,
    },
    {
      name: "text",
      value: 0.2,
      seen: ({ wish, to }) => isAnswered(wish, to) ? `reply reads "${wish.text}"` : undefined,
    },
    {
      name: "sent",
      value: 0.5,
      seen: ({ wish, from, to, acted }) => isAnswered(wish, from) && isSent(acted, to) ? to.notice : undefined,
    },
  ],
  compose: [
    {
      name: "compose",
      value: 0.3,
      seen: ({ to }) => control(to, "textbox", "Subject", composer) && "the composer is open",
    },
    {
      name: "recipient",
      value: 0.2,
      seen: ({ wish, to }) => isAddressed(wish, to) ? `To is ${wish.address}` : undefined,
    },
    {
      name: "subject",
      value: 0.2,
      seen: ({ wish, to }) => is(subjectField(to), wish.subject) ? `Subject is "${wish.subject}"` : undefined,
    },
    {
      name: "message",
      value: 0.2,
      seen: ({ wish, to }) => is(messageField(to), wish.text) ? `Message is "${wish.text}"` : undefined,
    },
    {
      name: "ready",
      value: 0.2,
      seen: ({ wish, to }) => isReady(wish, to) ? "all fields are right and Send is in view" : undefined,
    },
    {
      name: "sent",
      value: 0.5,
      seen: ({ wish, from, to, acted }) => isReady(wish, from) && isSent(acted, to) ? to.notice : undefined,
    },
  ],
};

/** The notice of a toolbar action that was used on the meant mail alone, else undefined. */
function actedOnMail(
  { wish, from, to, acted }: Look,
  o: { readonly role: string; readonly name: string; readonly notice: string },
): string | undefined {
  const isAction = acted?.role === o.role && acted.name === o.name;
  return isAction && isAtHand(wish, from) && to.notice.startsWith(o.notice) ? to.notice : undefined;
}

function isAnswered(wish: Wish, page: Page): boolean {
  return isMeant(wish, page.opened) && is(replyField(page), wish.text);
}

function isReady(wish: Wish, page: Page): boolean {
  const fields = is(subjectField(page), wish.subject) && is(messageField(page), wish.text);
  return fields && isAddressed(wish, page) && control(page, "button", "Send", composer) !== undefined;
}

/** True when the right address is the only recipient, complete or as typed. */
function isAddressed({ address }: Wish, page: Page): boolean {
  const to = control(page, "combobox", "To", composer);
  const typed = to?.value?.trim() ?? "";
  const all = [...page.recipients, ...(typed === "" ? [] : [typed])];
  return to !== undefined && all.length === 1 && all[0]!.toLowerCase() === address?.toLowerCase();
}

function isSent(acted: Element | undefined, to: Page): boolean {
  return acted?.role === "button" && acted.name === "Send" && to.notice.startsWith("Message sent");
}

function replyField(page: Page): Element | undefined {
  return control(page, "textbox", "Reply message");
}

function subjectField(page: Page): Element | undefined {
  return control(page, "textbox", "Subject", composer);
}

function messageField(page: Page): Element | undefined {
  return control(page, "textbox", "Message", composer);
}

function is(field: Element | undefined, text: string | undefined): boolean {
  return text !== undefined && field?.value === text;
}
