// What a user does for each task of REAL's first version on the calendar, and what one does who gets it nearly right.
import type { Event } from "../state/event.ts";
import type { Scripted } from "halo-agent/site";
import { added, deletion, texts, untouched } from "./runs.ts";

const meeting = (to: string): Event[] =>
  added({ title: "Team Meeting", day: "July 19", from: "2 PM", to, location: "Conference Room A" });

function renamed(title: string, location: string): Event[] {
  const { id } = untouched.events.find((event) => event.title === "Team Check-In")!;
  const at = { kind: "event", id } as const;
  return [{ type: "open-details", ...at }, { type: "edit", ...at }, ...texts({ title, location }), { type: "save" }];
}

const client = "Breakfast Meeting with Client";

/** By id of the REAL task. */
export const earlierRuns: Readonly<Record<string, Scripted<Event>>> = {
  "v1.gocalendar-1": {
    right: meeting("2:30 PM"),
    near: { how: "until three", run: meeting("3 PM") },
    loose: [{ how: `"${client}" deleted as well`, run: [...meeting("2:30 PM"), ...deletion(client)] }],
  },
  "v1.gocalendar-3": {
    right: deletion(client),
    near: { how: `"Team Check-In" deleted instead`, run: deletion("Team Check-In") },
    loose: [{ how: "a meeting added as well", run: [...deletion(client), ...meeting("2:30 PM")] }],
  },
  "v1.gocalendar-4": {
    right: renamed("Project Kickoff", "Zoom"),
    near: { how: "in another place", run: renamed("Project Kickoff", "Room Cedar") },
    loose: [{ how: `"${client}" deleted as well`, run: [...renamed("Project Kickoff", "Zoom"), ...deletion(client)] }],
  },
};
