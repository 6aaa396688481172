// What the tests of the reward plugin share: goals, pages made by hand, and what a fold pays.
import type { Observation } from "../../../../core/domain/observation.ts";
import type { RewardFold, Transition } from "../../../../core/domain/reward.ts";
import { actions, composer, message, page, row, search } from "./pages.ts";
import { gomailReward, kinds } from "./kit.ts";

export const families = kinds;
export const shaper = gomailReward({ scale: 1, families });

export const mail = "Nora Quill, Harvest budget";
export const other = "Nora Quince, Orchard budget";
export const inbox = page(search(), row(mail), row(other));

export const goal = (text: string) => ({ id: "t", text, startUrl: "http://gomail.halo.test/", maxSteps: 12 });
export const start = (text: string, first: Observation = inbox) => shaper.start(goal(text), first);

/** Names and values the steps earn one after another. */
export function earned(fold: RewardFold, ...steps: readonly Transition[]): [string, number][][] {
  return steps.map((t) => {
    const next = fold.next(t);
    fold = next.fold;
    return next.terms.map(({ name, value }) => [name, value]);
  });
}
export const total = (paid: [string, number][][]): number => paid.flat().reduce((sum, [, value]) => sum + value, 0);

export const starGoal = "Star the email from Nora Quill.";
export const archiveGoal = 'The message "Harvest budget" is settled, please archive it.';
export const labelGoal = 'Add the label "Taxes" to the email from Nora Quill.';
export const deleteGoal = 'Search for "harvest" and delete the email from Nora Quill.';
export const replyGoal = 'Reply to the email from Nora Quill with "Noon is fine, thanks".';
export const composeGoal =
  'Send an email to ann@fern.example with the subject "Payroll quote" and the message "See you".';

export const starredPage = page(search(), row(mail, { starred: true }), row(other));
export const selectedPage = page(search(), actions, row(mail, { selected: true }), row(other));
export const openedPage = page(search(), message(mail));

export const filled = { to: "ann@fern.example", subject: "Payroll quote", text: "See you" };
export const composing = (o: Parameters<typeof composer>[0] = {}) => page(search(), row(mail), composer(o));
