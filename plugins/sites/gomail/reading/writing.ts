import { button, courseOf, done, fill, find, lookFurther, press, ready, textbox } from "halo-agent/site";
import type { Control, Course } from "halo-agent/site";
import type { MailMilestone } from "../families/mail.ts";
import { send, sent, shown, subjectField, toField } from "../families/milestones.ts";
import { composer, type MailPage } from "../families/page.ts";
import { seedContacts } from "../state/seed.ts";
import { type Asked, seen, strayOf } from "./moved.ts";

/** A mail to write: to whom, and what it must say. */
export interface Letter {
  /** Tests for addresses; each must be met, and no address may meet none. */
  readonly to: readonly ((address: string) => boolean)[];
  /** What subject and text must say; each is a pattern or words. */
  readonly says: readonly RegExp[];
  readonly subject?: (subject: string) => boolean;
}

const messageField = textbox("Message", composer);

/** A recipient as a goal names one: an address, or a contact by whole or first name. */
export function recipient(name: string): (address: string) => boolean {
  const low = name.toLowerCase().trim();
  if (low.includes("@")) return (address) => address.toLowerCase() === low;
  const known = seedContacts.filter((one) =>
    one.name.toLowerCase() === low || one.name.toLowerCase().startsWith(`${low} `)
  );
  if (known.length > 0) return (address) => known.some((one) => one.address === address.toLowerCase());
  const words = low.split(/\s+/).filter((one) => one.length > 2 && !/^(?:mrs?|ms|dr|prof|my|the)\.?$/.test(one));
  return (address) => words.some((one) => address.toLowerCase().includes(one));
}

/** Words that a text must say, as a pattern: all of them, in any order and with any ending. */
export function saying(text: string): readonly RegExp[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}:.'-]*/gu) ?? [];
  const telling = words.filter((one) =>
    (one.length > 3 || /\d/.test(one)) &&
    !/^(?:that|this|with|from|they|have|been|will|would|could|should|there|when|what|where|whether|about|please|know|them|your|send|tell|does|goes|come|coming|into|just)$/
      .test(one)
  );
  const kept = (telling.length > 0 ? telling : words).slice(0, 6);
  return kept.map((one) =>
    new RegExp(`(^|[^\\p{L}\\p{N}])${one.replace(/(?:s|es|ed|ing)$/, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "iu")
  );
}

const textOf = (page: MailPage, field: Control): string => find(page, field)?.value ?? "";

/** A field reads something that passes. */
function reads(name: string, field: Control, isRight: (page: MailPage) => boolean): MailMilestone {
  return {
    name,
    value: 0.2,
    role: "content",
    stands: isRight,
    reached: ({ to }) => isRight(to) && `${field.name} reads "${textOf(to, field).slice(0, 80)}"`,
    towards: ({ page }) => fill(find(page, field), ""),
  };
}

/** The recipients are right, complete or as typed. */
function addressed({ to }: Letter): MailMilestone {
  const isRight = (page: MailPage): boolean => {
    const typed = textOf(page, toField).trim();
    const people = [...page.recipients, ...(typed === "" ? [] : [typed])];
    return people.length > 0 && to.every((test) => people.some(test)) &&
      (to.length === 0 || people.every((one) => to.some((test) => test(one))));
  };
  return {
    ...reads("recipient", toField, isRight),
    reached: ({ to: page }) =>
      isRight(page) &&
      `${toField.name} is ${[...page.recipients, textOf(page, toField)].filter((one) => one !== "").join(", ")}`,
  };
}

/** The way of a new mail up to the moment before it is sent. */
function written(letter: Letter): readonly MailMilestone[] {
  const { says, subject = (text) => text.trim() !== "" } = letter;
  const isSaid = (page: MailPage): boolean => {
    const all = `${textOf(page, subjectField)}\n${textOf(page, messageField)}`;
    return textOf(page, messageField).trim() !== "" && says.every((one) => one.test(all));
  };
  return [
    shown({ name: "compose", value: 0.3, control: subjectField, by: button("Compose") }),
    addressed(letter),
    reads(
      "subject",
      subjectField,
      (page) => find(page, subjectField) !== undefined && subject(textOf(page, subjectField)),
    ),
    reads("message", messageField, isSaid),
    ready({ name: "ready", value: 0.2, button: send }),
  ];
}

/** A new mail is sent. */
export const sends = (letter: Letter): readonly MailMilestone[] => [...written(letter), sent];

/** A new mail is left as a draft. */
export const drafts = (letter: Letter): readonly MailMilestone[] => [
  ...written(letter),
  done({ name: "saved", value: 0.5, button: button("Close", composer), gone: subjectField }),
];

/** A new mail is to go out later. */
export function schedules(letter: Letter): readonly MailMilestone[] {
  const isMenu = (page: MailPage): boolean =>
    page.elements.some((e) => /^(?:Tomorrow (?:morning|afternoon)|Monday morning|Pick date and time)\b/.test(e.name));
  return [
    ...written(letter),
    {
      name: "menu",
      value: 0.2,
      role: "way",
      stands: isMenu,
      reached: ({ to }) => isMenu(to) && "times to send are in view",
      towards: ({ page }) => press(find(page, button("Schedule send", composer))) ?? lookFurther,
    },
    {
      name: "scheduled",
      value: 0.5,
      role: "free",
      stands: (page) => page.notice?.startsWith("Send scheduled for") === true,
      reached: ({ from, to }) =>
        to.notice?.startsWith("Send scheduled for") === true && from.notice !== to.notice && to.notice,
      towards: () => lookFurther,
    },
  ];
}

/** The open mail is answered, with a text that passes. */
export function answers(
  isMeant: (mail: string) => boolean,
  isRight: (text: string) => boolean,
): readonly MailMilestone[] {
  const field = textbox("Reply message");
  return [
    opens(isMeant),
    shown({ name: "reply_box", value: 0.3, control: field, by: button("Reply") }),
    reads("text", field, (page) => textOf(page, field).trim() !== "" && isRight(textOf(page, field))),
    done({ name: "sent", value: 0.5, button: button("Send", "region:Reply"), gone: field, notice: "Message sent" }),
  ];
}

/** The open mail is passed on. */
export const forwards = (isMeant: (mail: string) => boolean, letter: Letter): readonly MailMilestone[] => [
  opens(isMeant),
  shown({ name: "forward", value: 0.3, control: toField, by: button("Forward") }),
  addressed(letter),
  sent,
];

/** The mail that is meant is open. */
export function opens(isMeant: (mail: string) => boolean): MailMilestone {
  const stands = ({ opened }: MailPage): boolean => opened !== undefined && isMeant(opened);
  return {
    name: "mail",
    value: 0.3,
    role: "hand",
    stands,
    reached: ({ to }) => stands(to) && `opened "${to.opened}"`,
    towards: () => lookFurther,
  };
}

/** Milestones of something to write; its end counts only while nothing else in the mailbox was changed. */
export function cleanly(milestones: readonly MailMilestone[], start: Asked): Course<MailPage> {
  const plain = courseOf(milestones);
  const end = milestones.at(-1)!.name;
  const at = (asked: Asked): Course<MailPage> => ({
    milestones,
    next(look) {
      const now = seen(asked, look);
      const { reached } = plain.next(look);
      const isClean = strayOf(now) === undefined;
      return { course: at(now), reached: reached.filter(({ name }) => isClean || name !== end) };
    },
  });
  return at(start);
}
