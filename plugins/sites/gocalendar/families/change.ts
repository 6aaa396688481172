import { button, done, fill, find, namesIn, sight, textbox, written } from "halo-agent/site";
import type { Milestone, PageView } from "halo-agent/site";
import { dayOf, later, readHour } from "../state/time.ts";
import { changesEvent, family, meantEvent, oneEvent, plainScene, titleFrom } from "./calendar.ts";
import { deleted, editing, found, opened, pageOf, saved, timed } from "./milestones.ts";

const savedIn = (title: string) => saved({ gone: textbox("Title", pageOf(title)), notice: "Event saved" });

/** A field on the page of the event reads another text, and the event is saved. */
function rewritten(title: string, { name, field, text }: Readonly<Record<"name" | "field" | "text", string>>) {
  const milestone = written({ name, value: 0.2, field: textbox(field, pageOf(title)), text });
  return [...editing(title), milestone, ...savedIn(title)];
}

/** Deletes an event of the week on screen. */
export const deleteEvent = family({
  name: "delete_event",
  reading: { says: /\b(delete|remove|cancel|called off|get rid)\b/i, rest: "title" },
  milestones: ({ title = "" }) => [opened(title), deleted(title)],
  templates: [{
    name: "delete_event", // the event, Delete
    optimum: 2,
    wordings: ['Delete the event "{title}".', 'Remove "{title}" from the calendar.'],
    paraphrases: [
      '"{title}" was called off, take it out.',
      'I cannot make it to "{title}", please cancel that.',
      'Get rid of "{title}" this week.',
    ],
    scene: (draw) => oneEvent(draw),
    wanted: (start) => ({ done: "the event was deleted", items: { events: { remove: [meantEvent(start).id] } } }),
  }],
});

/** Finds an event far away and deletes it. */
export const searchDelete = family({
  name: "search_delete",
  reading: { says: /\b(search|find|look)\b/i, rest: "title" },
  milestones: ({ title = "" }) => [found(title), opened(title), deleted(title)],
  templates: [{
    name: "search_delete", // search, the event, Delete
    optimum: 3,
    wordings: ['Search for the event "{title}" and delete it.', 'Find "{title}" with the search and delete it.'],
    paraphrases: [
      'Somewhere in the next months there is "{title}"; look it up and cancel it.',
      'I do not know when "{title}" is. Find it, then remove it.',
      'Look for "{title}" and take it off the calendar.',
    ],
    scene(draw) {
      const title = titleFrom(draw);
      const start = `2024-${String(draw.place("month", 9, 12)).padStart(2, "0")}-${
        10 + draw.place("day", 0, 15)
      }T13:00`;
      const event = { title, start, end: later(start, 60), calendar: "c1" };
      const { setup, values } = plainScene(draw, { title });
      return { setup: { events: [...setup.events!, event] }, values };
    },
    wanted: (start) => ({ done: "the event was deleted", items: { events: { remove: [meantEvent(start).id] } } }),
  }],
});

/** Gives an event another title. */
export const rename = family({
  name: "rename_event",
  reading: {
    says: /\brename\b|\b(new|other|another) (title|name)\b|\bcall\b/i,
    takes: { other: ["\\b(?:to|into|be|as|call it|title|name:?)\\s+#"] },
    rest: "title",
  },
  milestones: ({ title = "", other = "" }) => rewritten(title, { name: "title", field: "Title", text: other }),
  templates: [{
    name: "rename_event", // the event, Edit, title, Save
    optimum: 4,
    wordings: ['Rename the event "{title}" to "{other}".', 'Please rename "{title}" into "{other}".'],
    paraphrases: [
      '"{title}" needs a new name: "{other}".',
      'From now on I want to call "{title}" differently, so call it "{other}".',
      'Give "{title}" another title; it should be "{other}".',
    ],
    scene: (draw) => oneEvent(draw, { other: titleFrom(draw) }),
    wanted: (start) => changesEvent(start, "the event was renamed", { title: start.values["other"]! }),
  }],
});

/** Says where an event takes place. */
export const locate = family({
  name: "set_location",
  reading: {
    says: /\b(location|place|where|held)\b/i,
    takes: { place: ["\\b(?:to|is|be|at|in|location)\\s+(?:now\\s+)?#"] },
    rest: "title",
  },
  milestones: ({ title = "", place = "" }) => rewritten(title, { name: "place", field: "Location", text: place }),
  templates: [{
    name: "set_location", // the event, Edit, location, Save
    optimum: 4,
    wordings: [
      'Set the location of the event "{title}" to "{place}".',
      'Change the location of "{title}" to "{place}".',
    ],
    paraphrases: [
      '"{title}" takes place in "{place}", note that in the event.',
      'People ask where "{title}" will be. It is "{place}", so fill that in.',
      'The event "{title}" is going to be held at "{place}".',
    ],
    scene: (draw) => oneEvent(draw, { place: draw.unused("places") }),
    wanted: (start) => changesEvent(start, "the location was set", { location: start.values["place"]! }),
  }],
});

