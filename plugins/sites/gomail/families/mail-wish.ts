import type { Wish } from "halo-agent/site";

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
  /** Person to write to, as the goal calls a contact, and what the mail has to say. */
  readonly person?: string;
  readonly about?: string;
  /** Further words to search for. */
  readonly also?: string;
}
