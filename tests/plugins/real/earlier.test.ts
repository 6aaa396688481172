// runtime: node
// The tasks of REAL's first version that queries alone grade: right work, near misses and the page as it was.
import type { SiteDefinition, SiteTypes } from "../../../core/site.ts";
import { isHaloError } from "../../../core/util/errors.ts";
import { defaultFolder, readEarlierTasks } from "../../../plugins/real/agisdk.ts";
import { askQueries } from "../../../plugins/real/queries.ts";
import { unplayable } from "../../../plugins/real/catalogue.ts";
import { gocalendar } from "../../../plugins/sites/gocalendar/gocalendar.ts";
import { gomail } from "../../../plugins/sites/gomail/gomail.ts";
import { omnizon } from "../../../plugins/sites/omnizon/omnizon.ts";
import { zilloft } from "../../../plugins/sites/zilloft/zilloft.ts";
import { assert, suite } from "../../harness.ts";
import { openScripted, siteNames } from "./verdicts.ts";

const here = await readEarlierTasks(defaultFolder()).catch((e: unknown) => {
  if (isHaloError(e, "HALO_REAL_MISSING")) return undefined;
  throw e;
});
const sites = here === undefined ? [] : await Promise.all(siteNames.map((name) => openScripted(name, "v1")));
const definitions = { gomail, gocalendar, omnizon, zilloft } as const;

const test = suite("real/earlier");
const [passes, refuses] = [{ official: true, strict: true }, { official: false, strict: false }];

test("queries compare by type, as Python does for JSON, and one that fails finds nothing", () => {
  const ask = (query: string, expected: Parameters<typeof askQueries>[0][number]["expected"]) =>
    askQueries([{ query, expected }], { a: "1", b: true, list: [1, { c: null }], none: null }).success;
  assert.equal(
    [ask("a", "1"), ask("a", 1), ask("b", true), ask("b", 1), ask("b", "true"), ask("list", [1, { c: null }])],
    [true, false, true, true, false, true],
  );
  assert.equal([ask("length(none) == `0`", true), ask("list[5]", true), ask("nothing", null)], [false, false, true]);
  assert.is(
    askQueries([{ query: "a", expected: true }], { a: "yes" }).reason,
    'the query a finds "yes", not true',
  );
});

if (here === undefined) console.log("skipped: halo tasks fetch real");
else {
  test("52 tasks of the first version are graded by queries alone, four of them against their goal", () => {
    assert.equal([here.length, here.filter(({ isGradeable }) => !isGradeable).length], [52, 4]);
  });

  test("each of them on a site with a replica has a strict rule, or a reason why it is not played", () => {
    const ruled = (definition: SiteDefinition<SiteTypes>) => Object.keys(definition.official!.earlier!);
    const rules = siteNames.flatMap((name) => ruled(definitions[name] as unknown as SiteDefinition<SiteTypes>));
    const gradeable = here.filter(({ site, isGradeable }) => isGradeable && site in definitions).map(({ id }) => id);
    assert.equal([...rules, ...unplayable.keys()].sort(), [...gradeable].sort());
    assert.is(rules.length, 13);
  });

  for (const site of sites) {
    for (const id of site.ids) {
      test(`${id}: queries and strict rule pass the right run and refuse the untouched page and a near miss`, async (t) => {
        const row = await site.rowOf(id, t);
        assert.equal(row.right, passes, "right run");
        assert.equal(row.untouched, refuses, "untouched");
        assert.equal(row.near, { ...refuses, how: row.near.how });
        assert.ok(row.loose.length > 0);
        for (const one of row.loose) assert.equal(one, { official: true, strict: false, how: one.how });
      });
    }
  }
}
