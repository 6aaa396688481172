import type { Folder } from "./state.ts";

/** Text fields of the composer. */
export type ComposeField = "toInput" | "cc" | "bcc" | "subject" | "body";

/** Everything a user can do. Targets of mail actions are the open mail, else the selection. */
export type Event =
  | { readonly type: "open-list"; readonly folder: string }
  | { readonly type: "open-mail"; readonly id: string }
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
  | { readonly type: "star"; readonly id: string }
  | { readonly type: "move"; readonly to: Folder }
  | { readonly type: "mark"; readonly isRead: boolean }
  | { readonly type: "delete-forever" }
  | { readonly type: "toggle-label"; readonly label: string }
  | { readonly type: "undo" }
  | { readonly type: "toggle-menu"; readonly menu: "labels" | "move" }
  | { readonly type: "dismiss" }
  | { readonly type: "escape"; readonly inCompose: boolean }
  | { readonly type: "new-label" }
  | { readonly type: "label-input"; readonly text: string }
  | { readonly type: "create-label" }
  | { readonly type: "compose" }
  | { readonly type: "compose-input"; readonly field: ComposeField; readonly text: string }
  | { readonly type: "show-cc" }
  | { readonly type: "move-suggestion"; readonly by: 1 | -1 }
  | { readonly type: "pick-recipient"; readonly address: string }
  | { readonly type: "commit-recipient"; readonly by: "enter" | "blur" }
  | { readonly type: "remove-recipient"; readonly address: string }
  | { readonly type: "minimize" }
  | { readonly type: "send" }
  | { readonly type: "close-compose" }
  | { readonly type: "discard-draft" }
  | { readonly type: "reply"; readonly all: boolean }
  | { readonly type: "reply-input"; readonly text: string }
  | { readonly type: "send-reply" }
  | { readonly type: "discard-reply" };
