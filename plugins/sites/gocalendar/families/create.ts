import { family, newEvent, plainScene, titleFrom } from "./calendar.ts";
import type { CalendarAsked, CalendarDrawer, CalendarScene, CalendarStart, Values } from "./calendar.ts";
import { begun, boxed, dated, picked, saved, timed } from "./milestones.ts";
import { textbox, written } from "halo-agent/site";
import { daysOfSeries } from "../state/repeat.ts";
import { readDate } from "../state/time.ts";

const form = "dialog:New event";
const savedEvent = saved({ gone: textbox("Title", form), notice: "Event saved" });
const on = (day: string | undefined) => day === undefined ? [] : [dated("date", textbox("Date", form), day)];

function event(values: Values, fields: Parameters<typeof newEvent>[1] = {}): CalendarAsked {
  return { done: `"${values["title"]}" was added`, items: { events: { add: [newEvent(values, fields)] } } };
}

const scene = (draw: CalendarDrawer, more: Values = {}): CalendarScene =>
  plainScene(draw, { title: titleFrom(draw), day: draw.unused("days"), ...more });

/** Adds an event on a day, at a time, at a place. */
export const create = family({
  name: "create_event",
  reading: {
    // A note is added to an event that is there.
    says: /\b(create|schedule|plan|put|add|book|enter)\b(?! (a |the |this |my )?(note|remark|description|comment)\b)/i,
    takes: { place: ["#…as the location", "\\b(?:at|in|location)…#"] },
    rest: "title",
  },
  milestones: ({ title = "", day, time, end, place }) => [
    ...begun("event", title),
    ...on(day),
    ...(time === undefined ? [] : [timed("time", textbox("Start", form), time)]),
    ...(end === undefined ? [] : [timed("end", textbox("End", form), end)]),
    ...(place === undefined
      ? []
      : [written({ name: "place", value: 0.2, field: textbox("Location", form), text: place })]),
    ...savedEvent,
  ],
  templates: [
    {
      name: "create_event", // Create, Event, title, date, Save
      optimum: 5,
      wordings: [
        'Create an event "{title}" for "{day}".',
        'Put "{title}" on the calendar for "{day}".',
      ],
      paraphrases: [
        'Please schedule "{title}" for {day}, the hour does not matter.',
        '"{title}" will be on {day}, so put it on my calendar.',
        'I need {day} to show "{title}"; add that.',
      ],
      scene: (draw) => scene(draw),
      wanted: ({ values }) => event(values),
    },
    {
      name: "create_timed", // Create, Event, title, date, start, Save
      optimum: 6,
      wordings: [
        'Create an event "{title}" for "{day}" at "{time}".',
        'Put "{title}" on the calendar for "{day}", it starts at "{time}".',
      ],
      paraphrases: [
        'Please schedule "{title}" for {day} at {time}.',
        '"{title}" begins at {time} on {day}, so put it on my calendar.',
        'Book me {day}, {time}: "{title}".',
      ],
      scene: (draw) => scene(draw, { time: draw.unused("times") }),
      wanted: ({ values }) => event(values),
    },
    {
      name: "create_full", // Create, Event, title, date, start, end, place, Save
      optimum: 8,
      wordings: [
        'Create an event "{title}" for "{day}" from "{time}" to "{end}" at the location "{place}".',
        'Put "{title}" on the calendar for "{day}" from "{time}" until "{end}", location "{place}".',
      ],
      paraphrases: [
        'Please schedule "{title}" in "{place}" for {day} between {time} and {end}.',
        '"{title}" goes from {time} to {end} on {day}; enter it with "{place}" as the location.',
        'Book {day} from {time} until {end} for "{title}" at "{place}".',
      ],
      scene: (draw) =>
        scene(draw, { time: draw.unused("times"), end: draw.unused("ends"), place: draw.unused("places") }),
      wanted: ({ values }) => event(values),
    },
  ],
});

/** Adds an event of a whole day. */
export const allDay = family({
  name: "all_day",
  reading: { says: /\ball[- ]day\b|\b(whole|entire|full) day\b/i, rest: "title" },
  milestones: (
    { title = "", day },
  ) => [...begun("event", title), boxed("all_day", "All day"), ...on(day), ...savedEvent],
  templates: [{
    name: "all_day", // Create, Event, title, All day, date, Save
    optimum: 6,
    wordings: [
      'Create an all day event "{title}" for "{day}".',
      'Put "{title}" on the calendar for all day on "{day}".',
    ],
    paraphrases: [
      '"{title}" takes the whole day on {day}, add it to the calendar.',
      'I am away on {day} for "{title}", so block the entire day.',
      'Plan {day} as a full day of "{title}".',
    ],
    scene: (draw) => scene(draw),
    wanted: ({ values }) => event(values, { allDay: true }),
  }],
});

/** Adds a series of events. */
export const repeat = family({
  name: "repeat",
  reading: {
    says: /\brepeat|\brecurring\b|\bagain and again\b/i,
    takes: { repeat: ['(?:repeat|recurring)[^"]*#', '#[^"]*repeat'] },
    rest: "title",
  },
  milestones: ({ title = "", day, repeat: how = "" }) => [
    ...begun("event", title),
    ...on(day),
    ...picked("repeat", "Repeat", how),
    ...savedEvent,
  ],
  templates: [{
    name: "repeat", // Create, Event, title, date, Repeat, the option, Save
    optimum: 7,
    wordings: [
      'Create an event "{title}" from "{day}" that repeats "{repeat}".',
      'Put "{title}" on the calendar from "{day}", it should repeat "{repeat}".',
    ],
    paraphrases: [
      'Starting {day} I have "{title}", repeating "{repeat}"; add it.',
      'From {day} on, a recurring "{repeat}" slot is needed: call it "{title}".',
      'Schedule "{title}" for {day} and let it repeat: "{repeat}".',
    ],
    scene: (draw) => scene(draw, { repeat: draw.any("repeats") }),
    wanted: series,
  }],
});

function series({ values, state }: CalendarStart): CalendarAsked {
  const days = daysOfSeries(readDate(values["day"]!)!, values["repeat"] === "Daily" ? "daily" : "weekdays");
  const id = `e${1000 + state.nextId}`;
  const { day: _, ...rest } = values;
  const add = days.map((day) => ({
    ...newEvent(rest, { series: id }),
    among: ({ start }: { readonly start: string }) => start.startsWith(day),
  }));
  return { done: `"${values["title"]}" was added ${days.length} times`, items: { events: { add } } };
}

/** Adds an event with a video meeting. */
export const video = family({
  name: "video",
  reading: { says: /\bvideo\b/i, rest: "title" },
  milestones: ({ title = "", day }) => [
    ...begun("event", title),
    ...on(day),
    boxed("meeting", "Add video meeting"),
    ...savedEvent,
  ],
  templates: [{
    name: "video", // Create, Event, title, date, Add video meeting, Save
    optimum: 6,
    wordings: [
      'Create an event "{title}" with a video meeting for "{day}".',
      'Put "{title}" on the calendar for "{day}" and add a video meeting.',
    ],
    paraphrases: [
      '"{title}" on {day} is a video call, set it up.',
      'Schedule {day} for "{title}"; everybody joins by video.',
      'We meet by video on {day}: "{title}". Add it with a link.',
    ],
    scene: (draw) => scene(draw),
    wanted: ({ values }) => event(values, { meeting: "" }),
  }],
});