/** Writes something about an event. */
export const describe = family({
  name: "describe",
  reading: {
    says: /\b(description|note|remark|details)\b/i,
    takes: { note: ["\\b(?:to|reads?|note|says?|say|remark):?\\s+#"] },
    rest: "title",
  },
  milestones: ({ title = "", note = "" }) => rewritten(title, { name: "note", field: "Description", text: note }),
  templates: [{
    name: "describe", // the event, Edit, description, Save
    optimum: 4,
    wordings: [
      'Set the description of the event "{title}" to "{note}".',
      'Change the description of "{title}" to "{note}".',
    ],
    paraphrases: [
      'Leave a note in "{title}" that reads "{note}".',
      'The details of "{title}" should say "{note}".',
      'I want "{title}" to carry the remark "{note}".',
    ],
    scene: (draw) => oneEvent(draw, { note: draw.unused("notes") }),
    wanted: (start) => changesEvent(start, "the description was set", { description: start.values["note"]! }),
  }],
});

/** Moves an event to another time of its day. */
export const reschedule = family({
  name: "reschedule",
  reading: { says: /\b(move|reschedule|shift|postpone|begin|begins|start|starts)\b/i, rest: "title" },
  milestones: ({ title = "", time = "" }) => [
    ...editing(title),
    timed("time", textbox("Start", pageOf(title)), time),
    ...savedIn(title),
  ],
  templates: [{
    name: "reschedule", // the event, Edit, start, Save
    optimum: 4,
    wordings: ['Move the event "{title}" to "{time}".', 'Reschedule "{title}" to "{time}" on the same day.'],
    paraphrases: [
      '"{title}" begins at {time} instead, same day and length.',
      'We have to shift "{title}": the new start is {time}.',
      'Can you make "{title}" start at {time}?',
    ],
    scene: (draw) => oneEvent(draw, { time: draw.unused("times") }),
    wanted: (start) => {
      const begins = `${dayOf(meantEvent(start).start)}T${readHour(start.values["time"]!)}`;
      return changesEvent(start, "the event was moved", { start: begins, end: later(begins, 60) });
    },
  }],
});

/** Invites somebody to an event that is there. */
export const invite = family({
  name: "invite",
  reading: {
    says: /\binvit|\bguest\b/i,
    rest: "title",
    also: (masked) => {
      const person = namesIn(masked)[0];
      return person === undefined ? {} : { person };
    },
  },
  milestones: ({ title = "", person = "" }) => {
    const send = button("Send", `dialog:Invite ${person} to ${title}`);
    // The question lies over the page: what led to it still stands.
    const before = [...editing(title), ...guest(title, person)].map((one): Milestone => ({
      ...one,
      role: "way",
      stands: (page) => one.stands(page) || find(page, send) !== undefined,
    }));
    return [
      ...before,
      sight({
        name: "question",
        value: 0.2,
        role: "ready",
        stands: (page) => find(page, send) !== undefined,
        says: `${person} is to be invited`,
        by: button("Save"),
      }),
      done({ name: "created", value: 0.5, button: send, gone: send, notice: "Event saved, inv" }),
    ];
  },
  templates: [{
    name: "invite", // the event, Edit, the name, the person, Save, Send
    optimum: 6,
    wordings: [
      'Invite {person} to the event "{title}" and send the invitation.',
      'Add {person} as a guest to "{title}" and send the invitation.',
    ],
    paraphrases: [
      'Please let {person} know of "{title}" by an invitation.',
      '{person} should be a guest of "{title}", so send word.',
      'I would like to invite {person} along to "{title}", mail included.',
    ],
    scene: (draw) => oneEvent(draw, { person: draw.unused("people") }),
    wanted: (start) =>
      changesEvent(start, "the guest was invited", { guests: [start.values["person"]!], isSent: true }),
  }],
});

/** The person is typed and taken from the list. */
function guest(title: string, person: string): readonly Milestone[] {
  const field = { role: "combobox", name: "Add guests", region: pageOf(title) };
  const option = { role: "option", name: person };
  const chip = button(`Remove ${person}`);
  const isIn = (page: PageView): boolean => find(page, chip) !== undefined;
  return [
    {
      name: "person",
      value: 0.2,
      role: "way",
      stands: (page) => find(page, option) !== undefined || isIn(page),
      reached: ({ to }) => find(to, option) !== undefined && `${person} is offered`,
      towards: ({ page }) => fill(find(page, field), person),
    },
    sight({ name: "guest", value: 0.2, role: "way", stands: isIn, says: `${person} is a guest`, by: option }),
  ];
}
