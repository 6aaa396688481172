// What a goal about the calendar is about: things, and texts to write, beside its kind.
import { readCalendarGoal } from "../../../../plugins/sites/gocalendar/reading/read.ts";
import { assert, suite } from "../../../harness.ts";

const test = suite("gocalendar/reading");

const read = (goal: string) => {
  const found = readCalendarGoal(goal);
  return "errands" in found ? found.errands.map(({ kind, objects }) => [kind, objects]) : [];
};

test("a text behind a colon is what to write, an hour is not", () => {
  assert.equal(read("In the description of the event 'Potluck', write: bring a salad."), [
    ["describe", { title: "Potluck", note: "bring a salad" }],
  ]);
  assert.equal(read('the event "Choir practice" moves to another place: Gym B. change it pls'), [
    ["set_location", { title: "Choir practice", place: "Gym B" }],
  ]);
  assert.equal(read("Rename the 10:30 planning hour to Focus"), [["rename_event", { title: "Planning hour" }]]);
  assert.equal(read('Rename "Lunch" to "Late lunch"'), [["rename_event", { title: "Lunch", other: "Late lunch" }]]);
});

test("what a goal calls a task is one in its second clause too", () => {
  const goal = 'I no longer need the task "Fold the tents", delete it, and move the event "Checklist" to 4:45 PM.';
  assert.equal(read(goal).map(([kind]) => kind), ["delete_task", "reschedule"]);
});
