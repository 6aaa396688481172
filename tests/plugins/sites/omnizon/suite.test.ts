// runtime: node
import { createPlugin, siteSuite } from "../../../../core/testing.ts";
import { omnizon } from "../../../../plugins/sites/omnizon/omnizon.ts";
import site from "../../../../plugins/sites/omnizon/site.ts";
import { suite } from "../../../harness.ts";
import { tour } from "./tour.ts";

const cases = siteSuite(omnizon, {
  site: await createPlugin(site),
  scrambled: await createPlugin(site, { scramble: 7 }),
  walks: 20,
  tour,
});

// After every wait: a suite runs what is declared in one go.
const test = suite("omnizon/suite");
for (const { name, timeoutMs, run } of cases) test(name, run, { timeoutMs });
