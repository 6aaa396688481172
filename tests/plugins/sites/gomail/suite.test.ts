// runtime: node
import type { Json } from "../../../../core/domain/json.ts";
import { createPlugin, type OfficialRun, siteSuite } from "../../../../core/testing.ts";
import type { Event } from "../../../../plugins/sites/gomail/state/event.ts";
import type { GoMailState } from "../../../../plugins/sites/gomail/state/state.ts";
import { update } from "../../../../plugins/sites/gomail/state/update.ts";
import { gomail } from "../../../../plugins/sites/gomail/gomail.ts";
import site from "../../../../plugins/sites/gomail/site.ts";
import { suite } from "../../../harness.ts";
import { runs } from "../../real/gomail-runs.ts";
import { tour } from "./tour.ts";

const ends = (run: readonly Event[]) => (start: Json): Json =>
  run.reduce(update, start as unknown as GoMailState) as unknown as Json;
const officialRuns = Object.fromEntries(
  Object.entries(runs).map(([id, { right, near }]): [string, OfficialRun] => [id, {
    right: ends(right),
    near: ends(near.run),
  }]),
);
const cases = siteSuite(gomail, {
  site: await createPlugin(site),
  scrambled: await createPlugin(site, { scramble: 7 }),
  walks: 60,
  tour,
  officialRuns,
});

// After every wait: a suite runs what is declared in one go.
const test = suite("gomail/suite");
for (const { name, timeoutMs, run } of cases) test(name, run, { timeoutMs });
