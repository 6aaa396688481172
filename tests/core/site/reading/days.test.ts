import { daysOf } from "../../../../core/site.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("site/reading/days");
/** A Thursday. */
const today = "2024-07-18";

test("daysOf reads what people say of dates, seen from a day", () => {
  const said: Readonly<Record<string, ReturnType<typeof daysOf>>> = {
    "today": { from: today, to: today },
    "yesterday": { from: "2024-07-17", to: "2024-07-17" },
    "this week": { from: "2024-07-15", to: today },
    "last week": { from: "2024-07-08", to: "2024-07-14" },
    "last month": { from: "2024-06-01", to: "2024-06-30" },
    "last 3 days": { from: "2024-07-15", to: today },
    "the past two weeks": { from: "2024-07-04", to: today },
    "older than 2 months ago": { to: "2024-05-17" },
    "older than a week": { to: "2024-07-10" },
    "before July 1st": { to: "2024-06-30" },
    "before May": { to: "2024-04-30" },
    "since yesterday": { from: "2024-07-17" },
    "after 10 July": { from: "2024-07-11" },
    "monday": { from: "2024-07-15", to: "2024-07-15" },
    "thursday": { from: "2024-07-11", to: "2024-07-11" },
    "2 days ago": { from: "2024-07-16", to: "2024-07-16" },
    "June": { from: "2024-06-01", to: "2024-06-31" },
    "last year": { from: "2023-01-01", to: "2023-12-31" },
  };
  for (const [text, days] of Object.entries(said)) assert.equal(daysOf(text, today), days, text);
  assert.equal(daysOf("31 march", "2024-05-31"), { from: "2024-03-31", to: "2024-03-31" });
  assert.equal(daysOf("older than a month", "2024-03-31"), { to: "2024-02-28" });
});

test("daysOf does not guess", () => {
  assert.equal(["some day", "32 July", "soon", ""].map((text) => daysOf(text, today)), [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
