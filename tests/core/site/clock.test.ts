import {
  dayAfter,
  dayAndYear,
  dayText,
  grouped,
  hourText,
  inAddress,
  momentText,
  monthName,
  readDay,
  readTime,
  siteClock,
  timeText,
  weekdayAndDay,
  weekdayName,
  weekdayOf,
} from "../../../core/site.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("site/clock");
const start = "2024-07-18T09:00:00-07:00";
const timezone = "America/Los_Angeles";

test("siteClock goes on in fixed steps and knows the moment in UTC", () => {
  const clock = siteClock({ start, timezone });
  assert.equal([0, 61, 24 * 60].map(clock.stampOf), ["2024-07-18T09:00", "2024-07-18T10:01", "2024-07-19T09:00"]);
  assert.is(clock.instantOf("2024-07-18T09:00"), "2024-07-18T16:00:00.000Z");
  assert.is(clock.instantOf("2024-07-20T00:00"), "2024-07-20T07:00:00.000Z");
  assert.is(siteClock({ start, timezone, stepMinutes: 15 }).stampOf(5), "2024-07-18T10:15");
  const utc = siteClock({ start: "2024-07-18T09:00:00Z", timezone: "UTC" });
  assert.is(utc.instantOf("2024-07-18T09:00"), "2024-07-18T09:00:00.000Z");
  const east = siteClock({ start: "2024-07-18T09:00:00+05:30", timezone: "Asia/Kolkata" });
  assert.is(east.instantOf("2024-07-18T00:00"), "2024-07-17T18:30:00.000Z");
});

test("siteClock takes an offset that changes within the year", () => {
  const clock = siteClock({ start, timezone, offsetAt: (stamp) => stamp < "2024-11-03T02:00" ? -420 : -480 });
  assert.is(clock.instantOf("2024-11-02T08:00"), "2024-11-02T15:00:00.000Z");
  assert.is(clock.instantOf("2024-12-24T08:00"), "2024-12-24T16:00:00.000Z");
});

test("days and times are written as people write them", () => {
  assert.equal(["00:00", "09:05", "12:30", "23:59"].map(timeText), ["12:00 AM", "09:05 AM", "12:30 PM", "11:59 PM"]);
  assert.equal(["00:00", "09:05", "12:30", "23:59"].map(hourText), ["12:00 AM", "9:05 AM", "12:30 PM", "11:59 PM"]);
  assert.equal([weekdayName("2024-07-18"), monthName("2024-09-01")], ["Thursday", "September"]);
  assert.is(weekdayAndDay("2024-07-19"), "Fri, Jul 19");
  assert.equal([dayText("2024-07-05"), dayAndYear("2023-12-31")], ["Jul 5", "Dec 31, 2023"]);
  assert.is(momentText("2024-07-25T08:00"), "Thu, Jul 25, 8:00 AM");
  assert.equal([dayAfter("2024-02-28", 1), dayAfter("2024-03-01", -1), dayAfter("2024-12-31", 1)], [
    "2024-02-29",
    "2024-02-29",
    "2025-01-01",
  ]);
  assert.equal([weekdayOf("2024-07-21"), weekdayOf("2024-07-18")], [0, 4]);
});

test("readDay and readTime take what people type, and nothing else", () => {
  const days = ["2024-7-25", "7/25/2024", "Jul 25", "july 25, 2023", "2024-02-30", "13/1/2024", "soon", ""];
  assert.equal(days.map((text) => readDay(text, "2024")), [
    "2024-07-25",
    "2024-07-25",
    "2024-07-25",
    "2023-07-25",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  assert.is(readDay("Jul 25", "2025"), "2025-07-25");
  const times = ["8:00 AM", "8 am", "12 am", "12:30 p.m.", "20:00", "8:60", "13 pm", "0 am", "24:00", "noon"];
  assert.equal(times.map(readTime), [
    "08:00",
    "08:00",
    "00:00",
    "12:30",
    "20:00",
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("numbers and addresses are written as pages and browsers write them", () => {
  assert.equal([0, 999, 1000, 1_250_000].map(grouped), ["0", "999", "1,000", "1,250,000"]);
  assert.is(inAddress("it's 5 & 6"), "it%27s%205%20%26%206");
  assert.is(inAddress("\ud83d"), "%EF%BF%BD");
});
