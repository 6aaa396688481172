/** What the settings page edits. */
export interface Settings {
  /** Conversations on one page of a list. */
  readonly pageSize: 10 | 25 | 50;
  /** Put under mails when they are sent; "" is none. */
  readonly signature: string;
  readonly shortcuts: "on" | "off";
  readonly snippets: "show" | "hide";
  readonly theme: "light" | "dark";
  readonly density: "comfortable" | "compact";
  readonly vacation: "on" | "off";
  /** First and last day "2024-07-22"; "" is open. */
  readonly vacationFrom: string;
  readonly vacationTo: string;
  readonly vacationSubject: string;
  readonly vacationText: string;
}

/** Settings every mailbox starts with. */
export const defaultSettings: Settings = {
  pageSize: 50,
  signature: "",
  shortcuts: "on",
  snippets: "show",
  theme: "light",
  density: "comfortable",
  vacation: "off",
  vacationFrom: "",
  vacationTo: "",
  vacationSubject: "",
  vacationText: "",
};
