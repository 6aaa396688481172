// What a user does for each task of REAL's first version on the mail site, and what one does who gets it nearly right.
import type { Event } from "../state/event.ts";
import { rowsOf } from "../state/select.ts";
import { listOf } from "../state/state.ts";
import type { Scripted } from "halo-agent/site";
import { untouched } from "./runs.ts";

const written = (to: string, subject: string, body: string): Event[] => [
  { type: "compose" },
  { type: "compose-input", field: "toInput", text: to },
  { type: "commit-recipient", by: "enter" },
  { type: "compose-input", field: "subject", text: subject },
  { type: "compose-input", field: "body", text: body },
];
const [first, second] = rowsOf(untouched, listOf("inbox")).filter(({ isRead }, i) => i === 0 || !isRead);
const read = (id: string): Event[] => [{ type: "select", id }, { type: "mark", isRead: true }];
const send: Event = { type: "send" };
const notes = (to: string): Event[] => [
  ...written(to, "Meeting Notes", "Please find the meeting notes attached."),
  send,
];
const update = written("jane.doe@example.com", "Weekly Update", "Here it is.");
const later = (at: string): Event[] => [...update, { type: "schedule-send", at }];

/** By id of the REAL task. */
export const earlierRuns: Readonly<Record<string, Scripted<Event>>> = {
  "v1.gomail-2": {
    right: read(first!.id),
    near: { how: "it gets a star instead", run: [{ type: "star", id: first!.id }] },
    loose: [{ how: "another unread mail", run: read(second!.id) }],
  },
  "v1.gomail-3": {
    right: notes("jonathan.smith@example.com"),
    near: { how: "the same mail to Jane", run: notes("jane.smith@example.com") },
    loose: [{
      how: "and the first mail deleted",
      run: [...notes("jonathan.smith@example.com"), { type: "select", id: first!.id }, { type: "move", to: "trash" }],
    }],
  },
  "v1.gomail-5": {
    right: later("2024-07-22T09:00"),
    near: { how: "sent at once", run: [...update, send] },
    loose: [{ how: "a day later", run: later("2024-07-23T09:00") }],
  },
};
