// runtime: node
import type { Json } from "../../../../core/domain/json.ts";
import { createPlugin, type OfficialRun, siteSuite } from "../../../../core/testing.ts";
import { omnizon } from "../../../../plugins/sites/omnizon/omnizon.ts";
import site from "../../../../plugins/sites/omnizon/site.ts";
import type { State } from "../../../../plugins/sites/omnizon/state/state.ts";
import { suite } from "../../../harness.ts";
import { after, type Run, runs } from "./runs.ts";
import { tour } from "./tour.ts";

const ends = (run: Run) => (start: Json): Json => after(run, start as unknown as State) as unknown as Json;
const officialRuns = Object.fromEntries(
  Object.entries(runs).map(([id, { right, near }]): [string, OfficialRun] => [id, {
    right: ends(right),
    near: ends(near.run),
  }]),
);
const cases = siteSuite(omnizon, {
  site: await createPlugin(site),
  scrambled: await createPlugin(site, { scramble: 7 }),
  walks: 20,
  tour,
  officialRuns,
});

// After every wait: a suite runs what is declared in one go.
const test = suite("omnizon/suite");
for (const { name, timeoutMs, run } of cases) test(name, run, { timeoutMs });
