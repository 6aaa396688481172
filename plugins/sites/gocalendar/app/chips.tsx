import type { JSX } from "preact";
import type { Block } from "../state/select.ts";
import type { CalEvent, CalTask } from "../state/state.ts";
import { dayOf, daysText, hourText, longDay, spanText } from "../state/time.ts";
import { grab } from "./drag.ts";
import { Icon } from "./icon.tsx";
import { colorOf, type Props, tint } from "./parts.tsx";

/** When an event is, as its day says it. */
const timeText = (event: CalEvent): string => event.allDay ? "all day" : spanText(event.start, event.end);

/** Where a block lies in its day, as parts of a style. */
export interface Placed {
  readonly top: number;
  readonly height: number;
  readonly block: Pick<Block<unknown>, "column" | "columns">;
}

const placed = ({ top, height, block: { column, columns } }: Placed): JSX.CSSProperties => ({
  top: `${top}px`,
  height: `${height}px`,
  left: `${100 * column / columns}%`,
  width: `${100 / columns}%`,
});

/** An event on the page; opens its details. */
export function EventChip(
  { state, dispatch, event, at }: Props & { readonly event: CalEvent; readonly at?: Placed },
): JSX.Element {
  const when = event.allDay ? daysText(event.start, event.end) : longDay(dayOf(event.start));
  const isLow = at !== undefined && at.height < 38;
  return (
    <li
      class={`chip ${at ? "placed" : "row"} ${isLow ? "low" : ""}`}
      style={{ ...tint(colorOf(state, event)), ...(at && placed(at)) }}
    >
      <button
        type="button"
        aria-label={`Open event ${event.title}, ${timeText(event)}, ${when}`}
        onPointerDown={() => grab(event)}
        onClick={() => dispatch({ type: "open-details", kind: "event", id: event.id })}
      >
        <b>{event.title}</b>
        {!(event.allDay) && <span class="chip-time">{timeText(event)}</span>}
        <span class="unseen">{event.allDay ? "all day " : ""}{when}</span>
      </button>
    </li>
  );
}

/** A task on the page; opens its details. */
export function TaskChip(
  { dispatch, task, at }: Props & { readonly task: CalTask; readonly at?: Placed },
): JSX.Element {
  const time = task.allDay ? "" : hourText(task.due);
  return (
    <li class={`chip task ${at ? "placed low" : "row"} ${task.isDone ? "done" : ""}`} style={at && placed(at)}>
      <button
        type="button"
        aria-label={`Open task ${task.title}, ${time === "" ? "" : `${time}, `}${longDay(dayOf(task.due))}`}
        onPointerDown={() => grab(null)}
        onClick={() => dispatch({ type: "open-details", kind: "task", id: task.id })}
      >
        <Icon name={task.isDone ? "check" : "list"} />
        <b>{task.title}</b>
        {time !== "" && <span class="chip-time">{time}</span>}
        <span class="unseen">{longDay(dayOf(task.due))}</span>
      </button>
    </li>
  );
}
