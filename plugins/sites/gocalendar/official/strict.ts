import type { Asked, BeforeAfter, NewItem } from "halo-agent/site";
import { daysOfSeries } from "../state/repeat.ts";
import type { CalEvent, CalTask, GoCalendarState } from "../state/state.ts";
import { dayOf, longDay, minuteOf } from "../state/time.ts";

type State = GoCalendarState;

/** A day that is named by its weekday is the one of the week on screen or the next to come. */
const [mondays, wednesdays] = [["2024-07-22", "2024-07-15"], ["2024-07-24", "2024-07-17"]] as const;

/**
 * Strict rules of the REAL tasks on this site, by task id: all that may be done under each reading of the goal.
 * v2.gocalendar-11 ships an empty script, so that nothing can pass it; it has no rule.
 */
export const strict: Readonly<Record<string, (states: BeforeAfter<State>) => readonly Asked<State>[]>> = {
  "v2.gocalendar-4": () => [adds(
    ...daysOfSeries("2024-09-20", "weekdays").map((day) =>
      event({ day, says: ["work.?out|gym|exercise|train"], from: 19 * 60 + 45, to: 20 * 60 + 45, place: "gym" })
    ),
  )],
  "v2.gocalendar-6": () => wednesdays.map((day) => adds(event({ day, says: ["pick", "sister"], from: 11 * 60 }))),
  "v2.gocalendar-8": () => mondays.map((day) => ({ items: { tasks: { add: [emailTask(day)] } } })),
  "v2.gocalendar-10": deletes("Dinner with Friends"),
  "v2.gocalendar-12": () => mondays.map((day) => adds(event({ day, says: ["gym", "clothes"], from: "morning" }))),
  "v2.gocalendar-13": () => [adds(
    event({ day: "2024-07-21", lastDay: "2024-07-27", says: ["math", "camp"], place: "sunnyvale" }),
  )],
  "v2.gocalendar-16": deletes("Reading Time"),
  "v2.gocalendar-18": deletes("Morning Coffee with Sister"),
  "v2.gocalendar-23": deletes("Project Sync"),
};

/** The same for the tasks of REAL's first version that this calendar has all things for. */
export const earlier: typeof strict = {
  "v1.gocalendar-1": () => [adds(
    event({ day: "2024-07-19", says: ["team meeting"], from: 14 * 60, to: 14 * 60 + 30, place: "conference room a" }),
  )],
  "v1.gocalendar-3": deletes("Breakfast Meeting with Client"),
  "v1.gocalendar-4": ({ before }) => {
    const meant = before.events.filter(({ title, start }) =>
      title === "Team Check-In" && dayOf(start) === "2024-07-18"
    );
    const change = meant.map(({ id }) => [id, { title: "Project Kickoff", location: "Zoom" }] as const);
    return [{ items: { events: { change: Object.fromEntries(change) } } }];
  },
};

/** The event of this title, and no other. */
function deletes(title: string): (states: BeforeAfter<State>) => readonly Asked<State>[] {
  return ({ before }) => [{
    items: { events: { remove: before.events.filter((one) => one.title === title).map(({ id }) => id) } },
  }];
}

const adds = (...events: readonly NewItem<CalEvent>[]): Asked<State> => ({ items: { events: { add: events } } });

const isMorning = (minute: number): boolean => minute >= 7 * 60 && minute < 12 * 60;
const lacks = (text: string, words: readonly string[]): string | undefined =>
  words.find((word) => !new RegExp(word, "i").test(text));

interface Wanted {
  readonly day: string;
  /** Of an event of whole days. */
  readonly lastDay?: string;
  /** What the title must say; `|` parts words that mean the same. */
  readonly says: readonly string[];
  readonly from?: number | "morning";
  readonly to?: number;
  readonly place?: string;
}

/** A new event of the user's alone, on one day. */
function event({ day, lastDay, says, from, to, place }: Wanted): NewItem<CalEvent> {
  return {
    among: (one) => dayOf(one.start) === day,
    none: `nothing was added on ${longDay(day)}`,
    problem(one) {
      const missing = lacks(one.title, says);
      if (missing !== undefined) return `the title "${one.title}" says nothing of "${missing}"`;
      if (one.guests !== undefined || one.meeting !== undefined) return "guests or a meeting were added as well";
      if (place !== undefined && !new RegExp(place, "i").test(one.location ?? "")) return `it is not at "${place}"`;
      if (lastDay !== undefined) {
        return one.allDay && dayOf(one.end) === lastDay ? "" : `it is not on the whole days to ${longDay(lastDay)}`;
      }
      const start = minuteOf(one.start);
      if (one.allDay || !(from === "morning" ? isMorning(start) : start === from)) return "it begins at another time";
      return to === undefined || (minuteOf(one.end) === to && dayOf(one.end) === day) ? "" : "it ends at another time";
    },
  };
}

function emailTask(day: string): NewItem<CalTask> {
  return {
    among: () => true,
    none: "no task was added",
    problem(task) {
      const missing = lacks(task.title, ["e-?mail", "ashley"]);
      if (missing !== undefined) return `the title "${task.title}" says nothing of "${missing}"`;
      if (dayOf(task.due) !== day) return "it is due on another day";
      return !task.allDay && isMorning(minuteOf(task.due)) ? "" : "it is not due in the morning";
    },
  };
}
