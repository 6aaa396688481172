import type { Settings } from "./preferences.ts";
import type { Folder, Menu, SettingsTab } from "./state.ts";

/** Dialogs that open without a target of their own. */
export type PlainDialog = "search-options" | "snooze" | "schedule" | "shortcuts";

/** Text fields of the composer. */
export type ComposeField = "toInput" | "cc" | "bcc" | "subject" | "body";

/** Everything a user can do. Targets of mail actions are the open mail, else the selection. */
export type Event =
  | { readonly type: "open-list"; readonly folder: string }
  /** `scroll`: how far the list was scrolled, in px, for the way back. */
  | { readonly type: "open-mail"; readonly id: string; readonly scroll?: number }
  /** From the open mail to the next older (1) or newer (-1) one of its list; in a list, the keyboard's row. */
  | { readonly type: "step-mail"; readonly by: 1 | -1 }
  | { readonly type: "back" }
  | { readonly type: "turn-page"; readonly by: 1 | -1 }
  | { readonly type: "search-input"; readonly text: string }
  | { readonly type: "search" }
  | { readonly type: "clear-search" }
  | { readonly type: "select"; readonly id: string }
  /** Selects the page's rows, or nothing when all are selected. */
  | { readonly type: "select-page" }
  /** Selects the rows of all pages. */
  | { readonly type: "select-all" }
  | { readonly type: "select-none" }
  | { readonly type: "star"; readonly id: string }
  /** Stars all targets, or none when all have one. */
  | { readonly type: "star-targets" }
  | { readonly type: "mark-important"; readonly isImportant: boolean }
  /** Until a local time, "2024-07-25T08:00". */
  | { readonly type: "snooze"; readonly until: string }
  | { readonly type: "unsnooze" }
  | { readonly type: "move"; readonly to: Folder }
  | { readonly type: "mark"; readonly isRead: boolean }
  | { readonly type: "delete-forever" }
  | { readonly type: "toggle-label"; readonly label: string }
  | { readonly type: "undo" }
  | { readonly type: "toggle-menu"; readonly menu: Menu }
  | { readonly type: "dismiss" }
  | { readonly type: "escape"; readonly inCompose: boolean }
  | { readonly type: "new-label" }
  | { readonly type: "label-input"; readonly text: string }
  | { readonly type: "create-label" }
  | { readonly type: "edit-label"; readonly label: string; readonly to: "rename" | "delete" }
  | { readonly type: "open-dialog"; readonly name: PlainDialog }
  | { readonly type: "edit-contact"; readonly address: string }
  | { readonly type: "delete-contact"; readonly address: string }
  | { readonly type: "empty"; readonly folder: "trash" | "spam" }
  /** Text into a field of the open dialog. */
  | { readonly type: "dialog-input"; readonly field: string; readonly text: string }
  /** One of the offered values for a field of the open dialog. */
  | { readonly type: "dialog-choose"; readonly field: string; readonly value: string }
  /** The button that ends the open dialog with effect. */
  | { readonly type: "confirm" }
  | { readonly type: "open-settings"; readonly tab: SettingsTab }
  | { readonly type: "settings-input"; readonly field: keyof Settings; readonly text: string }
  | { readonly type: "settings-choose"; readonly field: keyof Settings; readonly value: string | number }
  | { readonly type: "save-settings" }
  | { readonly type: "end-vacation" }
  | { readonly type: "open-contacts" }
  | { readonly type: "close-banner" }
  | { readonly type: "compose"; readonly to?: string }
  | { readonly type: "compose-input"; readonly field: ComposeField; readonly text: string }
  | { readonly type: "show-cc" }
  | { readonly type: "move-suggestion"; readonly by: 1 | -1 }
  | { readonly type: "pick-recipient"; readonly address: string }
  | { readonly type: "commit-recipient"; readonly by: "enter" | "blur" }
  | { readonly type: "remove-recipient"; readonly address: string }
  | { readonly type: "minimize" }
  | { readonly type: "send" }
  /** At a local time, "2024-07-19T08:00". */
  | { readonly type: "schedule-send"; readonly at: string }
  /** Turns the open scheduled mail into a draft again. */
  | { readonly type: "cancel-send" }
  | { readonly type: "forward" }
  | { readonly type: "close-compose" }
  | { readonly type: "discard-draft" }
  | { readonly type: "reply"; readonly all: boolean }
  | { readonly type: "reply-input"; readonly text: string }
  | { readonly type: "send-reply" }
  | { readonly type: "discard-reply" };
