import { departments, detailsOf, products } from "../../../../plugins/sites/omnizon/catalogue/product.ts";
import { brandsOf, listed, searched, wholeList } from "../../../../plugins/sites/omnizon/catalogue/search.ts";
import { drawings } from "../../../../plugins/sites/omnizon/app/drawings.ts";
import { pools } from "../../../../plugins/sites/omnizon/families/pools.ts";
import { cardFields, problemIn } from "../../../../plugins/sites/omnizon/state/dialog.ts";
import type { Event } from "../../../../plugins/sites/omnizon/state/event.ts";
import { money } from "../../../../plugins/sites/omnizon/state/money.ts";
import { router } from "../../../../plugins/sites/omnizon/state/router.ts";
import { deliveries, deliveryText } from "../../../../plugins/sites/omnizon/state/time.ts";
import { priceProblem } from "../../../../plugins/sites/omnizon/state/update.ts";
import { assert, suite } from "../../../harness.ts";
import { after, untouched } from "../../../../plugins/sites/omnizon/official/runs.ts";

const test = suite("omnizon/state");
const ids = (query: string): readonly string[] => searched(query, "").map(({ id }) => id);

test("the catalogue holds 216 products in 18 departments, each with a drawing and a title of its own", () => {
  assert.equal([products.length, departments.length], [216, 18]);
  assert.is(new Set(products.map(({ title }) => title)).size, 216);
  assert.equal(products.map(({ id }) => id), Array.from({ length: 216 }, (_, i) => String(i + 1)));
  assert.equal(products.filter(({ drawing }) => drawings[drawing] === undefined), []);
  assert.ok(products.every((one) => one.priceCents > 0 && (one.listCents ?? Infinity) > one.priceCents));
  assert.ok(products.every((one) => detailsOf(one).bullets.every((text) => !/[{}]/.test(text))));
});

test("the products stand where the benchmark expects them", () => {
  const cents = (id: string): number => products[Number(id) - 1]!.priceCents;
  assert.equal(ids("smartphones").slice(0, 3), ["21", "22", "23"]);
  assert.equal(ids("cooking pot"), ["212", "215"]);
  assert.equal(ids("neck pillow").slice(0, 2), ["167", "170"]);
  const machines = listed({ ...wholeList, query: "Automatic Espresso Machine", sort: "Price: low to high" });
  assert.is(machines[0]?.id, "51");
  for (
    const [words, id] of [
      ["PlayStation DualSense", "16"],
      ["Marshall Emberton II Portable Bluetooth Speaker", "15"],
      ["Michael Kors Oversized Slim Runway Men's Watch", "61"],
      ["SAMSUNG Galaxy S24 Ultra", "22"],
      ["apron", "91"],
      ["sports balls", "114"],
      ["40 inch desk", "159"],
      ["silverware set", "208"],
      ["queen size bed frame", "164"],
    ] as const
  ) assert.is(ids(words)[0], id, words);
  assert.ok(["16", "192", "193"].every((id) => cents(id) < 10_000));
  const fit = searched("headphones", "").filter(({ priceCents }) => priceCents > 2400 && priceCents < 10_000);
  assert.ok(fit.length >= 5, `${fit.length} headphones between $24 and $100`);
});

test("searched finds words in any number and order, and nothing for words that the shop does not know", () => {
  assert.equal(ids("pots"), ids("pot"));
  assert.equal(ids("chairs office").slice(0, 2), ["161", "162"]);
  assert.equal(ids("xyzzy"), []);
  assert.equal([ids("").length, ids("?!").length], [216, 0]);
  assert.equal(brandsOf({ ...wholeList, department: "Watches" }), ["Meridiem", "Tickwell", "Zeitgarn"]);
});

test("every title that a task names is found first by a search for it", () => {
  for (const title of [...pools.train.products, ...pools.eval.products]) {
    assert.is(searched(title, "")[0]?.title, title);
  }
});

