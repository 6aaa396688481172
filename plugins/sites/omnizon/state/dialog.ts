/** A modal window. Its fields are typed text until it is confirmed. */
export type Dialog =
  | { readonly name: "card"; readonly form: CardForm }
  | { readonly name: "address"; readonly form: AddressForm }
  | { readonly name: "cancel-order"; readonly id: string };

export type CardForm = Readonly<Record<"name" | "number" | "month" | "year" | "code", string>>;
export type AddressForm = Readonly<Record<"name" | "street" | "city" | "region" | "zip", string>>;

/** A field of a form: its key, its name on the page, and what is wrong with a text that does not fit. */
export interface FormField {
  readonly key: string;
  readonly name: string;
  readonly fits: RegExp;
  readonly problem: string;
}

export const cardFields: readonly FormField[] = [
  { key: "name", name: "Name on card", fits: /\S/, problem: "Enter a name" },
  { key: "number", name: "Card number", fits: /^(?:\d{16}|\d{4}(?: \d{4}){3})$/, problem: "Enter 16 digits" },
  { key: "month", name: "Expiry month", fits: /^(?:0?[1-9]|1[0-2])$/, problem: "Enter 1 to 12" },
  { key: "year", name: "Expiry year", fits: /^20(?:2[4-9]|[3-9]\d)$/, problem: "Enter 2024 or later" },
  { key: "code", name: "Security code", fits: /^\d{3,4}$/, problem: "Enter 3 or 4 digits" },
];

export const addressFields: readonly FormField[] = [
  { key: "name", name: "Full name", fits: /\S/, problem: "Enter a name" },
  { key: "street", name: "Street and number", fits: /\S/, problem: "Enter a street" },
  { key: "city", name: "City", fits: /\S/, problem: "Enter a city" },
  { key: "region", name: "State", fits: /^[A-Za-z]{2}$/, problem: "Enter two letters" },
  { key: "zip", name: "ZIP code", fits: /^\d{5}$/, problem: "Enter 5 digits" },
];

export const emptyCard: CardForm = { name: "", number: "", month: "", year: "", code: "" };
export const emptyAddress: AddressForm = { name: "", street: "", city: "", region: "", zip: "" };

/** What is wrong with a field's text, "" while it is empty or fits. */
export function problemIn({ fits, problem }: FormField, text: string): string {
  return text === "" || fits.test(text.trim()) ? "" : problem;
}

/** True when every field of a form fits. */
export function isComplete(fields: readonly FormField[], form: Readonly<Record<string, string>>): boolean {
  return fields.every(({ key, fits }) => fits.test(form[key]!.trim()));
}
