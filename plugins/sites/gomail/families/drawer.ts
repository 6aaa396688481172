import type { Rng } from "halo-agent";
import { drawerOf } from "halo-agent/site";
import type { SetupMail } from "../state/state.ts";
import type { Pool } from "./pools.ts";

export interface Person {
  readonly name: string;
  readonly address: string;
}

/** Rows of the inbox that are seen without scrolling, and rows that are not but stand on the first page. */
export const rows = { visible: [0, 9], hidden: [20, 45] } as const;

/** Draws the values of one task from its split's pool; never the same value twice within a task. */
export type MailDrawer = ReturnType<typeof mailDrawer>;

/** The drawer of one task. */
export function mailDrawer(rng: Rng, pool: Pool) {
  const { any, unused, place } = drawerOf(rng, pool);
  const person = (): Person => {
    const [first, last] = [unused("firstNames"), unused("lastNames")];
    return { name: `${first} ${last}`, address: `${first}.${last}@${any("domains")}`.toLowerCase() };
  };
  const subject = (): string => `${unused("topics")} ${unused("things")}`;
  /** A mail from a person in a row of its own. */
  const mail = ({ name, address }: Person, about: string, where: keyof typeof rows): SetupMail => {
    const [first, last] = rows[where];
    const position = place("row", first, last);
    const content = `${any("sentences")}\n\n${any("sentences")}`;
    return { from: name, fromAddress: address, subject: about, content, position, isRead: rng.int(2) === 0 };
  };
  return {
    person,
    subject,
    mail,
    /** A subject that a search for `query` finds. */
    subjectWith: (query: string): string => `${query.charAt(0).toUpperCase()}${query.slice(1)} ${unused("things")}`,
    query: (): string => unused("queries"),
    label: (): string => unused("labels"),
    /** A whole number below `n`. */
    below: (n: number): number => rng.int(n),
    /** An option of the page. */
    choice: (of: "wakings" | "sendings" | "pageSizes"): string => unused(of),
    /** Something to write, without a full stop. */
    text: (): string => `${unused("openings")}, ${unused("closings")}`,
    /** `n` mails that the goal does not mean, among the visible rows. */
    distractors: (n: number): SetupMail[] => Array.from({ length: n }, () => mail(person(), subject(), "visible")),
  };
}
