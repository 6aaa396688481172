import { defaultConfig, finishReport, judgeStrictly } from "../../../../core/site.ts";
import { omnizon } from "../../../../plugins/sites/omnizon/omnizon.ts";
import type { State } from "../../../../plugins/sites/omnizon/state/state.ts";
import { assert, suite } from "../../../harness.ts";
import { after, type Run, runs, untouched } from "../../../../plugins/sites/omnizon/official/runs.ts";

const test = suite("omnizon/official");
const official = omnizon.official!;
const reportOf = (final: State, id = "v2.omnizon-3") =>
  JSON.parse(JSON.stringify(
    finishReport(official, { initial: untouched, final, history: [], config: defaultConfig(id, official) }),
  ));
const strictly = (id: string, final: State) => judgeStrictly(omnizon, id, { before: untouched, after: final });

test("the report of an untouched shop holds its configuration and nothing of the catalogue", () => {
  const config = { run_id: "0", task_id: "v2.omnizon-3", latency: 0, removePopup: true, error_placing_order: false };
  assert.equal(reportOf(untouched), {
    actionhistory: [],
    config: { omnizon: config },
    differences: { orders: { added: [], updated: [], deleted: [] } },
    initialfinaldiff: { added: { config: { omnizon: config } }, deleted: {}, updated: {} },
  });
});

test("the report of an order says what was bought, searched for and shown, and names no product", () => {
  const report = reportOf(after(runs["v2.omnizon-24"]!.right));
  const order = {
    orderNumber: "114-7314013",
    date: "2024-07-18T17:04:00.000Z",
    items: [{ id: "16", quantity: 2, price: 69 }],
    total: 138,
  };
  const { added, updated } = report.initialfinaldiff;
  assert.equal(added.order, { orders: { 3: order } });
  assert.equal(updated, {
    filter: { searchQuery: "gaming controllers (PS5)", searchInputValue: "gaming controllers (PS5)" },
    router: { location: { pathname: "/confirmation" } },
  });
  assert.ok(!JSON.stringify(report).includes("Wireless Controller"));
});

const search = (text: string): Run => [{ type: "search-input", text }, { type: "search" }];
const open = (id: string): Run => [{ type: "go", view: { name: "product", id } }];
/** The order as the first version of the benchmark reads it. */
const earlier = (...run: Run) => reportOf(after(run)).orderDetailsDiff?.added["0"].order;

test("Buy Now checks the whole cart out, as v1.omnizon-2 expects", () => {
  const add: Run = [{ type: "add-to-cart" }];
  const { cart } = earlier(
    ...search("smartphones"),
    ...open("21"),
    ...add,
    ...open("22"),
    ...add,
    ...open("23"),
    { type: "buy-now" },
    { type: "place-order" },
  );
  assert.equal(cart, [{ id: "21", quantity: 1 }, { id: "22", quantity: 1 }, { id: "23", quantity: 1 }]);
});

test("the report has quantity, card and day of an order where v1.omnizon-8, -9 and -10 look", () => {
  const form: Run = Object.entries({
    name: "Jack Fulton",
    number: "9231 3432 8927 7764",
    month: "1",
    year: "2029",
    code: "128",
  }).map(([key, text]) => ({ type: "form-input", key, text }));
  const order = earlier(
    ...open("51"),
    { type: "pick-quantity", quantity: 5 },
    { type: "buy-now" },
    { type: "new-card" },
    ...form,
    { type: "confirm" },
    { type: "set-quantity", id: "51", quantity: 30 },
    { type: "choose", change: { delivery: "2024-07-21" } },
    { type: "place-order" },
  );
  assert.equal(order, {
    cart: [{ id: "51", quantity: 30 }],
    selected_card: {
      cardName: "Jack Fulton",
      cardNumber: "9231 3432 8927 7764",
      month: "1",
      year: "2029",
      security_code: "128",
    },
    selected_delivery: "Monday, Jul 21",
  });
  assert.is(earlier(...open("51"), { type: "add-to-cart" }), undefined);
});

test("the strict rules refuse what was done besides, in any part of the shop", () => {
  const { right } = runs["v2.omnizon-13"]!;
  const besides: readonly (readonly [reason: string, ...run: Run])[] = [
    ['1 of "Nocturna Maple RGB Gaming Mouse" came in the cart', ...open("192"), { type: "add-to-cart" }],
    ['the wish for "Nocturna Maple RGB Gaming Mouse" was added', { type: "toggle-wish", id: "192" }],
    ["order 112-4538820 was changed as well: status", { type: "cancel-order", id: "112-4538820" }, { type: "confirm" }],
    ["a window stands open", { type: "cancel-order", id: "112-4538820" }],
    ["a window stands open", { type: "new-card" }, { type: "form-input", key: "code", text: "1" }],
  ];
  assert.is(strictly("v2.omnizon-13", after(right)).reason, "all that was asked for was done, and nothing else");
  for (const [reason, ...run] of besides) {
    const { success, reason: said } = strictly("v2.omnizon-13", after([...right, ...run]));
    assert.equal([success, said], [false, reason]);
  }
  const elsewhere: Run = [...right.slice(0, -1), { type: "choose", change: { address: "a2" } }, right.at(-1)!];
  assert.is(strictly("v2.omnizon-13", after(elsewhere)).reason, "the order has another card or address");
});
