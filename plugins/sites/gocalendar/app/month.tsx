import { weekdayName } from "halo-agent/site";
import { Link } from "halo-agent/site/app";
import type { JSX } from "preact";
import { eventsOn, shownDays, tasksOn } from "../state/select.ts";
import { longDay, today } from "../state/time.ts";
import { EventChip, TaskChip } from "./chips.tsx";
import { Button, type Props } from "./parts.tsx";

/** Chips that fit into a day of a month of five and of six weeks. */
const fits = (days: number): number => days > 35 ? 3 : 4;

/** A whole month; what does not fit into a day is a click away. */
export function Month({ state, dispatch }: Props): JSX.Element {
  const days = shownDays(state);
  const month = state.date.slice(0, 7);
  return (
    <main aria-label="Month" class="month">
      {days.slice(0, 7).map((day) => <span key={day} class="month-head">{weekdayName(day)}</span>)}
      {days.map((day) => {
        const [events, tasks] = [eventsOn(state, day), tasksOn(state, day)];
        const all = [
          ...events.map((event) => <EventChip key={event.id} state={state} dispatch={dispatch} event={event} />),
          ...tasks.map((task) => <TaskChip key={task.id} state={state} dispatch={dispatch} task={task} />),
        ];
        const shown = all.length > fits(days.length) ? fits(days.length) - 1 : all.length;
        return (
          <div
            key={day}
            class={`month-day ${day.slice(0, 7) === month ? "" : "other"} ${day === today ? "today" : ""}`}
          >
            <button
              type="button"
              class="slot"
              aria-label={`Add on ${longDay(day)}`}
              onClick={() => dispatch({ type: "new", kind: "event", at: `${day}T09:00` })}
            />
            <Link
              name={longDay(day)}
              class="month-number"
              href={`/calendar/day/${day}`}
              onFollow={() => dispatch({ type: "show-day", day, span: "day" })}
            >
              {Number(day.slice(8))}
            </Link>
            <ul>{all.slice(0, shown)}</ul>
            {shown < all.length && (
              <Button
                name={`${all.length - shown} more on ${longDay(day)}`}
                text={`${all.length - shown} more`}
                onClick={() => dispatch({ type: "show-day", day, span: "day" })}
              />
            )}
          </div>
        );
      })}
    </main>
  );
}
