import { momentText, readTime } from "halo-agent/site";
import { counted, leave, patch, plainOf, snackbar, undoOf } from "./mails.ts";
import { targetsOf } from "./select.ts";
import type { TimeForm } from "./window.ts";
import type { Email, GoMailState } from "./state.ts";
import { dateOf, readDay, stampOf } from "./time.ts";

/** Puts the received mails among the targets to sleep until a local time, and goes back to the list. */
export function snoozeMails(state: GoMailState, until: string): GoMailState {
  const targets = targetsOf(state).filter((e) => e.folder === "inbox" || e.folder === "archive");
  const closed = { ...state, dialog: null };
  if (targets.length === 0) return { ...closed, snackbar: snackbar(state, "Only received mail can be snoozed") };
  const message = counted(targets.length, `snoozed until ${momentText(until)}`);
  const next = patch(closed, targets, (e) => ({ ...e, snoozedUntil: until }));
  return leave({ ...next, snackbar: snackbar(state, message, undoOf(targets)) });
}

/** Brings sleeping targets back. */
export function unsnoozeMails(state: GoMailState): GoMailState {
  const targets = targetsOf(state).filter((e) => e.snoozedUntil !== undefined);
  if (targets.length === 0) return state;
  const next = patch(state, targets, plainOf);
  return leave({ ...next, snackbar: snackbar(state, counted(targets.length, "unsnoozed"), undoOf(targets)) });
}

/** Wakes and sends what is due by now: each comes to the top of its list. */
export function wakeAndSend(state: GoMailState): GoMailState {
  const now = stampOf(state.clock);
  const due = state.emails.filter((e) => (e.snoozedUntil ?? e.sendAt ?? now) < now);
  if (due.length === 0) return state;
  const arrived = due.map((e): Email => ({
    ...plainOf(e),
    ...(e.sendAt === undefined ? { folder: "inbox" } : { folder: "sent", ...dateOf(e.sendAt) }),
  }));
  return { ...state, emails: [...arrived, ...state.emails.filter((e) => !due.includes(e))] };
}

/** The local time a form names, or why it names none. */
export function readMoment(form: TimeForm, clock: number): { readonly at: string } | { readonly problem: string } {
  const [day, time] = [readDay(form.date), readTime(form.time)];
  if (day === undefined) return { problem: "Write the date as 2024-07-25" };
  if (time === undefined) return { problem: "Write the time as 8:00 AM" };
  const at = `${day}T${time}`;
  return at > stampOf(clock) ? { at } : { problem: "Choose a time in the future" };
}
