import type { Asked, BeforeAfter } from "halo-agent/site";
import type { Email, GoMailState } from "../state/state.ts";
import { readings } from "./rules.ts";
import type { Rule } from "./rules.ts";

/** Strict rules of the REAL tasks on this site, by task id: all that may be done under each reading of the goal. */
export const strict = Object.fromEntries(
  Object.entries(readings).map(([id, rulesOf]) =>
    [id, (states: BeforeAfter<GoMailState>) => rulesOf(states.before).map((rule) => askedBy(rule, states))] as const
  ),
);

function askedBy({ change, send, labels }: Rule, { before, after }: BeforeAfter<GoMailState>): Asked<GoMailState> {
  const now = new Map(after.emails.map((mail) => [mail.id, mail]));
  const changes = before.emails.flatMap((was) => {
    const is = now.get(was.id) ?? was;
    const wanted = change?.(was, is);
    return wanted === undefined ? [] : [[was.id, { isRead: was.isRead || is.isRead, ...wanted }] as const];
  });
  const add = send && [{ among: (mail: Email) => mail.folder === "sent", problem: send, none: "no mail was sent" }];
  return {
    items: { emails: { change: Object.fromEntries(changes), ...(add && { add }) } },
    ...(labels && { parts: { labels: (is) => areNew(labels, { before: before.labels, after: is }) } }),
  };
}

/** What is wrong with the list of labels, "" when just these are new. */
function areNew(labels: readonly string[], { before, after }: BeforeAfter<readonly string[]>): string {
  const added = after.slice(before.length).map((name) => name.toLowerCase()).sort().join("\n");
  const isKept = before.every((name, i) => after[i] === name);
  const isRight = added === labels.map((name) => name.toLowerCase()).sort().join("\n");
  return isKept && isRight ? "" : `the new label is not ${labels.join(", ")}`;
}
