import { find, press } from "halo-agent/site";
import type { Stray } from "halo-agent/site";
import type { Action } from "halo-agent";
import type { MailTypes } from "./mail.ts";
import { back, composer, expand, isMeant, named } from "./page.ts";

/** Throws away a message, an answer or a dialog that the goal does not ask for. */
export function stray({ wish, page, milestones }: Stray<MailTypes>): Action | undefined {
  const has = (name: string): boolean => milestones.some((one) => one.name === name);
  const isAnswer = has("reply_box") && isMeant(wish, page.opened);
  const isMessage = (has("forward") && isMeant(wish, page.opened)) || has("compose");
  const isLabel = wish.kind === "create_label";
  const cancel = page.elements.find((e) => e.name === "Cancel" && e.region.startsWith("dialog:"));
  const discard = press(
    (isLabel || wish.kind === "contact" ? undefined : cancel) ??
      (isAnswer ? undefined : find(page, { role: "button", name: "Discard reply" })) ??
      (isMessage ? undefined : find(page, { role: "button", name: "Discard draft", region: composer }) ?? expand(page)),
  );
  if (discard !== undefined || !isLabel || cancel !== undefined) return discard;
  // A new label goes on the mails that are selected or open.
  return back(page) ?? press(named(page, "Select", page.selected[0]));
}
