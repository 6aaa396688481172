import type { Course, Look } from "halo-agent/site";
import type { MailPage } from "../families/page.ts";
import type { Email } from "../state/state.ts";
import { after, type Belief, inHand } from "./belief.ts";
import { type Choice, nameOf } from "./mails.ts";

/** What mails are to become. */
export interface Becoming {
  readonly kind: string;
  readonly which: Choice;
  /** True once a mail is as wanted. */
  readonly is: (mail: Email) => boolean;
  /** Fields of a mail that it may change. */
  readonly may: readonly (keyof Email)[];
  /** Name of the milestone at its end. */
  readonly end: string;
  /** A menu that the way leads through, by a control in it. */
  readonly menu?: RegExp;
  /** It harms no mail that is not meant, so that others may be in hand as well. */
  readonly isHarmless?: true;
  /** A star is clicked in its row, so that no mail is taken in hand. */
  readonly isFree?: true;
}

/** A mailbox in which several things may be asked for at once; what none of them asks for must stay as it was. */
export interface Asked {
  readonly belief: Belief;
  readonly all: readonly Becoming[];
}

/** The mailbox after a step. */
export const seen = ({ belief, all }: Asked, look: Look<MailPage>): Asked => ({ belief: after(belief, look), all });

/** The ways to understand which mails are meant, in the light of all that were seen. */
const waysOf = ({ which }: Becoming, { began }: Belief): readonly (readonly Email[])[] =>
  which([...began.values()]).filter((mails) => mails.length > 0);

/** The way in which all that is meant is as wanted, if there is one. */
function doneWay(one: Becoming, belief: Belief): readonly Email[] | undefined {
  return waysOf(one, belief).find((mails) => mails.every((mail) => one.is(belief.now.get(nameOf(mail))!)));
}

/** A mail that changed though nothing asks for it. */
export function strayOf({ belief, all }: Asked): string | undefined {
  const ways = all.map((one) => {
    const done = doneWay(one, belief);
    return { may: one.may, mails: new Set((done === undefined ? waysOf(one, belief).flat() : done).map(nameOf)) };
  });
  for (const [name, now] of belief.now) {
    const began = belief.began.get(name)!;
    if (now === began) continue;
    const allowed = ways.filter(({ mails }) => mails.has(name)).flatMap(({ may }) => may);
    const changed = (["folder", "isStarred", "labels", "snoozedUntil", "isRead"] as const).filter((key) =>
      JSON.stringify(now[key]) !== JSON.stringify(began[key]) && !(key === "isRead" && now.isRead)
    );
    if (changed.some((key) => !allowed.includes(key))) return name;
  }
  return undefined;
}

/** Milestones of one thing that mails are to become: in hand, the first of several done, all done and nothing else. */
export function becoming(one: Becoming, start: Asked): Course<MailPage> {
  const count = Math.max(0, ...waysOf(one, start.belief).map((mails) => mails.length));
  const steps = [
    ...(one.isFree ? [] : [{ name: "mail", value: 0.3 }]),
    ...(one.menu === undefined ? [] : [{ name: "menu", value: 0.2 }]),
    ...(count > 1 ? [{ name: "some", value: 0.2 }] : []),
    { name: one.end, value: 0.5 },
  ];
  const at = (asked: Asked): Course<MailPage> => ({
    milestones: steps,
    next(look) {
      const now = seen(asked, look);
      const reached = steps.flatMap(({ name, value }) => {
        const evidence = evidenceOf(one, { name, look, before: asked, now });
        return evidence === undefined ? [] : [{ name, value, evidence }];
      });
      return { course: at(now), reached };
    },
  });
  return at(start);
}

function evidenceOf(
  one: Becoming,
  { name, look, before, now }: {
    readonly name: string;
    readonly look: Look<MailPage>;
    readonly before: Asked;
    readonly now: Asked;
  },
): string | undefined {
  const hand = inHand(now.belief, look.to);
  const isRight = hand.length > 0 && waysOf(one, now.belief).some((mails) => {
    const names = mails.map(nameOf);
    return one.isHarmless ? names.some((mail) => hand.includes(mail)) : hand.every((mail) => names.includes(mail));
  });
  switch (name) {
    case "mail":
      return isRight && strayOf(now) === undefined ? `in hand: "${hand.slice(0, 3).join('", "')}"` : undefined;
    case "menu": {
      const item = look.to.elements.find((e) =>
        one.menu!.test(e.name) && /^(?:menuitem|option|combobox|textbox|button)/.test(e.role)
      );
      return isRight && item !== undefined ? `"${item.name}" is in view` : undefined;
    }
    case "some": {
      const mail = waysOf(one, now.belief).flat().find((m) => !one.is(m) && one.is(now.belief.now.get(nameOf(m))!));
      return mail !== undefined && strayOf(now) === undefined ? `"${nameOf(mail)}" is done` : undefined;
    }
    default: {
      const done = doneWay(one, now.belief);
      if (done === undefined || doneWay(one, before.belief) !== undefined && strayOf(before) === undefined) {
        return undefined;
      }
      return strayOf(now) === undefined ? `all ${done.length} done` : undefined;
    }
  }
}
