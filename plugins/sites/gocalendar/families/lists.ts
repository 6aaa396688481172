import { button, done, itemWith, shown, textbox, ticked, written } from "halo-agent/site";
import type { Control } from "halo-agent/site";
import type { CalTask } from "../state/state.ts";
import { readDate } from "../state/time.ts";
import { family, plainScene } from "./calendar.ts";
import type { CalendarDrawer, CalendarScene, CalendarStart } from "./calendar.ts";
import { begun, menuItem, picked, saved } from "./milestones.ts";

const savedTask = saved({ gone: textbox("Title", "dialog:New task"), notice: "Task saved" });
const tasksLink: Control = { role: "link", name: "Tasks" };

/** Adds a task, to the list that the page offers or to another one. */
export const createTask = family({
  name: "create_task",
  reading: {
    says: /\b(tasks?|to-do)\b/i,
    takes: { list: ["\\blist\\s+#", "#\\s+list"] },
    rest: "title",
  },
  milestones: ({ title = "", list }) => [
    ...begun("task", title),
    ...(list === undefined ? [] : picked("list", "List", list)),
    ...savedTask,
  ],
  templates: [
    {
      name: "create_task", // Create, Task, title, Save
      optimum: 4,
      wordings: ['Create a task "{title}".', 'Add the task "{title}".'],
      paraphrases: [
        'I need a new task: "{title}".',
        'Put "{title}" down as a to-do.',
        'My tasks lack "{title}", note it down.',
      ],
      scene: (draw) => plainScene(draw, { title: draw.unused("chores") }),
      wanted: ({ values }) => newTask({ title: values["title"]!, list: "Personal" }),
    },
    {
      name: "create_task_in", // Create, Task, title, List, the list, Save
      optimum: 6,
      wordings: ['Create a task "{title}" in the list "{list}".', 'Add the task "{title}" to the list "{list}".'],
      paraphrases: [
        'I need a new task in my "{list}" list: "{title}".',
        'Put "{title}" down as a to-do on the list "{list}".',
        'The "{list}" list lacks a task, namely "{title}".',
      ],
      scene: (draw) => plainScene(draw, { title: draw.unused("chores"), list: draw.any("lists") }),
      wanted: ({ values }) => newTask({ title: values["title"]!, list: values["list"]! }),
    },
  ],
});

function newTask(fields: Partial<CalTask>) {
  return {
    done: "the task was added",
    items: { tasks: { add: [itemWith<CalTask>({ ...fields, due: "2024-07-18T11:00" })] } },
  };
}

/** Three tasks that are due later than what the page shows; the first is meant. */
function oneTask(draw: CalendarDrawer): CalendarScene {
  const tasks = [0, 1, 2].map(() => ({
    title: draw.unused("chores"),
    due: `${readDate(draw.unused("days"))}T00:00`,
    list: ["Work", "Personal", "Family"][draw.rng.int(3)]!,
  }));
  return { setup: { tasks }, values: { title: tasks[0]!.title } };
}

const meantTask = ({ state, values }: CalendarStart): CalTask =>
  state.tasks.find(({ title }) => title === values["title"])!;

/** Ticks a task off. */
export const completeTask = family({
  name: "complete_task",
  reading: { says: /\b(done|completed?|finished|tick)\b/i, rest: "title" },
  milestones: ({ title = "" }) => {
    const box: Control = { role: "checkbox", name: `Done: ${title}` };
    return [
      shown({ name: "tasks", value: 0.4, control: box, by: tasksLink }),
      ticked({ name: "ticked", value: 0.5, box }),
    ];
  },
  templates: [{
    name: "complete_task", // Tasks, the box
    optimum: 2,
    wordings: ['Mark the task "{title}" as done.', 'Complete the task "{title}".'],
    paraphrases: [
      'I finished "{title}" an hour ago, so check it off.',
      '"{title}" is done, please tick the task.',
      'Note in the tasks that "{title}" is completed.',
    ],
    scene: oneTask,
    wanted: (start) => ({
      done: "the task was completed",
      items: { tasks: { change: { [meantTask(start).id]: { isDone: true } } } },
    }),
  }],
});

/** Deletes a task. */
export const deleteTask = family({
  name: "delete_task",
  reading: {
    says: /\b(delete|remove|drop|throw)\b.*\b(tasks?|to-do)\b|\b(tasks?|to-do)\b.*\b(delete|remove|drop|throw)\b/i,
    rest: "title",
  },
  milestones: ({ title = "" }) => {
    const remove = button(`Delete task ${title}`);
    return [
      shown({ name: "tasks", value: 0.4, control: remove, by: tasksLink }),
      done({ name: "deleted", value: 0.5, button: remove, gone: remove, notice: "Task deleted" }),
    ];
  },
  templates: [{
    name: "delete_task", // Tasks, Delete
    optimum: 2,
    wordings: ['Delete the task "{title}".', 'Remove the task "{title}".'],
    paraphrases: [
      'Nobody has to do the task "{title}" any more, drop it.',
      'The to-do "{title}" can go, remove it.',
      'Throw "{title}" out of my tasks.',
    ],
    scene: oneTask,
    wanted: (start) => ({ done: "the task was deleted", items: { tasks: { remove: [meantTask(start).id] } } }),
  }],
});

