import { monthName } from "halo-agent/site";
import type { JSX } from "preact";
import { monthDays } from "../state/select.ts";
import { dayName, today } from "../state/time.ts";
import { Button, type Props } from "./parts.tsx";

const letters = ["S", "M", "T", "W", "T", "F", "S"];

/** A month as a grid of days to choose from. */
export function MiniMonth(
  { state, dispatch, chosen, verb, onChoose }: Props & {
    readonly chosen: readonly string[];
    /** Begins the names of the days. */
    readonly verb: string;
    readonly onChoose: (day: string) => void;
  },
): JSX.Element {
  const month = state.mini.slice(0, 7);
  const classOf = (day: string): string =>
    `mini-day ${day === today ? "today" : ""} ${chosen.includes(day) ? "chosen" : ""}`;
  return (
    <div class="mini">
      <div class="mini-head">
        <b>{monthName(state.mini)} {state.mini.slice(0, 4)}</b>
        <span class="spring" />
        <Button name="Previous month" icon="left" isIconOnly onClick={() => dispatch({ type: "turn-mini", by: -1 })} />
        <Button name="Next month" icon="right" isIconOnly onClick={() => dispatch({ type: "turn-mini", by: 1 })} />
      </div>
      <div class="mini-days">
        {letters.map((letter, i) => <span key={i} class="mini-letter" aria-hidden="true">{letter}</span>)}
        {monthDays(state.mini).map((day) =>
          day.slice(0, 7) === month
            ? (
              <button
                key={day}
                type="button"
                class={classOf(day)}
                aria-label={`${verb} ${dayName(day)}`}
                aria-pressed={chosen.includes(day)}
                onClick={() => onChoose(day)}
              >
                {Number(day.slice(8))}
              </button>
            )
            : <span key={day} />
        )}
      </div>
    </div>
  );
}
