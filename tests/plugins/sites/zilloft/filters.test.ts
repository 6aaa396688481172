// What a filter is paid for: the place of the goal, whatever else is set.
import { courseOf } from "../../../../core/site.ts";
import type { Element } from "../../../../core/mod.ts";
import { deal } from "../../../../plugins/sites/zilloft/families/filters.ts";
import type { HomesPage } from "../../../../plugins/sites/zilloft/families/homes-types.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("zilloft/filters");

function page(place: string, more: readonly Partial<Element>[] = []): HomesPage {
  const all: readonly Partial<Element>[] = [
    { role: "button", name: "Sort", region: `region:Homes in ${place}` },
    ...more,
  ];
  const elements = all.map((e, i): Element => ({
    ...{ id: `e${i + 1}`, role: "button", name: "", states: [], near: "", region: "", centre: [10, 10] },
    ...e,
  }));
  return { elements, notice: "" };
}

const panel = (checked: string): readonly Partial<Element>[] => [
  ...["For Sale", "For Rent", "Sold"].map((name) => ({
    role: "radio",
    name: `Status: ${name}`,
    states: name === checked ? ["checked" as const] : [],
  })),
  { name: "Apply" },
];
const filter = (name: string): Partial<Element> => ({ name, region: "region:Property filters section" });

function paidIn(place: string): readonly string[] {
  const pages = [
    page(place),
    page(place, panel("For Sale")),
    page(place, panel("Sold")),
    page(place, [filter("Listing status: Sold")]),
  ];
  const course = courseOf(deal.milestones({ kind: "deal", place: "Reno, NV", choice: "Sold" }));
  return pages.slice(1).flatMap((to, i) =>
    course.next({ from: pages[i]!, to, isScroll: false, acted: undefined }).reached.map(({ name }) => name)
  );
}

test("a filter is paid where the homes of the goal's place are shown, however the place was typed", () => {
  const whole = ["searched", "panel", "searched", "panel", "status", "searched", "applied"];
  assert.equal(paidIn("Reno, NV"), whole);
  assert.equal(paidIn("reno, nv"), whole);
});

test("a filter is paid nothing where homes of all places, or of another one, are shown", () => {
  assert.equal(paidIn("All places"), []);
  assert.equal(paidIn("Denver, CO"), []);
});
