import type { FormChoice, FormField, Span } from "./state.ts";

/** Everything a user can do. */
export type Event =
  | { readonly type: "home" | "today" | "dismiss" | "escape" | "undo" | "close-banner" | "close-failure" }
  /** By so many days, weeks or months, as the page shows them; in the left column by months. */
  | { readonly type: "turn" | "turn-mini"; readonly by: 1 | -1 }
  | { readonly type: "show-span"; readonly span: Span }
  | { readonly type: "show-day"; readonly day: string; readonly span?: Span }
  | { readonly type: "toggle-night" }
  | { readonly type: "toggle-menu"; readonly menu: string }
  | { readonly type: "search-input"; readonly text: string }
  | { readonly type: "search"; readonly query?: string }
  | { readonly type: "open-tasks"; readonly list: string }
  /** A new event or task; from a place on the page at its time, for so many minutes. */
  | {
    readonly type: "new";
    readonly kind: "event" | "task";
    readonly at?: string;
    readonly minutes?: number;
    readonly allDay?: true;
    readonly days?: number;
    /** As a page instead of a window. */
    readonly isPage?: true;
  }
  | { readonly type: "open-details"; readonly kind: "event" | "task"; readonly id: string }
  | { readonly type: "close" }
  | { readonly type: "edit"; readonly kind: "event" | "task"; readonly id: string }
  /** The window of a new event as a whole page. */
  | { readonly type: "more-options" }
  | { readonly type: "set-kind"; readonly kind: "event" | "task" }
  | { readonly type: "write"; readonly field: FormField; readonly text: string }
  | { readonly type: "choose"; readonly field: FormChoice; readonly value: string }
  | { readonly type: "pick"; readonly field: "day" | "endDay" | "from" | "to"; readonly text: string }
  | { readonly type: "toggle-all-day" | "toggle-meeting" }
  | { readonly type: "add-guest" | "remove-guest"; readonly name: string }
  | { readonly type: "commit-guest" }
  | { readonly type: "save" | "invite" }
  | { readonly type: "delete"; readonly kind: "event" | "task"; readonly id: string }
  | { readonly type: "set-scope"; readonly scope: "one" | "all" }
  | { readonly type: "confirm" }
  /** Moved on the page, to a local time or, with `allDay`, a day. */
  | { readonly type: "move-event"; readonly id: string; readonly to: string }
  | { readonly type: "tick-task"; readonly id: string }
  | { readonly type: "toggle-calendar" | "show-only" | "delete-calendar"; readonly id: string }
  | { readonly type: "color-calendar"; readonly id: string; readonly color: string }
  | { readonly type: "open-calendar-form"; readonly id: string | null }
  | { readonly type: "write-name"; readonly text: string }
  | { readonly type: "choose-color"; readonly color: string }
  | { readonly type: "save-calendar" };
