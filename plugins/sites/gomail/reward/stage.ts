/** A control as a person would name it. */
export interface Control {
  readonly role: string;
  readonly name: string;
  readonly region?: string;
  /** Whether more may follow the name, such as the day an option stands for. */
  readonly begins?: true;
}

/** A stage of the shortest way to what a goal asks for; reaching it is worth paying for once. */
export type Stage = {
  /** Name and value of the reward term. */
  readonly name: string;
  readonly value: number;
} & Sight;

/** What a page shows once a stage is reached. */
export type Sight =
  /** The row of the meant mail came into view by the search of the goal, or by following `link`. */
  | { readonly is: "found"; readonly link?: Control }
  /** At least `n` of the meant mails, and no other, are selected; a single one may be open instead. */
  | { readonly is: "picked"; readonly n: number }
  /** The meant mail is open. */
  | { readonly is: "opened" }
  /** The meant mail's star was turned on or off. */
  | { readonly is: "starred"; readonly on: boolean }
  /** A control came into view; the control `by` brings it. */
  | { readonly is: "shown"; readonly control: Control; readonly by: Control }
  /** One of several options is the chosen one. */
  | { readonly is: "chosen"; readonly option: Control }
  /** A field reads exactly this text. */
  | { readonly is: "written"; readonly field: Control; readonly text: string }
  /** These are recipients, complete or as typed, and nobody whom the goal does not name. */
  | { readonly is: "addressed"; readonly field: Control; readonly to: readonly string[] }
  /** All fields are right and the button that ends it is in view. */
  | { readonly is: "ready"; readonly button: Control }
  /** `button` was used with everything before in place, `gone` went away and the page's notice, if it has one, says so. */
  | { readonly is: "done"; readonly button: Control; readonly gone?: Control; readonly notice?: string };
