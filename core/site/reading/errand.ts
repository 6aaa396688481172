import type { Told } from "./told.ts";

/** How many things are meant: one, a number of them, or all that fit. */
export type Quantity = "one" | "all" | number;

/** What is said of the things and values of one errand, spelled as in the goal. A site says which of them it uses. */
export interface Objects {
  /** Who the things meant come from. */
  readonly senders?: readonly string[];
  /** What the things meant are about, or are called. */
  readonly subjects?: readonly string[];
  /** Whom a thing to write goes to: names or addresses. */
  readonly addresses?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly labels?: readonly string[];
  /** Subject or name of a thing to write. */
  readonly title?: string;
  /** Text to write. */
  readonly text?: string;
  /** Words to search for. */
  readonly query?: string;
  /** Option to choose: a time or a number. */
  readonly choice?: string;
  /** Name of a person or thing to add. */
  readonly name?: string;
  /** Where the things meant lie. */
  readonly folder?: string;
  /** Condition on the things meant, such as "unread". */
  readonly state?: string;
  /** Condition on their dates, as it is said. */
  readonly date?: string;
  readonly quantity?: Quantity;
  /** Which of several come first: "newest", "oldest". */
  readonly order?: string;
  /** What is left out of "all". */
  readonly except?: readonly string[];
}

/** One thing that a goal asks for. */
export interface Errand {
  /** What is to be done, by the site's name for it. */
  readonly kind: string;
  readonly objects: Objects;
}

/** An errand as it was read from a goal's words. */
export interface ReadErrand extends Errand {
  /** Words that decided its kind. */
  readonly decided: string;
}

/** What a reader of free wording makes of a goal: all its errands in their order, or why it does not know. */
export type FreeReading =
  | { readonly errands: readonly [ReadErrand, ...ReadErrand[]] }
  | Unread;

/** Why a goal was not read. */
export interface Unread {
  readonly unread: string;
  /** True where it is known that nothing is to be paid: it asks for what the site cannot do, or turns round what it names. */
  readonly isSure?: true;
  /** What of the goal was not understood, where the rest was: another errand perhaps, which the site cannot do. */
  readonly beside?: Told;
}

/** Why surely nothing is to be paid. */
export const refusal = (unread: string): Unread => ({ unread, isSure: true });

/** Reads goals in free wording. Pure. */
export type FreeReader = (goal: string) => FreeReading;
