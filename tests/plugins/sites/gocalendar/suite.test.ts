// runtime: node
import type { Json } from "../../../../core/domain/json.ts";
import { createPlugin, type OfficialRun, siteSuite } from "../../../../core/testing.ts";
import { gocalendar } from "../../../../plugins/sites/gocalendar/gocalendar.ts";
import site from "../../../../plugins/sites/gocalendar/site.ts";
import { suite } from "../../../harness.ts";
import { after, runs } from "./runs.ts";
import { tour } from "./tour.ts";

const ends = (run: Parameters<typeof after>[0]) => (start: Json): Json => after(run, start as never) as unknown as Json;
const officialRuns = Object.fromEntries(
  Object.entries(runs).map(([id, { right, near }]): [string, OfficialRun] => [id, {
    right: ends(right),
    near: ends(near.run),
  }]),
);
const cases = siteSuite(gocalendar, {
  site: await createPlugin(site),
  scrambled: await createPlugin(site, { scramble: 7 }),
  walks: 20,
  tour,
  officialRuns,
});

const test = suite("gocalendar/suite");
for (const { name, timeoutMs, run } of cases) test(name, run, { timeoutMs });
