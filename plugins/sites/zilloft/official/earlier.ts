import type { Asked, BeforeAfter } from "halo-agent/site";
import type { ZilloftState } from "../state/state.ts";
import { tourDays } from "../state/time.ts";
import { at, inCity, is, isSale, oneTour, rooms, tomorrow, under } from "./strict.ts";

/** Strict rules of the two tasks of REAL's first version that queries grade. */
export const earlier: Readonly<Record<string, (states: BeforeAfter<ZilloftState>) => readonly Asked<ZilloftState>[]>> =
  {
    "v1.zilloft-3": oneTour({
      home: is(isSale, inCity("San Diego"), under(150_000), rooms(2)),
      when: at(tourDays[0]!, "2:00 PM"),
      who: { name: "John Doe", email: "johndoe@example.com", phone: "555-123-4567" },
    }),
    "v1.zilloft-6": oneTour({
      home: is(isSale, inCity("San Francisco"), under(300_000), ({ type }) => type === "Condos/Co-ops"),
      when: at(tomorrow, "4:00 PM"),
      who: { name: "Sarah Brown", email: "sarahbrown@example.com", phone: "555-987-6543" },
    }),
  };
