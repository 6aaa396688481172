import { first } from "halo-agent/site/app";
import type { JSX } from "preact";
import { addressOf } from "../state/people.ts";
import { calendarOf } from "../state/select.ts";
import type { CalEvent, CalTask } from "../state/state.ts";
import { dayOf, daysText, hourText, longDay, spanText } from "../state/time.ts";
import { Button, colorOf, Line, type Props, tint } from "./parts.tsx";

/** The window with the details of an event or a task. */
export function Details({ state, dispatch }: Props): JSX.Element | null {
  const { details } = state;
  if (details === null) return null;
  const { kind, id } = details;
  const event = kind === "event" ? state.events.find((one) => one.id === id) : undefined;
  const task = kind === "task" ? state.tasks.find((one) => one.id === id) : undefined;
  const title = event?.title ?? task?.title;
  if (title === undefined) return null;
  return (
    <div
      class="window details"
      role="dialog"
      aria-label={`Details of ${title}`}
      style={event && tint(colorOf(state, event))}
    >
      <div class="window-bar">
        <Button name="Edit" icon="pen" {...first} onClick={() => dispatch({ type: "edit", kind, id })} />
        <Button name="Delete" icon="trash" onClick={() => dispatch({ type: "delete", kind, id })} />
        <span class="spring" />
        <Button name="Close" icon="close" isIconOnly onClick={() => dispatch({ type: "close" })} />
      </div>
      <h2>{title}</h2>
      {event && <EventLines state={state} dispatch={dispatch} event={event} />}
      {task && <TaskLines dispatch={dispatch} task={task} />}
    </div>
  );
}

const whenOf = ({ allDay, start, end }: CalEvent): string => {
  if (allDay) return daysText(start, end);
  const ends = dayOf(end) === dayOf(start) ? "" : ` (${longDay(dayOf(end))})`;
  return `${longDay(dayOf(start))}, ${spanText(start, end)}${ends}`;
};

function EventLines({ state, event }: Props & { readonly event: CalEvent }): JSX.Element {
  const { location, guests = [], meeting, description, visibility, notification = 30 } = event;
  return (
    <>
      <Line icon="clock">{whenOf(event)}</Line>
      {event.series !== undefined && <Line icon="repeat">Repeats</Line>}
      {location !== undefined && <Line icon="place">{location}</Line>}
      {meeting !== undefined && <Line icon="camera">meet.google.com/{meeting}</Line>}
      {guests.length > 0 && (
        <Line icon="guests">
          {guests.length} {guests.length === 1 ? "guest" : "guests"}
          {event.isSent ? ", invited" : ""}
          {guests.map((name) => (
            <span key={name} class="guest-line">
              {name} <span class="quiet">{addressOf(name)}</span>
            </span>
          ))}
        </Line>
      )}
      {description !== undefined && <Line icon="text">{description}</Line>}
      <Line icon="bell">{notification === 0 ? "At the start" : `${notification} minutes before`}</Line>
      {visibility !== undefined && <Line icon="lock">{visibility === "public" ? "Public" : "Private"}</Line>}
      <Line icon="day">
        {calendarOf(state, event.calendar)?.name}, {event.availability === "free" ? "free" : "busy"}
      </Line>
    </>
  );
}

function TaskLines({ dispatch, task }: Pick<Props, "dispatch"> & { readonly task: CalTask }): JSX.Element {
  return (
    <>
      <Line icon="clock">{longDay(dayOf(task.due))}{task.allDay ? "" : `, ${hourText(task.due)}`}</Line>
      <Line icon="list">{task.list}</Line>
      {task.description !== undefined && <Line icon="text">{task.description}</Line>}
      <div class="window-foot">
        <Button
          name={task.isDone ? "Mark not completed" : "Mark completed"}
          icon="check"
          onClick={() => dispatch({ type: "tick-task", id: task.id })}
        />
      </div>
    </>
  );
}
