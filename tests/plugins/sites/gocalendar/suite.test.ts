// runtime: node
import { createPlugin, siteSuite } from "../../../../core/testing.ts";
import { gocalendar } from "../../../../plugins/sites/gocalendar/gocalendar.ts";
import site from "../../../../plugins/sites/gocalendar/site.ts";
import { suite } from "../../../harness.ts";
import { tour } from "./tour.ts";

const cases = siteSuite(gocalendar, {
  site: await createPlugin(site),
  scrambled: await createPlugin(site, { scramble: 7 }),
  walks: 20,
  tour,
});

const test = suite("gocalendar/suite");
for (const { name, timeoutMs, run } of cases) test(name, run, { timeoutMs });
