import { scriptedWorks } from "halo-agent/site";
import { sitePlugin } from "halo-agent/site/assets";
import { gocalendar } from "./gocalendar.ts";
import { clock } from "./state/time.ts";
import { update } from "./state/update.ts";

/** The calendar site: weeks, months, tasks, several calendars; its whole state is one JSON value. */
export default sitePlugin(gocalendar, {
  summary: "a calendar: days, weeks and months, events with guests, tasks, several calendars",
  folder: new URL("app/", import.meta.url),
  title: "GoCalendar",
  scripts: {
    "/": "main.tsx",
    "/config": "routes.ts",
    "/finish": "routes.ts",
    "/submit": "routes.ts",
    "/*": "main.tsx",
  },
  works: async () => {
    const [{ runs }, { earlierRuns }] = await Promise.all([
      import("./official/runs.ts"),
      import("./official/earlier-runs.ts"),
    ]);
    return scriptedWorks({ ...runs, ...earlierRuns }, { clock, update });
  },
});
