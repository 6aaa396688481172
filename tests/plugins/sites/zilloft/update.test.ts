// What events do to the state of the site for homes.
import { configOf, defaultConfig } from "../../../../core/site.ts";
import { official } from "../../../../plugins/sites/zilloft/official/official.ts";
import type { Event } from "../../../../plugins/sites/zilloft/state/event.ts";
import { problemsOf } from "../../../../plugins/sites/zilloft/state/form.ts";
import { homes } from "../../../../plugins/sites/zilloft/state/homes.ts";
import { initialState } from "../../../../plugins/sites/zilloft/state/initial.ts";
import { eventAt, pathOf } from "../../../../plugins/sites/zilloft/state/routes.ts";
import { offersFor } from "../../../../plugins/sites/zilloft/state/search.ts";
import { homeTypes, type ZilloftState } from "../../../../plugins/sites/zilloft/state/state.ts";
import { priceLimit, roomsLimit, searchText } from "../../../../plugins/sites/zilloft/state/text.ts";
import { minutesOf, tourDays, tourTimes } from "../../../../plugins/sites/zilloft/state/time.ts";
import { update } from "../../../../plugins/sites/zilloft/state/update.ts";
import { assert, suite } from "../../../harness.ts";
import { homeFor, tourOf } from "../../../../plugins/sites/zilloft/official/runs.ts";

const test = suite("zilloft/update");
const start = initialState({ place: "Boston, MA" });
const after = (events: readonly Event[], from: ZilloftState = start): ZilloftState => events.reduce(update, from);
const home = homeFor({ place: "Boston, MA" });

test("a filter counts once it is applied, and not when its panel is left", () => {
  const draft: readonly Event[] = [{ type: "panel", name: "price" }, { type: "draft", change: { max: 900_000 } }];
  assert.is(after(draft).search, start.search);
  assert.equal(after([...draft, { type: "escape" }]).panel, null);
  assert.is(after([...draft, { type: "dismiss" }]).search, start.search);
  assert.equal(after([...draft, { type: "apply" }]).search, { ...start.search, max: 900_000 });
});

test("limits that contradict each other cannot be applied", () => {
  const open: Event = { type: "panel", name: "price" };
  for (const change of [{ min: 900_000, max: 500_000 }, { types: [] }]) {
    assert.is(after([open, { type: "draft", change }, { type: "apply" }]).search, start.search);
  }
});

test("prices of rents and of sales do not mix, and kinds stand in the order of the list", () => {
  const limited = after([{ type: "panel", name: "deal" }, { type: "draft", change: { min: 500_000 } }]);
  const draftOf = (event: Event) => update(limited, event).panel!.draft;
  assert.is(draftOf({ type: "draft", change: { deal: "rent" } }).min, null);
  assert.is(draftOf({ type: "draft", change: { deal: "sold" } }).min, 500_000);
  assert.equal(draftOf({ type: "draft", change: { types: ["Apartments", "Houses"] } }).types, ["Houses", "Apartments"]);
});

test("saving, deleting and cancelling can be undone", () => {
  const saved = after([{ type: "toggle-saved", id: home }]);
  assert.equal(saved.saved, [{ id: home }]);
  assert.equal(update(saved, { type: "undo" }).saved, []);
  assert.equal(after([{ type: "toggle-saved", id: home }], saved).saved, []);
  const kept = after([{ type: "save-search" }]);
  assert.equal(kept.searches.map(({ search }) => search), [start.search]);
  assert.is(update(kept, { type: "save-search" }).searches, kept.searches);
  assert.equal(
    after([{ type: "drop-search", id: kept.searches[0]!.id }, { type: "undo" }], kept).searches,
    kept.searches,
  );
  const touring = initialState({ tours: [home] });
  const cancelled = after([{ type: "cancel-tour", id: "t0" }, { type: "drop-tour" }], touring);
  assert.equal([cancelled.tours, cancelled.cancelling], [[], null]);
  assert.equal(update(cancelled, { type: "undo" }).tours, touring.tours);
  assert.is(after([{ type: "cancel-tour", id: "t0" }, { type: "keep-tour" }], touring).tours, touring.tours);
});

