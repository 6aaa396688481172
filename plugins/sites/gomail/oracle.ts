import type { Action, Element, Goal, Observation } from "halo-agent";
import { readGoal } from "./goal.ts";
import type { Wish } from "./goal.ts";
import { composer, control, isMeant, readPage } from "./page.ts";
import type { Page } from "./page.ts";
import { milestones } from "./reward/milestones.ts";
import { find, meantBy, stands } from "./reward/seen.ts";
import type { Stage } from "./reward/stage.ts";

const finished: Action = { action: "done" };
const scroll: Action = { action: "scroll", dy: 600 };

/**
 * The next action of a solution that sees what a user sees. From any page it finds its way back to the task; it never
 * undoes a change made to another mail. `infeasible` when the goal text asks for nothing it knows.
 */
export function nextAction(
  o: { readonly goal: Goal; readonly observation: Observation; readonly depth: number },
): Action {
  const wish = readGoal(o.goal.text);
  if (wish === undefined) return { action: "infeasible", text: "the goal names no mail task" };
  const page = readPage(o.observation);
  const at: At = { wish, page, depth: o.depth, stages: milestones[wish.kind](wish) };
  return discard(at) ?? proceed(at);
}

interface At {
  readonly wish: Wish;
  readonly page: Page;
  readonly depth: number;
  readonly stages: readonly Stage[];
}

/** The first stage that does not stand, after the last one the page says is done. */
function proceed(at: At): Action {
  const { stages, wish, page } = at;
  const done = stages.findLastIndex((s) => s.is === "done" && (stands(s, wish, page) || isLikelyDone(s, at)));
  // What led to a control in view may itself have gone out of view.
  const inView = stages.findLastIndex((s) => s.is === "shown" && stands(s, wish, page));
  const next = stages.find((s, i) => i > done && !(s.is === "shown" && i < inView) && !stands(s, wish, page));
  return next === undefined ? finished : towards(next, at);
}

function towards(stage: Stage, at: At): Action {
  const { wish, page } = at;
  switch (stage.is) {
    case "found":
      return stage.link === undefined ? search(at) : press(find(page, stage.link)) ?? scroll;
    case "picked":
      return select(at);
    case "opened":
      return back(page) ?? press(named(page, "Open", rowOf(wish, page))) ?? search(at);
    case "starred": {
      const mail = (stage.on ? page.unstarred : page.starred).find((m) => isMeant(wish, m));
      return press(named(page, stage.on ? "Add star to" : "Remove star from", mail)) ?? search(at);
    }
    case "shown":
      return press(expand(page) ?? find(page, stage.by)) ?? scroll;
    case "chosen":
      return press(find(page, stage.option)) ?? scroll;
    case "written":
      return fill(find(page, stage.field), stage.text);
    case "addressed": {
      const wrong = page.recipients.find((address) => !isWanted(wish, address));
      const missing = stage.to.find((address) => !page.recipients.includes(address));
      return press(page.elements.find((e) => e.name === `Remove ${wrong}`)) ?? fill(find(page, stage.field), missing);
    }
    case "ready":
      return scroll;
    case "done":
      return press(find(page, stage.button)) ?? scroll;
  }
}

/** Throws away a message, an answer or a dialog that the goal does not ask for. */
function discard({ wish, page, stages }: At): Action | undefined {
  const isAnswer = stages.some((s) => s.name === "reply_box") && isMeant(wish, page.opened);
  const isForward = stages.some((s) => s.name === "forward") && isMeant(wish, page.opened);
  const isMessage = isForward || stages.some((s) => s.name === "compose");
  const isLabel = wish.kind === "create_label";
  const cancel = page.elements.find((e) => e.name === "Cancel" && e.region.startsWith("dialog:"));
  const stray = press(
    (isLabel || wish.kind === "contact" ? undefined : cancel) ??
      (isAnswer ? undefined : control(page, "button", "Discard reply")) ??
      (isMessage ? undefined : control(page, "button", "Discard draft", composer) ?? expand(page)),
  );
  // A label made while mails are in hand goes on them.
  return stray ?? (isLabel && cancel === undefined ? letGo(page) : undefined);
}

/** True when a form of whose end no notice tells is gone again after as many steps as it takes. */
function isLikelyDone(stage: Stage, { stages, page, depth }: At): boolean {
  if (stage.is !== "done" || stage.notice !== undefined || stage.gone === undefined) return false;
  return find(page, stage.gone) === undefined && depth >= stages.filter((s) => s.is !== "ready").length;
}

/** Puts down the mails that are open or selected. */
function letGo(page: Page): Action | undefined {
  return back(page) ?? press(named(page, "Select", page.selected[0]));
}

/** Goes on towards the meant mails being the only selected ones. */
function select(at: At): Action {
  const { wish, page } = at;
  const meant = meantBy(wish);
  const wrong = page.selected.find((mail) => !meant.some((one) => isMeant(one, mail)));
  const next = meant.find((one) => !page.selected.some((mail) => isMeant(one, mail)));
  return back(page) ?? press(named(page, "Select", wrong ?? (next && rowOf(next, page)))) ?? search(at);
}

/** Brings the row of a meant mail into view: by search, and should its results be long, by scrolling in turns with it. */
function search({ wish, page, depth }: At): Action {
  const words = wish.query ?? wish.subject ?? wish.sender ?? "";
  const field = control(page, "searchbox", "Search mail");
  const inbox = control(page, "link", "Inbox");
  // Several mails are selected in one list only.
  if (wish.second !== undefined && inbox !== undefined && !inbox.states.includes("selected")) return press(inbox)!;
  if (field === undefined || (field.value === words && depth % 2 === 1)) return back(page) ?? scroll;
  return { action: "type", el: field.id, text: words, clear: true, submit: true };
}

function isWanted({ address, other }: Wish, one: string): boolean {
  return one === address || one === other;
}

function rowOf(wish: Wish, page: Page): string | undefined {
  return page.rows.find((mail) => isMeant(wish, mail));
}

function back(page: Page): Action | undefined {
  return page.opened === undefined
    ? undefined
    : press(page.elements.find((e) => e.role === "button" && e.name.startsWith("Back to ")));
}

function expand(page: Page): Element | undefined {
  return control(page, "button", "Expand", composer);
}

/** Makes a field read `text`. */
function fill(field: Element | undefined, text = ""): Action {
  if (field === undefined) return scroll;
  return { action: "type", el: field.id, text, ...((field.value ?? "") !== "" && { clear: true }) };
}

function press(element: Element | undefined): Action | undefined {
  return element === undefined ? undefined : { action: "click", el: element.id };
}

function named(page: Page, verb: string, mail: string | undefined): Element | undefined {
  return mail === undefined ? undefined : page.elements.find((e) => e.name === `${verb} email from ${mail}`);
}
