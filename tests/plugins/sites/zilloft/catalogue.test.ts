// runtime: node
// The counts that the benchmark's first tasks presuppose, and what else hangs on single homes.
import { homes } from "../../../../plugins/sites/zilloft/state/homes.ts";
import { resultsOf } from "../../../../plugins/sites/zilloft/state/search.ts";
import { plainSearch, type Search } from "../../../../plugins/sites/zilloft/state/state.ts";
import { pools } from "../../../../plugins/sites/zilloft/families/pools.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("zilloft/catalogue");
const found = (limits: Partial<Search>) => resultsOf({ ...plainSearch, ...limits }, "homes");
const count = (limits: Partial<Search>): number => found(limits).length;
const sf = { place: "San Francisco, CA" };

test("San Francisco has the counts of the benchmark, whichever way it is written", () => {
  for (const place of ["San Francisco", "san francisco, ca", " San Francisco , California"]) {
    assert.is(count({ place }), 56);
  }
  assert.is(count({ ...sf, min: 500_000, max: 750_000 }), 8);
  assert.is(count({ ...sf, beds: 3, baths: 2, isExact: true }), 16);
  assert.is(count({ ...sf, types: ["Manufactured"], max: 1_000_000 }), 24);
  assert.is(count({ ...sf, types: ["Houses", "Townhomes"], max: 500_000 }), 13);
  assert.ok(count({ ...sf, types: ["Condos/Co-ops"], max: 300_000 }) > 0);
  const prices = found({ ...sf, beds: 4 }).map(({ price }) => price);
  assert.equal([Math.min(...prices), Math.max(...prices)], [449_900, 4_985_000]);
});

test("other places have what tasks look for", () => {
  assert.is(count({ place: "San Jose, CA", types: ["Townhomes"], min: 750_000, max: 1_000_000 }), 1);
  const zip = { place: "92114", beds: 3, baths: 2, min: 600_000, max: 800_000 };
  assert.equal([count(zip), count({ ...zip, isExact: true })], [1, 1]);
  const some: readonly Partial<Search>[] = [
    { place: "San Diego", beds: 2, max: 150_000 },
    { place: "Boston, MA", types: ["Houses"], max: 1_000_000 },
    { place: "Sacramento", types: ["Houses"], beds: 4, baths: 2, min: 500_000, max: 1_100_000 },
    { place: "Long Beach", types: ["Houses"], beds: 3, baths: 2, isExact: true },
    { place: "Los Angeles", types: ["Houses"], beds: 2, baths: 1, max: 350_000 },
    { place: "San Francisco Bay Area", beds: 3, max: 1_000_000 },
    { place: "Southern California", types: ["Houses"], max: 1_000_000 },
    { place: "California", beds: 3, max: 900_000 },
  ];
  for (const limits of some) assert.ok(count(limits) > 0, JSON.stringify(limits));
});

test("there are 1,500 homes and more, no two at one address, none at a price of the filter", () => {
  assert.ok(homes.length >= 1500);
  assert.is(new Set(homes.map(({ street }) => street)).size, homes.length);
  assert.equal(homes.filter(({ price, deal }) => deal !== "rent" && price % 50_000 === 0), []);
});

test("a place of the tasks has a screen of homes for sale, and splits share no word", () => {
  for (const place of [...pools.train.places, ...pools.eval.places]) assert.ok(count({ place }) >= 6, place);
  for (const [name, words] of Object.entries(pools.train)) {
    const others: readonly string[] = pools.eval[name as keyof typeof pools.eval];
    assert.equal((words as readonly string[]).filter((word) => others.includes(word)), []);
  }
});

test("what is no place finds nothing, and a street finds its home", () => {
  assert.is(count({ place: "Atlantis" }), 0);
  const home = homes.find(({ deal }) => deal === "sale")!;
  assert.equal(found({ place: home.street }), [home]);
  assert.is(count({ place: "" }), homes.filter(({ deal }) => deal === "sale").length);
});