test("the pools of train and eval share nothing", () => {
  for (const [list, words] of Object.entries(pools.train)) {
    const others = pools.eval[list as keyof typeof pools.eval];
    assert.equal(words.filter((word: string) => others.includes(word)), [], list);
  }
});

test("a path leads to the view it was made of, whatever is searched for", () => {
  const runs: readonly (readonly Event[])[] = [
    [],
    [{ type: "go", view: { name: "product", id: "16" } }],
    ...(["cart", "checkout", "confirmation", "orders", "lists"] as const)
      .map((name): Event[] => [{ type: "go", view: { name } }]),
    [{ type: "search-input", text: "men's 100% \ud800 & 東京" }, { type: "search" }],
    [{ type: "show-list", filter: { department: "Coffee and Tea" } }, {
      type: "filter",
      change: {
        stars: 4,
        isFree: true,
        sort: "Most reviews",
        min: 5,
        max: 90,
        brands: ["Brewhart", "Cremavia"],
        page: 2,
      },
    }],
  ];
  for (const run of runs) {
    const state = after(run);
    const path = router.pathOf(state);
    assert.is(new URL(path, "http://omnizon.halo.test").href, `http://omnizon.halo.test${path}`);
    assert.is(router.pathOf(after([router.eventAt(path, untouched)!])), path);
  }
  assert.equal([router.eventAt("/product/217", untouched), router.eventAt("/nowhere", untouched)], [
    undefined,
    undefined,
  ]);
});

test("update counts no more than an order takes, and puts back what was removed", () => {
  const line = { id: "57", quantity: 20 };
  const full = after([{ type: "go", view: { name: "product", id: "57" } }, { type: "pick-quantity", quantity: 20 }, {
    type: "add-to-cart",
  }, { type: "add-to-cart" }]);
  assert.equal(full.cart, [{ ...line, quantity: 30 }]);
  const gone = after([{ type: "remove", id: "57" }], full);
  assert.equal([gone.cart, gone.snackbar?.message], [[], "Removed from cart"]);
  assert.equal(after([{ type: "undo" }], gone).cart, full.cart);
  const later = after([{ type: "save-for-later", id: "57" }], full);
  assert.equal([later.cart, later.saved], [[], full.cart]);
  assert.equal(after([{ type: "move-to-cart", id: "57" }], later).cart, full.cart);
});

test("an order that the configuration refuses stays in the cart and says so", () => {
  const cart = [{ id: "57", quantity: 1 }];
  const checkout: Event[] = [{ type: "go", view: { name: "checkout" } }, { type: "place-order" }];
  const refused = after(checkout, { ...untouched, cart, refusesOrders: true });
  assert.equal([refused.cart, refused.orders.length, refused.view.name], [cart, 3, "checkout"]);
  assert.match(refused.problem, /^We could not place your order/);
  assert.is(after(checkout).orders.length, 3);
});

test("fields say what is wrong with what was typed", () => {
  const problems = (texts: readonly string[]): readonly string[] =>
    cardFields.map((field, i) => problemIn(field, texts[i]!));
  assert.equal(problems(["", "", "", "", ""]), ["", "", "", "", ""]);
  assert.equal(problems(["Ann", "4410726399811537", "01", "2029", "128"]), ["", "", "", "", ""]);
  assert.equal(problems([" ", "4410", "13", "1999", "1"]), [
    "Enter a name",
    "Enter 16 digits",
    "Enter 1 to 12",
    "Enter 2024 or later",
    "Enter 3 or 4 digits",
  ]);
  assert.is(priceProblem({ min: "9", max: "" }), "");
  assert.is(priceProblem({ min: "9", max: "5" }), "The lowest price comes first");
  assert.is(priceProblem({ min: "nine", max: "" }), "Enter whole dollars");
});

test("money and days are written as the page shows them", () => {
  assert.equal([5, 12_990, 129_900, 123_456_789].map(money), ["$0.05", "$129.90", "$1,299.00", "$1,234,567.89"]);
  assert.equal(deliveries.map(deliveryText), ["Friday, Jul 19", "Saturday, Jul 20", "Sunday, Jul 21"]);
});
