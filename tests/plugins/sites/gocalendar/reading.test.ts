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

test("what names something new, or tells which event is meant, renames nothing", () => {
  const kinds = (goal: string): string => read(goal).map(([kind]) => kind).join();
  assert.is(kinds('In the settings, make a brand-new calendar and give it the name "Freelance".'), "create_calendar");
  assert.is(kinds('Block July 28 at 3 pm and give that slot the title "Fete"'), "create_event");
  assert.is(kinds("I don't want to see 'Gutter quote' on my calendar any more; bin it."), "delete_event");
  assert.is(
    kinds('Create a calendar "Oil" and rename the event that is called "Lunch" to "Brunch"'),
    "create_calendar,rename_event",
  );
  for (
    const goal of [
      'Make a task for me and name it "Buy nails"',
      'i need jul 26 blocked entirely, no hours. name it "moving"',
      'I need a 4 pm slot on July 30, its title must be "Fete"',
      'Edit the event titled "Drains" so that its location field contains "44 Kestrel Close".',
    ]
  ) assert.not.match(kinds(goal), "rename_event", goal);
});