/** Two calendars more; the first is meant. */
const oneCalendar = (draw: CalendarDrawer, values = {}): CalendarScene => {
  const calendars = [draw.unused("calendars"), draw.unused("calendars")];
  const { setup } = plainScene(draw, {});
  return { setup: { ...setup, calendars }, values: { calendar: calendars[0]!, ...values } };
};

const changesCalendar = ({ state, values }: CalendarStart, done: string, change: object) => {
  const { id } = state.calendars.find(({ name }) => name === values["calendar"])!;
  return { done, items: { calendars: { change: { [id]: change } } } };
};

/** Takes a calendar's events out of view. */
export const hideCalendar = family({
  name: "hide_calendar",
  reading: { says: /\b(hide|untick|uncheck)\b|\bout of (sight|view)\b/i, rest: "calendar" },
  milestones: ({ calendar = "" }) => [
    ticked({ name: "hidden", value: 1, box: { role: "checkbox", name: `Show calendar ${calendar}` }, on: false }),
  ],
  templates: [{
    name: "hide_calendar", // the box
    optimum: 1,
    wordings: ['Hide the calendar "{calendar}".', 'Untick the calendar "{calendar}".'],
    paraphrases: [
      'I do not want to see "{calendar}" for now, hide it.',
      'Put "{calendar}" out of sight without deleting it.',
      'Uncheck "{calendar}" among my calendars.',
    ],
    scene: (draw) => oneCalendar(draw),
    wanted: (start) => changesCalendar(start, "the calendar was hidden", { isShown: false }),
  }],
});

/** Gives a calendar another colour. */
export const colorCalendar = family({
  name: "color_calendar",
  reading: {
    says: /\bcolou?r|\bpaint\b/i,
    takes: { color: ["\\b(?:to|is|be|in)\\s+#", "color\\s+#"] },
    rest: "calendar",
  },
  milestones: ({ calendar = "", color = "" }) => {
    const item: Control = { ...menuItem(color), region: `menu:Options for ${calendar}` };
    return [
      { ...shown({ name: "options", value: 0.4, control: item, by: button(`Options for ${calendar}`) }), role: "hand" },
      done({ name: "colored", value: 0.5, button: item, gone: item, notice: "Calendar color changed" }),
    ];
  },
  templates: [{
    name: "color_calendar", // its options, the colour
    optimum: 2,
    wordings: [
      'Change the color of the calendar "{calendar}" to "{color}".',
      'Set the color of "{calendar}" to "{color}".',
    ],
    paraphrases: [
      'I want the calendar "{calendar}" in "{color}" as its color.',
      'Paint "{calendar}" in "{color}".',
      'The color "{color}" suits "{calendar}" better, use that.',
    ],
    scene: (draw) => oneCalendar(draw, { color: draw.any("colors") }),
    wanted: (start) => changesCalendar(start, "the color was changed", { color: start.values["color"] }),
  }],
});

/** Makes a calendar. */
export const createCalendar = family({
  name: "create_calendar",
  reading: {
    says: /\bcalendar (called|named)\b|\b(new|another|own) calendar\b|\bcreate a calendar\b/i,
    rest: "calendar",
  },
  milestones: ({ calendar = "" }) => {
    const field = textbox("Name", "main:Create new calendar");
    return [
      shown({ name: "form", value: 0.3, control: field, by: button("Add calendar") }),
      written({ name: "name", value: 0.2, field, text: calendar }),
      ...saved({ button: "Create calendar", gone: field, notice: "Calendar created" }),
    ];
  },
  templates: [{
    name: "create_calendar", // Add calendar, the name, Create calendar
    optimum: 3,
    wordings: ['Create a calendar named "{calendar}".', 'Add a new calendar "{calendar}".'],
    paraphrases: [
      '"{calendar}" deserves a calendar of its own; make an own calendar for it.',
      'I would like another calendar; its name is "{calendar}".',
      'Make me a calendar called "{calendar}".',
    ],
    scene: (draw) => plainScene(draw, { calendar: draw.unused("calendars") }),
    wanted: ({ values }) => ({
      done: "the calendar was created",
      items: { calendars: { add: [itemWith({ name: values["calendar"]!, isShown: true })] } },
    }),
  }],
});
