// What a user does for each task of REAL's first version on the site for homes, and what one does who gets it nearly right.
import type { Event } from "../state/event.ts";
import type { Scripted } from "halo-agent/site";
import { homeFor, lot, tourOf } from "./runs.ts";

const who = (name: string, email: string, phone: string): readonly Event[] =>
  Object.entries({ name, email, phone })
    .map(([field, text]): Event => ({ type: "form-input", field: field as "name", text }));

const john = who("John Doe", "johndoe@example.com", "555-123-4567");
const sarah = who("Sarah Brown", "sarahbrown@example.com", "555-987-6543");
const [firstDay, dayAfter] = ["2024-07-19", "2024-07-20"];
const cheap = homeFor({ place: "San Diego", beds: 2, max: 150_000 });
const condo = homeFor({ place: "San Francisco", types: ["Condos/Co-ops"], max: 300_000 });
const house = homeFor({ place: "San Francisco", types: ["Houses"], max: 900_000 });

/** By id of the REAL task. */
export const earlierRuns: Readonly<Record<string, Scripted<Event>>> = {
  "v1.zilloft-3": {
    right: tourOf(cheap, firstDay, "2:00 PM", john),
    near: { how: "at 3 PM", run: tourOf(cheap, firstDay, "3:00 PM", john) },
    loose: [
      { how: "a lot in Denver", run: tourOf(lot, firstDay, "2:00 PM", john) },
      { how: "another day", run: tourOf(cheap, dayAfter, "2:00 PM", john) },
    ],
  },
  "v1.zilloft-6": {
    right: tourOf(condo, firstDay, "4:00 PM", sarah),
    near: { how: "for John", run: tourOf(condo, firstDay, "4:00 PM", john) },
    loose: [
      { how: "a house", run: tourOf(house, firstDay, "4:00 PM", sarah) },
      { how: "the day after tomorrow", run: tourOf(condo, dayAfter, "4:00 PM", sarah) },
    ],
  },
};
