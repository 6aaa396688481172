import { same } from "halo-agent/site";
import type { Email, GoMailState } from "../state/state.ts";
import { type OfficialMail, officialMail } from "./mail.ts";

/** The mails that differ, by id: new ones whole, changed ones with the changed fields only, lost ones as they were. */
export interface MailDifferences {
  readonly added: readonly OfficialMail[];
  readonly updated: readonly Readonly<Record<string, unknown>>[];
  readonly deleted: readonly OfficialMail[];
}

/**
 * What became of the mails. One that is snoozed counts as deleted as well as updated, because the hosted site takes it
 * off its list: that is where the script of v2.gomail-21 looks for the mails that had to be snoozed.
 */
export function differences(initial: GoMailState, final: GoMailState): MailDifferences {
  const [before, after] = [mailsById(initial), mailsById(final)];
  const both = [...before].flatMap(([id, was]) => after.has(id) ? [{ was, is: after.get(id)! }] : []);
  return {
    added: [...after].filter(([id]) => !before.has(id)).map(([, mail]) => officialMail(mail)),
    updated: both.map(({ was, is }) => changes(officialMail(was), officialMail(is))).filter((one) => one !== undefined),
    deleted: [...before].filter(([id, was]) => isGone(was, after.get(id))).map(([, mail]) => officialMail(mail)),
  };
}

function isGone(was: Email, is: Email | undefined): boolean {
  return is === undefined || (was.snoozedUntil === undefined && is.snoozedUntil !== undefined);
}

/** The mails by id, lowest first. */
export function mailsById({ emails }: GoMailState): ReadonlyMap<string, Email> {
  return new Map(emails.map((mail) => [mail.id, mail] as const).sort(([a], [b]) => Number(a) - Number(b)));
}

/** The id and the fields whose value is new; undefined when there is none. */
function changes(was: OfficialMail, is: OfficialMail): Readonly<Record<string, unknown>> | undefined {
  const before = new Map<string, unknown>(Object.entries(was));
  const changed = Object.entries(is).filter(([key, value]) => !same(value, before.get(key)));
  const unset = [...before.keys()].filter((key) => !(key in is)).map((flag) => [flag, false] as const);
  const all = [...changed, ...unset];
  return all.length === 0 ? undefined : { id: is.id, ...Object.fromEntries(all) };
}
