// runtime: node
import { createPlugin, siteSuite } from "../../../../core/testing.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";
import site from "../../../../plugins/sites/gomail/site.ts";
import { suite } from "../../../harness.ts";
import { tour } from "./tour.ts";

const cases = siteSuite(gomail, {
  site: await createPlugin(site),
  scrambled: await createPlugin(site, { scramble: 7 }),
  walks: 20,
  tour,
});

// After every wait: a suite runs what is declared in one go.
const test = suite("gomail/suite");
for (const { name, timeoutMs, run } of cases) test(name, run, { timeoutMs });
