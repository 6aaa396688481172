import { defineFamily, namesIn } from "halo-agent/site";
import type { Asked, Milestone, Scene, SiteTypes, Start, Wish } from "halo-agent/site";
import type { GoMailState, Setup } from "../state/state.ts";
import type { MailDrawer } from "./drawer.ts";
import type { MailPage } from "./page.ts";

/** What a goal asks for: which mails it means and what to write. */
export interface MailWish extends Wish {
  /** Sender of the mail meant. */
  readonly sender?: string;
  /** Senders of further mails meant. */
  readonly second?: string;
  readonly third?: string;
  /** Subject of the mail meant; of a mail to write, the one to give it. */
  readonly subject?: string;
  readonly label?: string;
  /** Words to search for. */
  readonly query?: string;
  /** Recipient of a mail to write, a second one, and one who gets a copy. */
  readonly address?: string;
  readonly other?: string;
  readonly copy?: string;
  /** Message to write. */
  readonly text?: string;
  /** Option of the page to choose: a time or a number. */
  readonly choice?: string;
  /** Name of a person who becomes a contact. */
  readonly name?: string;
}

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
