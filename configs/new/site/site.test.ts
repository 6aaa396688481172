import { test } from "node:test";
import { createPlugin, siteSuite } from "halo-agent/testing";
import { definition } from "./definition.ts";
import site from "./site.ts";

const cases = siteSuite(definition, {
  site: await createPlugin(site),
  scrambled: await createPlugin(site, { scramble: 7 }),
});
for (const { name, timeoutMs, run } of cases) {
  test(`my-site: ${name}`, { timeout: timeoutMs }, ({ signal }) => run({ signal }));
}