test("a tour is asked for at up to three times, by somebody who can be reached", () => {
  const open: readonly Event[] = [{ type: "form", kind: "tour", home }, { type: "form-next" }];
  assert.is(after(open).form!.step, 1, "no time was chosen");
  const slots = tourTimes.slice(0, 4).map((time): Event => ({ type: "form-slot", date: tourDays[0]!, time }));
  const four = after([...open, ...slots]);
  assert.is(four.form!.slots.length, 3);
  assert.is(update(four, slots[0]!).form!.slots.length, 2);
  const unreachable = after([{ type: "form-next" }, { type: "form-next" }], four);
  assert.equal([unreachable.form!.step, unreachable.form!.isChecked], [2, true]);
  assert.equal(Object.keys(problemsOf(unreachable.form!)), ["name", "email", "phone"]);
  const sent = after(tourOf(home));
  assert.equal([sent.form!.step, sent.tours.length, sent.tours[0]!.home], ["sent", 1, home]);
  assert.equal(sent.tours[0]!.slots, [{ date: tourDays[0]!, time: "2:00 PM" }]);
  assert.is(after([{ type: "form-next" }], sent).tours.length, 1, "it is sent once");
});

test("phone numbers and emails are taken as people write them", () => {
  const right = { name: "Ana", email: "a@b.co", phone: "555-123-4567", message: "Hi", wantsFinancing: false };
  for (const phone of ["555-123-4567", "(555) 123 4567", "+1 555.123.4567", "5551234567"]) {
    assert.equal(problemsOf({ ...right, phone }), {}, phone);
  }
  for (const phone of ["", "555-1234", "call me", "2 555 123 4567"]) {
    assert.equal(Object.keys(problemsOf({ ...right, phone })), ["phone"], phone);
  }
  for (const email of ["", "ana", "ana@b", "a b@c.de"]) {
    assert.equal(Object.keys(problemsOf({ ...right, email })), ["email"], email);
  }
});

test("a page that was told to fail says so and sends nothing", () => {
  const settings = configOf(new URLSearchParams("error_requesting_tour=true"), official);
  assert.equal([settings["error_requesting_tour"], settings["error_contacting_agent"]], [true, false]);
  const failing = { ...start, faults: { tour: true, contact: false, results: false } };
  const { form, tours } = after(tourOf(home), failing);
  assert.equal([form!.step, tours], [3, []]);
  assert.ok(form!.problem.startsWith("The request could not be sent"));
  assert.is(defaultConfig("", official)["currentDate"], "2024-07-18T17:00:00.000Z");
});

test("every page has an address, and what is at no address stays away", () => {
  const views: readonly ZilloftState["view"][] = [
    { name: "home" },
    { name: "results" },
    { name: "saved" },
    { name: "requests" },
    { name: "listing", id: home },
  ];
  for (const view of views) {
    const event = eventAt(pathOf({ view }))!;
    assert.equal(after([event]).view, view);
  }
  assert.equal([eventAt("/homes/0"), eventAt("/nowhere")], [undefined, undefined]);
  assert.equal(eventAt("//homes"), { type: "go", view: { name: "results" } });
});

test("limits are said in words, and places are offered as they are typed", () => {
  const { search } = start;
  assert.equal([priceLimit(search), roomsLimit(search)], [undefined, undefined]);
  assert.is(priceLimit({ ...search, max: 900_000 }), "Up to $900K");
  assert.is(priceLimit({ ...search, min: 300_000, max: 1_250_000 }), "$300K - $1.25M");
  assert.is(roomsLimit({ ...search, beds: 3, baths: 2 }), "3+ bd, 2+ ba");
  assert.is(roomsLimit({ ...search, beds: 3, isExact: true }), "3 bd");
  assert.is(searchText({ ...search, types: ["Houses"] }), "Boston, MA · For Sale · Houses");
  assert.equal(offersFor("san"), [
    "San Francisco, CA",
    "San Jose, CA",
    "San Diego, CA",
    "Santa Fe, NM",
    "San Francisco Bay Area",
  ]);
  assert.equal([offersFor(""), offersFor("Boston, MA")], [[], []]);
  assert.equal([minutesOf("12:00 PM"), minutesOf("9:00 AM"), minutesOf("6:00 PM")], [720, 540, 1080]);
  assert.is(new Set(homes.map(({ type }) => type)).size, homeTypes.length);
});
