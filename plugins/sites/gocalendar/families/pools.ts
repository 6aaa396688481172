/** The words one split draws its values from; no two splits share one. */
export interface Words {
  /** The title of an event is a topic and a thing: "Harvest budget". */
  readonly topics: readonly string[];
  readonly things: readonly string[];
  readonly chores: readonly string[];
  readonly calendars: readonly string[];
  readonly places: readonly string[];
  readonly notes: readonly string[];
  readonly people: readonly string[];
  /** As people write them; the days lie after the week that pages open with. */
  readonly days: readonly string[];
  readonly times: readonly string[];
  /** Later than all of `times`. */
  readonly ends: readonly string[];
  /** Options as the page names them. */
  readonly colors: readonly string[];
  readonly lists: readonly string[];
  readonly repeats: readonly string[];
}

/** The word pools by split. */
export const pools: Readonly<Record<"train" | "eval", Words>> = {
  train: {
    topics: words(`Harvest Orchard Warehouse Payroll Translation Kitchen Stadium Insurance Furniture Marathon Museum
      Chemistry Freight Catering Vineyard Bicycle Theater Plumbing Satellite Bakery Ferry Textile Robotics Hiking`),
    things: words(
      "budget checklist estimate workshop survey proposal inventory forecast briefing tasting rehearsal permit",
    ),
    chores: lines(
      `Return the ladder, Water the ferns, Mend the fence, Wash the curtains, Label the boxes, Sharpen the knives,
      Clear the gutters, Polish the boots, Fold the tents, Oil the hinges, Pack the lunches, Sweep the porch`,
    ),
    calendars: words("Chess Garden Rowing Sewing Theatre Volunteering Astronomy Cycling"),
    places: lines(
      "Harbor Hall, Maple Office, River Cafe, Studio Four, Northside Gym, Old Mill, Room Jupiter, Cedar House",
    ),
    notes: lines(`bring the blue folder, ask about the discount, parking is behind the barn, wear sturdy shoes,
      the door code is on the wall, take the early train`),
    people: lines(
      `Amelia Stone, Ashley Campbell, Brandon Martinez, Brian King, Carol Adams, Charles Davis, Elena Petrova,
      Grace Howell, Isaac Moreno, Kevin Moore, Lucas Ferreira, Marcus Boyd, Naomi Clarke, Paula Reyes`,
    ),
    days: lines("July 23, July 25, July 29, July 31, August 2, August 6, August 9, August 14, August 19, August 27"),
    times: lines("8:30 AM, 9:15 AM, 10:45 AM, 12:30 PM, 2:15 PM, 3:30 PM, 4:45 PM"),
    ends: lines("5:30 PM, 6:15 PM, 7:45 PM, 8:30 PM"),
    colors: words("Tomato Tangerine Banana Basil Grape"),
    lists: words("Work Shopping"),
    repeats: ["Daily"],
  },
  eval: {
    topics: words(
      `Lighthouse Orchestra Glacier Pharmacy Trolley Planetarium Upholstery Fencing Monastery Apiary Dentistry
      Sculpture Railway Archery Botany Sailing`,
    ),
    things: words("memo questionnaire timetable seminar handout syllabus inspection voucher ledger recital"),
    chores: lines(
      `Repair the kettle, Paint the shutters, Feed the goldfish, Charge the drill, Shred the receipts, Rinse the jars,
      Trim the hedge, Stack the firewood`,
    ),
    calendars: words("Karate Pottery Debate Surfing Genealogy Knitting"),
    places: lines("Summit Lounge, Brick Chapel, Lakeside Pavilion, Unit Twelve, Corner Bistro, Greenhouse B"),
    notes: lines("print two copies, mind the steps, lunch is provided, call when you arrive"),
    people: lines(`Angela White, Barbara Thomas, Danielle Foster, Ethan Brooks, Hana Suzuki, Jasper Quill, Leila Haddad,
      Oliver Grant, Rafael Costa, Tara Singh, Victor Hale`),
    days: lines("July 24, July 30, August 1, August 8, August 13, August 21, August 28"),
    times: lines("8:15 AM, 9:45 AM, 11:30 AM, 1:45 PM, 3:15 PM, 4:30 PM"),
    ends: lines("5:15 PM, 6:30 PM, 7:15 PM"),
    colors: words("Flamingo Lavender Graphite"),
    lists: words("Family"),
    repeats: ["Every weekday (Monday to Friday)"],
  },
};

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

function lines(text: string): string[] {
  return text.trim().split(/,\s+/);
}
