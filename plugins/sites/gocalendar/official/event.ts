import { addressOf } from "../state/people.ts";
import { calendarOf } from "../state/select.ts";
import { type Calendar, type CalEvent, type CalTask, colors, type GoCalendarState } from "../state/state.ts";
import { clock } from "../state/time.ts";

/** A calendar in the hosted site's words. */
export const officialCalendar = ({ id, name, color }: Calendar) => ({ id, name, color: colors[color] ?? color });

/** An event in the hosted site's words; times are ISO UTC, whole days end at the start of their last one. */
export function officialEvent(state: GoCalendarState, event: CalEvent) {
  const calendar = calendarOf(state, event.calendar);
  return {
    id: event.id,
    ...(event.meeting !== undefined && { meetingId: `meet.google.com/${event.meeting}` }),
    start: clock.instantOf(event.start),
    end: clock.instantOf(event.end),
    title: event.title,
    description: event.description ?? "",
    guests: (event.guests ?? []).map((name) => ({ name, photoUrl: `/people/${addressOf(name)}.svg` })),
    hasMeeting: event.meeting !== undefined,
    location: event.location ?? "",
    allDay: event.allDay ?? false,
    guestPermissions: { canModifyEvent: false, canInviteOthers: true, canSeeGuestList: true },
    calendarOptions: {
      ...(calendar && { calendar: officialCalendar(calendar) }),
      color: colors[event.color ?? calendar?.color ?? ""] ?? "",
      availability: event.availability ?? "busy",
      visibility: event.visibility ?? "default",
      notification: event.notification ?? 30,
    },
  };
}

/** A task in the hosted site's words. The script of v2.gocalendar-8 looks for `start`, which hosted tasks lack. */
export function officialTask(task: CalTask, order: number) {
  const due = clock.instantOf(task.due);
  return {
    id: task.id,
    title: task.title,
    description: task.description ?? "",
    dueDate: due,
    start: due,
    isAllDay: task.allDay ?? false,
    list: task.list,
    isCompleted: task.isDone ?? false,
    order,
    createdAt: clock.instantOf(task.created),
    updatedAt: clock.instantOf(task.updated),
  };
}
