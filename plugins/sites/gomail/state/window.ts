/** A modal window. Its fields are typed text until it is confirmed. */
export type Dialog =
  /** `applyTo`: mails that get the label once it exists. */
  | { readonly name: "new-label"; readonly value: string; readonly applyTo: readonly string[] }
  | { readonly name: "rename-label"; readonly value: string; readonly label: string }
  | { readonly name: "delete-label"; readonly label: string }
  | { readonly name: "search-options"; readonly form: SearchForm }
  /** Day and time to wake a mail, or to send the composed one. */
  | { readonly name: "snooze" | "schedule"; readonly form: TimeForm }
  /** `address`: the contact that is edited; "" is a new one. */
  | { readonly name: "contact"; readonly address: string; readonly form: ContactForm }
  | { readonly name: "delete-contact"; readonly address: string }
  | { readonly name: "empty"; readonly folder: "trash" | "spam" }
  | { readonly name: "shortcuts" };

/** Fields of the advanced search; "" is not filled in. */
export interface SearchForm {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly hasWords: string;
  readonly without: string;
  /** Days before and after `date`; "" is any time. */
  readonly within: string;
  /** "2024-07-18". */
  readonly date: string;
  /** What follows `in:`, "" is all mail but Trash and Spam. */
  readonly folder: string;
  readonly attachment: "" | "yes";
}

/** A day "2024-07-25" and a time "8:00 AM" as typed. */
export interface TimeForm {
  readonly date: string;
  readonly time: string;
}

export interface ContactForm {
  readonly fullName: string;
  readonly email: string;
}
