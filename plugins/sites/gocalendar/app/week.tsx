import { weekdayName } from "halo-agent/site";
import { Link } from "halo-agent/site/app";
import type { JSX } from "preact";
import { blocksOf, eventsOn, firstHour, minutesOn, shownDays, tasksOn } from "../state/select.ts";
import type { CalEvent, CalTask } from "../state/state.ts";
import { clock, dayOf, hourText, longDay, minuteOf, today } from "../state/time.ts";
import { EventChip, TaskChip } from "./chips.tsx";
import { dragIn, hourPx, stampAt } from "./drag.ts";
import { Button, type Props } from "./parts.tsx";

const hourOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, "0")}:00`;

/** Some days side by side with their hours. */
export function Week({ state, dispatch }: Props): JSX.Element {
  const days = shownDays(state);
  const first = firstHour(state);
  const hours = Array.from({ length: 24 - first }, (_, i) => first + i);
  const drag = dragIn({ days, first, dispatch });
  return (
    <main aria-label="Days" class="week pane">
      <div class="day-heads" style={{ "--days": days.length }}>
        <div class="gutter">
          <Button
            name={state.isNightShown ? "Hide the night" : "Show the night"}
            text={state.isNightShown ? "Less" : "Earlier"}
            onClick={() => dispatch({ type: "toggle-night" })}
          />
        </div>
        {days.map((day) => (
          <Link
            key={day}
            name={longDay(day)}
            class={`day-head ${day === today ? "today" : ""}`}
            href={`/calendar/day/${day}`}
            onFollow={() => dispatch({ type: "show-day", day, span: "day" })}
          >
            <b>{Number(day.slice(8))}</b>
            <span>{weekdayName(day)}</span>
          </Link>
        ))}
        <div class="gutter quiet">all day</div>
        {days.map((day) => (
          <div key={day} class="all-day" {...drag.whole(day)}>
            <button
              type="button"
              class="slot"
              aria-label={`Add all day on ${longDay(day)}`}
              onClick={(e) =>
                e.detail === 0 && dispatch({ type: "new", kind: "event", at: `${day}T09:00`, allDay: true })}
            />
            <ul>
              {eventsOn(state, day).filter(({ allDay }) => allDay).map((event) => (
                <EventChip key={event.id} state={state} dispatch={dispatch} event={event} />
              ))}
              {tasksOn(state, day).filter(({ allDay }) => allDay).map((task) => (
                <TaskChip key={task.id} state={state} dispatch={dispatch} task={task} />
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div class="hours" style={{ "--days": days.length }} {...drag.hours}>
        <div class="gutter">
          {hours.map((hour) => (
            <span key={hour} class="hour">{hour === first ? "" : hourText(hourOf(hour * 60)).replace(":00", "")}</span>
          ))}
        </div>
        {days.map((day) => <Day key={day} state={state} dispatch={dispatch} day={day} first={first} />)}
      </div>
    </main>
  );
}

function Day({ state, dispatch, day, first }: Props & { readonly day: string; readonly first: number }): JSX.Element {
  const spanOf = (item: CalEvent | CalTask): readonly [number, number] =>
    "due" in item
      ? [Math.min(minuteOf(item.due), 1410), Math.min(minuteOf(item.due), 1410) + 30]
      : minutesOn(item, day);
  const items: readonly (CalEvent | CalTask)[] = [...eventsOn(state, day), ...tasksOn(state, day)];
  const now = clock.stampOf(state.clock);
  const px = (minute: number): number => (minute - first * 60) * hourPx / 60;
  return (
    <div class={`day ${day === today ? "today" : ""}`}>
      <button
        type="button"
        class="slot"
        aria-label={`Add on ${longDay(day)}`}
        onClick={(e) => e.detail === 0 && dispatch({ type: "new", kind: "event", at: stampAt(day, 9 * 60) })}
      />
      <ul>
        {blocksOf(items.filter(({ allDay }) => !allDay), spanOf).map(({ item, from, to, ...block }) => {
          const at = { top: px(from), height: px(to) - px(from) - 2, block };
          return "due" in item
            ? <TaskChip key={item.id} state={state} dispatch={dispatch} task={item} at={at} />
            : <EventChip key={item.id} state={state} dispatch={dispatch} event={item} at={at} />;
        })}
      </ul>
      {dayOf(now) === day && minuteOf(now) >= first * 60 && (
        <div class="now" style={{ top: `${px(minuteOf(now))}px` }} />
      )}
    </div>
  );
}
