import type { Action, Element, Goal, Observation } from "halo-agent";
import { readGoal } from "./goal.ts";
import type { Wish } from "./goal.ts";
import { composer, control, isAtHand, isMeant, readPage, says } from "./page.ts";
import type { Page } from "./page.ts";

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
  if (wish.kind === "compose") return discard(wish, page) ?? compose(wish, page) ?? scroll;
  return discard(wish, page) ?? withMail(wish, page) ?? find(wish, page, o.depth);
}

/** What to do with the meant mail; undefined when it is not in view. */
function withMail(wish: Wish, page: Page): Action | undefined {
  switch (wish.kind) {
    case "star":
      return star(wish, page);
    case "reply":
      return reply(wish, page);
    case "archive":
      return move(wish, page, { button: "Archive", notice: "Conversation archived" });
    case "delete":
      return move(wish, page, { button: "Delete", notice: "Conversation moved to Trash" });
    default:
      return label(wish, page);
  }
}

function star(wish: Wish, page: Page): Action | undefined {
  if (page.starred.some((mail) => isMeant(wish, mail))) return finished;
  return press(named(page, `Add star to email from ${page.unstarred.find((mail) => isMeant(wish, mail))}`));
}

function move(wish: Wish, page: Page, o: { readonly button: string; readonly notice: string }): Action | undefined {
  if (isAtHand(wish, page)) return press(control(page, "button", o.button));
  const isGone = page.opened === undefined && !page.rows.some((mail) => isMeant(wish, mail));
  return isGone && says(page, o.notice) ? finished : select(wish, page);
}

function label(wish: Wish, page: Page): Action | undefined {
  if (!isAtHand(wish, page)) return select(wish, page);
  const item = control(page, "menuitemcheckbox", wish.label ?? "");
  if (item?.states.includes("checked") || says(page, `Label "${wish.label}" added`)) return finished;
  return press(item) ?? press(control(page, "button", "Labels"));
}

function reply(wish: Wish, page: Page): Action | undefined {
  if (!isMeant(wish, page.opened)) return openRow(wish, page);
  if (says(page, "Message sent")) return finished;
  const field = control(page, "textbox", "Reply message");
  if (field === undefined) return press(control(page, "button", "Reply")) ?? scroll;
  return fill(field, wish.text) ?? press(control(page, "button", "Send", field.region)) ?? scroll;
}

function compose(wish: Wish, page: Page): Action | undefined {
  const to = control(page, "combobox", "To", composer);
  if (to === undefined) {
    if (says(page, "Message sent")) return finished;
    return press(control(page, "button", "Expand", composer) ?? control(page, "button", "Compose"));
  }
  const wrong = page.recipients.find((address) => address !== wish.address);
  return press(wrong === undefined ? undefined : named(page, `Remove ${wrong}`)) ??
    (page.recipients.length > 0 ? undefined : fill(to, wish.address)) ??
    fill(control(page, "textbox", "Subject", composer), wish.subject) ??
    fill(control(page, "textbox", "Message", composer), wish.text) ??
    press(control(page, "button", "Send", composer));
}

/** Throws away a message or an answer that the goal does not ask for. */
function discard(wish: Wish, page: Page): Action | undefined {
  const isAnswer = wish.kind === "reply" && isMeant(wish, page.opened);
  const isMessage = wish.kind === "compose";
  return press(
    (isAnswer ? undefined : control(page, "button", "Discard reply")) ??
      (isMessage
        ? undefined
        : control(page, "button", "Discard draft", composer) ?? control(page, "button", "Expand", composer)),
  );
}

/** Goes on towards the meant mail being the only selected one. */
function select(wish: Wish, page: Page): Action | undefined {
  const wrong = page.selected.find((mail) => !isMeant(wish, mail));
  const mail = page.rows.find((m) => isMeant(wish, m));
  return back(page) ?? press(named(page, `Select email from ${wrong ?? mail}`));
}

function openRow(wish: Wish, page: Page): Action | undefined {
  return back(page) ?? press(named(page, `Open email from ${page.rows.find((mail) => isMeant(wish, mail))}`));
}

/** Brings the row of the meant mail into view: by search, and should its results be long, by scrolling in turns with it. */
function find(wish: Wish, page: Page, depth: number): Action {
  const words = wish.query ?? wish.subject ?? wish.sender ?? "";
  const field = control(page, "searchbox", "Search mail");
  if (field === undefined || (field.value === words && depth % 2 === 1)) return back(page) ?? scroll;
  return { action: "type", el: field.id, text: words, clear: true, submit: true };
}

function back(page: Page): Action | undefined {
  return page.opened === undefined ? undefined : press(control(page, "button", "Back to inbox"));
}

/** Makes a field read `text`; undefined when it does. */
function fill(field: Element | undefined, text = ""): Action | undefined {
  if (field === undefined || field.value === text) return undefined;
  return { action: "type", el: field.id, text, ...((field.value ?? "") !== "" && { clear: true }) };
}

function press(element: Element | undefined): Action | undefined {
  return element === undefined ? undefined : { action: "click", el: element.id };
}

function named(page: Page, name: string): Element | undefined {
  return page.elements.find((e) => e.name === name);
}
