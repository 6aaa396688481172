import { defineFamily, namesIn } from "halo-agent/site";
import type { Asked, Drill, Milestone, Scene, SiteTypes, Start } from "halo-agent/site";
import type { GoMailState, Setup } from "../state/state.ts";
import type { MailDrawer } from "./drawer.ts";
import type { MailWish } from "./mail-wish.ts";
import type { MailPage } from "./page.ts";

/** What the families of the mail site speak of. */
export interface MailTypes extends SiteTypes {
  readonly state: GoMailState;
  readonly setup: Setup;
  readonly draw: MailDrawer;
  readonly wish: MailWish;
  readonly page: MailPage;
}

export type MailMilestone = Milestone<MailPage>;
export type MailScene = Scene<Setup>;
export type MailStart = Start<MailTypes>;
export type MailAsked = Asked<GoMailState>;

/** Errands in the free wordings of people. */
export type MailDrill = Drill<MailTypes>;

/** A family of mail goals. */
export const family = defineFamily<MailTypes>;

/** Where quoted texts stand in goals. */
export const quoted = {
  subject: ["#…as (?:the|its) subject", "subject…#"],
  query: ["(?:search|look|find)…#", "#…search"],
  label: ["label…#", "#…label"],
  reply: ["#…as (?:your|the) reply", "\\b(?:with|reply|know|back|be)\\b…#"],
} as const;

/** People and addresses that a goal names without quotes. */
export function entities(masked: string): Partial<MailWish> {
  const [sender, second, third] = namesIn(masked);
  const found = [...masked.matchAll(/[^\s"<>,;:]+@[\w.-]*\w/g)];
  // The address that goes with the word copy or Cc stands apart from the others.
  const isCopy = ({ 0: address, index }: RegExpMatchArray): boolean =>
    /\b(cc|copy|copied)(\s+(to|for|in|goes))*:?\s+$/i.test(masked.slice(0, index)) ||
    /^\s+(in|on|as|gets|receives|into)\s+(an?\s+|the\s+)?(cc|copy)\b/i.test(masked.slice(index! + address.length));
  const [address, other] = found.filter((m) => !isCopy(m)).map(([text]) => text);
  const values = { sender, second, third, address, other, copy: found.find(isCopy)?.[0] };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
