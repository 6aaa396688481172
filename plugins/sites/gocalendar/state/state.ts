import type { ListUndo, Snackbar, Ticking } from "halo-agent/site";

/** What an event is besides its time; a field that is absent has its usual value. */
export interface EventDetails {
  readonly title: string;
  readonly description?: string;
  readonly location?: string;
  /** Names of people, in the order in which they were added. */
  readonly guests?: readonly string[];
  /** Invitations went out. */
  readonly isSent?: true;
  /** Last part of the address of a video meeting. */
  readonly meeting?: string;
  /** Id of its calendar. */
  readonly calendar: string;
  /** Name of a colour of its own; the calendar's when absent. */
  readonly color?: string;
  readonly availability?: "free";
  readonly visibility?: "public" | "private";
  /** Minutes before it begins; 30 when absent. */
  readonly notification?: number;
}

/** Something at a time, or on whole days. */
export interface CalEvent extends EventDetails {
  readonly id: string;
  /** Local times "2024-07-18T09:00"; of an event of whole days midnight of the first and of the last of them. */
  readonly start: string;
  readonly end: string;
  readonly allDay?: true;
  /** Id of the first event of a series. */
  readonly series?: string;
}

/** Something to be done. */
export interface CalTask {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Local time; midnight of its day without a time. */
  readonly due: string;
  readonly allDay?: true;
  readonly list: string;
  readonly isDone?: true;
  /** Local times. */
  readonly created: string;
  readonly updated: string;
}

/** A calendar that events belong to. */
export interface Calendar {
  readonly id: string;
  readonly name: string;
  /** Name of a colour. */
  readonly color: string;
  readonly isShown: boolean;
}

/** How many days the calendar page shows. */
export type Span = "day" | "workweek" | "week" | "month";

/** What the page shows beside its head and its left column. */
export type View =
  | { readonly name: "calendar" | "form" | "calendar-form" }
  | { readonly name: "tasks"; readonly list: string }
  | { readonly name: "search"; readonly query: string };

/** Text fields of a form. Days and times are as they were typed. */
export type FormField =
  | "title"
  | "day"
  | "endDay"
  | "from"
  | "to"
  | "guest"
  | "location"
  | "description";

/** Fields of a form with offered values. */
export type FormChoice = "repeat" | "calendar" | "color" | "availability" | "visibility" | "notification" | "list";

/** The window or page in which an event or a task is written. */
export interface Form {
  readonly kind: "event" | "task";
  /** Id of what is changed; null for something new. */
  readonly id: string | null;
  /** Text fields that were written; `endDay` and `to` follow from the others until then. */
  readonly text: Readonly<Record<Exclude<FormField, "endDay" | "to">, string>>;
  readonly endDay: string | null;
  readonly to: string | null;
  /** Minutes and days from beginning to end, while nobody wrote the end. */
  readonly minutes: number;
  readonly days: number;
  readonly allDay: boolean;
  readonly hasMeeting: boolean;
  readonly guests: readonly string[];
  readonly choices: Readonly<Record<FormChoice, string>>;
  /** True once something was written or chosen. */
  readonly isTouched: boolean;
  /** True once it could not be saved: from then on it says why. */
  readonly isChecked: boolean;
}

/** The page on which a calendar is made or changed. */
export interface CalendarForm {
  readonly id: string | null;
  readonly name: string;
  readonly color: string;
  readonly isChecked: boolean;
}

/** A question that must be answered before anything else. */
export type Question =
  | { readonly about: "invite" }
  | { readonly about: "series"; readonly id: string; readonly scope: "one" | "all" }
  | { readonly about: "calendar"; readonly id: string };

/** What an Undo button puts back. */
export interface Undo {
  readonly events?: ListUndo<CalEvent>;
  readonly tasks?: ListUndo<CalTask>;
  readonly calendars?: ListUndo<Calendar>;
}

/** What fails although all is right, as the benchmark's configuration can ask for. */
export interface Faults {
  readonly error_saving_event: boolean;
  readonly error_editing_event: boolean;
  readonly error_saving_calendar: boolean;
  readonly error_editing_calendar: boolean;
}

/** Everything the page shows, as one JSON value. */
export interface GoCalendarState extends Ticking {
  readonly events: readonly CalEvent[];
  readonly tasks: readonly CalTask[];
  readonly calendars: readonly Calendar[];
  readonly nextId: number;
  readonly view: View;
  readonly span: Span;
  /** A day of those on the page, and the first day of the month in the left column. */
  readonly date: string;
  readonly mini: string;
  /** Whether the hours before seven are shown. */
  readonly isNightShown: boolean;
  readonly searchInput: string;
  readonly form: Form | null;
  readonly calendarForm: CalendarForm | null;
  /** Whose details stand in a window. */
  readonly details: { readonly kind: "event" | "task"; readonly id: string } | null;
  readonly question: Question | null;
  readonly menu: string | null;
  readonly snackbar: Snackbar<Undo> | null;
  readonly banner: boolean;
  /** What could not be saved, "" while nothing failed. */
  readonly failure: string;
  readonly faults: Faults;
}

/** What a task adds to the calendar every page opens with. */
export interface Setup {
  readonly events?: readonly Omit<CalEvent, "id">[];
  readonly tasks?: readonly Pick<CalTask, "title" | "due" | "list">[];
  readonly calendars?: readonly string[];
}

/** The lists of tasks. */
export const taskLists = ["Work", "Personal", "Family", "Shopping"] as const;

/** Colours by name. */
export const colors: Readonly<Record<string, string>> = {
  Tomato: "#d50000",
  Flamingo: "#e67c73",
  Tangerine: "#f4511e",
  Banana: "#f6bf26",
  Sage: "#33b679",
  Basil: "#0b8043",
  Peacock: "#039be5",
  Cobalt: "#4285f4",
  Lavender: "#7986cb",
  Grape: "#8e24aa",
  Graphite: "#616161",
};
