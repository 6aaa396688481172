import type { Element } from "halo-agent";
import type { Wish } from "../goal.ts";
import { composer, control, isAtHand, isMeant, says } from "../page.ts";
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
  /** What the pages show when it is reached, else false. */
  seen(look: Look): string | false;
}

const atHand: Milestone = {
  name: "mail",
  value: 0.3,
  seen: ({ wish, to }) =>
    isAtHand(wish, to) ? `${to.opened === undefined ? "selected" : "opened"} "${to.opened ?? to.selected[0]}"` : false,
};

const opened: Milestone = {
  name: "mail",
  value: 0.3,
  seen: ({ wish, to }) => isMeant(wish, to.opened) ? `opened "${to.opened}"` : false,
};

/** What pays for each kind of wish, in the order of the shortest way; every step of that way reaches at least one. */
export const milestones: Readonly<Record<Wish["kind"], readonly Milestone[]>> = {
  star: [{
    name: "starred",
    value: 0.5,
    seen({ wish, from, to }) {
      const star = to.starred.find((mail) => isMeant(wish, mail));
      return star !== undefined && from.unstarred.includes(star) ? `"${star}" has a star` : false;
    },
  }],
  archive: [atHand, {
    name: "archived",
    value: 0.5,
    seen: (look) => isMoved(look, "Archive") && evidence(look, "Conversation archived"),
  }],
  label: [
    atHand,
    {
      name: "labels_menu",
      value: 0.2,
      seen({ wish, to }) {
        const item = control(to, "menuitemcheckbox", wish.label ?? "");
        return item !== undefined && isAtHand(wish, to) ? `menu offers "${item.name}"` : false;
      },
    },
    {
      name: "labelled",
      value: 0.5,
      seen: (look) => isPicked(look) && evidence(look, `Label "${look.wish.label}" added`),
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
        return isNew && wish.query !== undefined && is(field, wish.query) ? `search shows "${row}"` : false;
      },
    },
    atHand,
    {
      name: "deleted",
      value: 0.5,
      seen: (look) => isMoved(look, "Delete") && evidence(look, "Conversation moved to Trash"),
    },
  ],
  reply: [
    opened,
    {
      name: "reply_box",
      value: 0.3,
      seen: ({ wish, to }) => isMeant(wish, to.opened) && replyField(to) !== undefined ? "reply box is open" : false,
    },
    {
      name: "text",
      value: 0.2,
      seen: ({ wish, to }) => isAnswered(wish, to) ? `reply reads "${wish.text}"` : false,
    },
    {
      name: "sent",
      value: 0.5,
      seen: (look) =>
        isAnswered(look.wish, look.from) && isSent(look) && replyField(look.to) === undefined &&
        evidence(look, "Message sent"),
    },
  ],
  compose: [
    {
      name: "compose",
      value: 0.3,
      seen: ({ to }) => subjectField(to) !== undefined && "the composer is open",
    },
    {
      name: "recipient",
      value: 0.2,
      seen: ({ wish, to }) => isAddressed(wish, to) ? `To is ${wish.address}` : false,
    },
    {
      name: "subject",
      value: 0.2,
      seen: ({ wish, to }) => is(subjectField(to), wish.subject) ? `Subject is "${wish.subject}"` : false,
    },
    {
      name: "message",
      value: 0.2,
      seen: ({ wish, to }) => is(messageField(to), wish.text) ? `Message is "${wish.text}"` : false,
    },
    {
      name: "ready",
      value: 0.2,
      seen: ({ wish, to }) => isReady(wish, to) ? "all fields are right and Send is in view" : false,
    },
    {
      name: "sent",
      value: 0.5,
      seen: (look) =>
        isReady(look.wish, look.from) && isSent(look) && subjectField(look.to) === undefined &&
        evidence(look, "Message sent"),
    },
  ],
};

/** What the page's notice shows for, when it does not speak of something else. */
function evidence({ to, acted }: Look, notice: string): string | false {
  return says(to, notice) && (to.notice || `"${acted?.name}" took effect`);
}

/** True when this toolbar button was used on the meant mail alone and took it away. */
function isMoved({ wish, from, to, acted }: Look, name: string): boolean {
  return acted?.role === "button" && acted.name === name && isAtHand(wish, from) && !isAtHand(wish, to);
}

/** True when the wanted label, not yet ticked, was picked for the meant mail alone. */
function isPicked({ wish, from, to, acted }: Look): boolean {
  const isItem = acted?.role === "menuitemcheckbox" && acted.name === wish.label && !acted.states.includes("checked");
  return isItem && isAtHand(wish, from) && control(to, "menuitemcheckbox", acted.name) === undefined;
}

function isSent({ acted }: Look): boolean {
  return acted?.role === "button" && acted.name === "Send";
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
