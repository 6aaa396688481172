import type { Element } from "halo-agent";
import type { Wish } from "../goal.ts";
import { control, isMeant, says } from "../page.ts";
import type { Page } from "../page.ts";
import type { Control, Stage } from "./stage.ts";

/** One step as its pages show it. */
export interface Look {
  readonly wish: Wish;
  readonly from: Page;
  readonly to: Page;
  /** Control of `from` that the action landed on, as far as it can be told. */
  readonly acted: Element | undefined;
  readonly isScroll: boolean;
}

/** What shows that this step reached the `i`-th stage, else false. */
export function seen(stages: readonly Stage[], i: number, look: Look): string | false {
  const stage = stages[i]!;
  const { wish, from, to, acted } = look;
  const inPlace = (page: Page) => needed(stages, i).every((s) => stands(s, wish, page));
  switch (stage.is) {
    case "found":
      return isFound(stage, look) && `"${rowOf(wish, to)}" is in view`;
    case "starred": {
      const [now, before] = stage.on ? [to.starred, from.unstarred] : [to.unstarred, from.starred];
      const mail = now.find((m) => isMeant(wish, m));
      return mail !== undefined && before.includes(mail) && `"${mail}" has ${stage.on ? "a" : "no"} star`;
    }
    case "done": {
      const isUsed = acted !== undefined && is(acted, stage.button) && !acted.states.includes("checked");
      const isGone = stage.gone === undefined || find(to, stage.gone) === undefined;
      if (!isUsed || !isGone || !inPlace(from)) return false;
      const told = stage.notice === undefined || says(to, stage.notice);
      return told && (to.notice || `"${acted.name}" took effect`);
    }
    default:
      return stands(stage, wish, to) && inPlace(to) && shownBy(stage, to);
  }
}

/** True when a page shows a stage as reached, whoever reached it. */
export function stands(stage: Stage, wish: Wish, page: Page): boolean {
  switch (stage.is) {
    case "found":
      return rowOf(wish, page) !== undefined || handOf(page).some((mail) => isMeant(wish, mail));
    case "picked": {
      const hand = handOf(page);
      return hand.length >= stage.n && hand.every((mail) => meantBy(wish).some((one) => isMeant(one, mail)));
    }
    case "opened":
      return isMeant(wish, page.opened);
    case "starred":
      return (stage.on ? page.starred : page.unstarred).some((mail) => isMeant(wish, mail));
    case "shown":
      return find(page, stage.control) !== undefined;
    case "chosen":
      return find(page, stage.option)?.states.includes("checked") === true;
    case "written":
      return find(page, stage.field)?.value === stage.text;
    case "addressed": {
      const people = peopleIn(page, stage.field);
      const named = [wish.address, wish.other].map((address) => address?.toLowerCase());
      return stage.to.every((one) => people.includes(one.toLowerCase())) && people.every((one) => named.includes(one));
    }
    case "ready":
      return find(page, stage.button) !== undefined;
    case "done":
      return stage.notice !== undefined && says(page, stage.notice);
  }
}

/** Every mail a wish means, as a wish of its own. */
export function meantBy({ second, third, ...wish }: Wish): readonly Wish[] {
  const more = [second, third].flatMap((sender) => sender === undefined ? [] : { kind: wish.kind, sender });
  return [wish, ...more];
}

/** The control of a page, if it is there. */
export function find(page: Page, wanted: Control): Element | undefined {
  return page.elements.find((e) => is(e, wanted) && (wanted.region === undefined || e.region === wanted.region));
}

/** The mails toolbar actions apply to. */
export function handOf(page: Page): readonly string[] {
  return page.opened === undefined ? page.selected : [page.opened];
}

/** What must stand for a stage to count: the mails in hand and, to be ready or done, what was written since the last end. */
function needed(stages: readonly Stage[], i: number): readonly Stage[] {
  const isEnd = stages[i]!.is === "done" || stages[i]!.is === "ready";
  const last = stages.slice(0, i).findLastIndex((s) => s.is === "done");
  return stages.slice(0, i).filter((s, at) =>
    s.is === "opened" || (s.is === "picked" && (isEnd || stages[i]!.is !== "picked")) ||
    (isEnd && at > last && (s.is === "written" || s.is === "chosen" || s.is === "addressed" || s.is === "ready"))
  );
}

function isFound({ link }: Stage & { is: "found" }, { wish, from, to, acted, isScroll }: Look): boolean {
  const row = rowOf(wish, to);
  if (isScroll || row === undefined || from.rows.includes(row)) return false;
  if (link !== undefined) return acted !== undefined && is(acted, link);
  return wish.query !== undefined && control(to, "searchbox", "Search mail")?.value === wish.query;
}

function rowOf(wish: Wish, page: Page): string | undefined {
  return page.rows.find((mail) => isMeant(wish, mail));
}

/** Lower-case addresses in a recipient field, the one being typed included. */
function peopleIn(page: Page, field: Control): readonly string[] {
  const typed = find(page, field)?.value?.trim() ?? "";
  return [...page.recipients, ...(typed === "" ? [] : [typed])].map((address) => address.toLowerCase());
}

function is(element: Element, { role, name, begins }: Control): boolean {
  return element.role === role && (element.name === name || (begins === true && element.name.startsWith(`${name} `)));
}

function shownBy(stage: Stage, page: Page): string {
  switch (stage.is) {
    case "picked":
    case "opened":
      return `${page.opened === undefined ? "selected" : "opened"} "${handOf(page).join('", "')}"`;
    case "shown":
      return `"${stage.control.name}" is in view`;
    case "chosen":
      return `"${stage.option.name}" is chosen`;
    case "written":
      return `${stage.field.name} reads "${stage.text}"`;
    case "addressed":
      return `${stage.field.name} is ${stage.to.join(", ")}`;
    default:
      return "all fields are right";
  }
}
