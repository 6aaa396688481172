// runtime: node
import type { Action } from "../../../../core/mod.ts";
import calendar from "../../../../plugins/sites/gocalendar/site.ts";
import { suite } from "../../../harness.ts";
import { installed } from "../../real/installed.ts";
import { click, over, playRuns, write } from "../by-places.ts";

const here = await installed("gocalendar");
const site = await calendar.create({}, {});
const test = suite("gocalendar/page");

const [create, event, task, next, remove, save, end] = [
  ...[click(116, 86), click(80, 140), click(80, 176), click(353, 26), click(600, 151), click(945, 527)],
  { action: "scroll", dy: 600 } as Action,
] as const;

const rightRuns: Readonly<Record<string, readonly Action[]>> = {
  "v2.gocalendar-4": [
    ...[create!, event!, write("Work out"), over("September 20", 539, 177)],
    ...[over("7:45 PM", 722, 177), over("8:45 PM", 897, 177), click(700, 257), click(620, 395)],
    ...[over("Gym", 731, 337), save!],
  ],
  // The second week's hours, below one row of whole days.
  "v2.gocalendar-6": [next!, click(787, 286), write("Pick up my sister"), save!],
  "v2.gocalendar-8": [
    ...[create!, task!, write("Send an email to Ashley"), over("July 22", 590, 177), over("9:00 AM", 860, 177)],
    click(945, 365),
  ],
  "v2.gocalendar-10": [click(787, 668), remove!],
  "v2.gocalendar-12": [next!, click(392, 206), write("Buy gym clothes"), save!],
  "v2.gocalendar-16": [end, click(787, 660), remove!],
  "v2.gocalendar-18": [click(985, 238), remove!],
  "v2.gocalendar-23": [click(787, 280), remove!],
};

if ("missing" in here) {
  console.log(`skipped: ${here.missing}`);
  test("REAL tasks on the page are skipped because they are not here", () => {});
} else {
  test(
    "the right runs of eight REAL tasks are done at places on the page, solved with its last step and not before",
    (t) => playRuns(site, rightRuns, t),
    { timeoutMs: 120_000 },
  );
}
