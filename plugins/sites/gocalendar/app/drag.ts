import type { Event } from "../state/event.ts";
import type { CalEvent } from "../state/state.ts";
import { dayOf, daysBetween, later, minuteOf } from "../state/time.ts";

/** Height of an hour on the page. */
export const hourPx = 40;

/** The local time at a minute of a day. */
export const stampAt = (day: string, minute: number): string => later(`${day}T00:00`, minute);

/** Where a press began: on free hours, or on an event with the minutes from its start to the pointer. */
interface Press {
  readonly x: number;
  readonly y: number;
  readonly day: string;
  readonly minute: number;
  readonly event?: CalEvent | undefined;
  /** The chip under the pointer, if any. */
  readonly chip: Element | null;
  readonly allDay: boolean;
}

/** The press in progress and what it is on; a gesture ends before anything else can happen to the page. */
let press: Press | undefined;
let grabbed: CalEvent | null | undefined;

/** Says that a press begins on an event, or on something that cannot be moved. */
export function grab(event: CalEvent | null): void {
  grabbed = event;
}

/** Less is a click. */
const farPx = 6;

/** Presses on the hours: a click adds at a half hour, a pull over free hours adds as long, a pull at an event moves it. */
export function dragIn(
  o: { readonly days: readonly string[]; readonly first: number; readonly dispatch: (event: Event) => void },
) {
  const pointOf = (e: PointerEvent): { readonly day: string; readonly minute: number } => {
    const box = (e.currentTarget as HTMLElement).getBoundingClientRect();
    const columns = [...(e.currentTarget as HTMLElement).children].slice(1).map((child) =>
      child.getBoundingClientRect()
    );
    const at = columns.findIndex(({ right }) => e.clientX < right);
    const day = o.days[at < 0 ? o.days.length - 1 : at]!;
    return { day, minute: o.first * 60 + (e.clientY - box.top) * 60 / hourPx };
  };
  const chipAt = (e: PointerEvent): Element | null => (e.target as HTMLElement).closest("li");
  const isFar = (e: PointerEvent, from: Press): boolean =>
    Math.abs(e.clientX - from.x) + Math.abs(e.clientY - from.y) > farPx;
  /** The click that the browser sends after a pull must not open what was pulled. */
  const swallow = (target: EventTarget | null): void =>
    target?.addEventListener("click", (e) => e.stopImmediatePropagation(), { capture: true, once: true });
  const down = (e: PointerEvent, allDay: boolean, place: { readonly day: string; readonly minute: number }): void => {
    const event = grabbed;
    grabbed = undefined;
    const isFixed = e.button !== 0 || event === null;
    press = isFixed ? undefined : { x: e.clientX, y: e.clientY, ...place, event, chip: chipAt(e), allDay };
  };
  const steps = (minute: number, step: number): number =>
    Math.min(1440 - step, Math.max(0, Math.floor(minute / step) * step));
  return {
    hours: {
      onPointerDown: (e: PointerEvent) => down(e, false, pointOf(e)),
      onPointerUp: (e: PointerEvent) => {
        const from = press;
        press = undefined;
        if (from === undefined || from.allDay) return;
        const to = pointOf(e);
        if (from.event !== undefined) {
          if (!isFar(e, from)) return;
          const before = from.minute - minuteOf(from.event.start);
          if (chipAt(e) === from.chip) swallow((e.target as HTMLElement).closest("button"));
          o.dispatch({
            type: "move-event",
            id: from.event.id,
            to: stampAt(to.day, steps(to.minute - before + 7.5, 15)),
          });
          return;
        }
        if (!isFar(e, from)) {
          return o.dispatch({ type: "new", kind: "event", at: stampAt(from.day, steps(from.minute, 30)) });
        }
        const [start, end] = [Math.min(from.minute, to.minute), Math.max(from.minute, to.minute)].map((m) =>
          steps(m + 7.5, 15)
        );
        o.dispatch({ type: "new", kind: "event", at: stampAt(from.day, start!), minutes: Math.max(15, end! - start!) });
      },
    },
    /** The row of whole days; a pull over several of them adds for all of them. */
    whole: (day: string) => ({
      onPointerDown: (e: PointerEvent) => down(e, true, { day, minute: 0 }),
      onPointerUp: () => {
        const from = press;
        press = undefined;
        if (from === undefined || !from.allDay) return;
        if (from.event !== undefined) {
          const shifted = daysBetween(from.day, day);
          if (shifted !== 0) {
            o.dispatch({ type: "move-event", id: from.event.id, to: later(from.event.start, shifted * 1440) });
          }
          return;
        }
        const [start, end] = from.day <= day ? [from.day, day] : [day, from.day];
        o.dispatch({
          type: "new",
          kind: "event",
          at: `${dayOf(start)}T09:00`,
          allDay: true,
          days: daysBetween(start, end),
        });
      },
    }),
  };
}
