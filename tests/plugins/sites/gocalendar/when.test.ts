import { dayMeant, timeMeant } from "../../../../plugins/sites/gocalendar/reading/when.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("gocalendar/reading/when");

test("dayMeant reads days as people say them on Thursday, July 18, 2024", () => {
  const expected = [
    ["today", "July 18"],
    ["tomorrow", "July 19"],
    ["friday", "July 19"],
    ["thursday", "July 25"],
    ["next friday", "July 26"],
    ["next monday", "July 22"],
    ["the 25th", "July 25"],
    ["3rd", "August 3"],
    ["30 july", "July 30"],
    ["august 5", "August 5"],
    ["7/24", "July 24"],
    ["whenever", undefined],
  ] as const;
  for (const [said, day] of expected) assert.is(dayMeant(said), day, said);
});

test("timeMeant reads hours as people say them", () => {
  const expected = [
    ["noon", "12:00 PM"],
    ["quarter past nine", "9:15"],
    ["half past eight", "8:30"],
    ["quarter to one", "12:45"],
    ["six o'clock", "6:00"],
    ["8 in the morning", "8:00 AM"],
    ["3:15pm", "3:15pm"],
    ["9am", "9am"],
    ["14.30", "14:30"],
    ["later", undefined],
  ] as const;
  for (const [said, time] of expected) assert.is(timeMeant(said), time, said);
});
