import { Checkbox, Menu, MenuItem } from "halo-agent/site/app";
import type { JSX } from "preact";
import { shownDays } from "../state/select.ts";
import { colors } from "../state/state.ts";
import { Icon } from "./icon.tsx";
import { MiniMonth } from "./mini-month.tsx";
import { Button, type Props, tint } from "./parts.tsx";

/** The left column: Create, a month, the calendars. */
export function Side({ state, dispatch }: Props): JSX.Element {
  const days = state.span === "month" ? [] : shownDays(state);
  return (
    <aside aria-label="Calendars">
      <span class="create">
        <Menu
          name="Create"
          icon={<Icon name="plus" />}
          isOpen={state.menu === "create"}
          onToggle={() => dispatch({ type: "toggle-menu", menu: "create" })}
        >
          <MenuItem name="Event" icon={<Icon name="day" />} onClick={() => dispatch({ type: "new", kind: "event" })} />
          <MenuItem name="Task" icon={<Icon name="check" />} onClick={() => dispatch({ type: "new", kind: "task" })} />
        </Menu>
      </span>
      <MiniMonth
        state={state}
        dispatch={dispatch}
        chosen={days}
        verb="Show"
        onChoose={(day) => dispatch({ type: "show-day", day })}
      />
      <div class="side-head">
        <b>My calendars</b>
        <span class="spring" />
        <Button
          name="Add calendar"
          icon="plus"
          isIconOnly
          onClick={() => dispatch({ type: "open-calendar-form", id: null })}
        />
      </div>
      <ul class="calendars pane">
        {state.calendars.map(({ id, name, color, isShown }) => (
          <li key={id} class="calendar" style={tint(colors[color]!)}>
            <Checkbox
              name={`Show calendar ${name}`}
              value={isShown}
              onToggle={() =>
                dispatch({ type: "toggle-calendar", id })}
            />
            <span class="calendar-name">{name}</span>
            <span class="spring" />
            <Menu
              name={`Options for ${name}`}
              icon={<Icon name="more" />}
              isIconOnly
              isOpen={state.menu === `calendar ${id}`}
              onToggle={() =>
                dispatch({ type: "toggle-menu", menu: `calendar ${id}` })}
            >
              <MenuItem
                name="Display this only"
                onClick={() =>
                  dispatch({ type: "show-only", id })}
              />
              <MenuItem name="Settings" onClick={() => dispatch({ type: "open-calendar-form", id })} />
              <div class="menu-line" />
              {Object.entries(colors).map(([one, value]) => (
                <MenuItem
                  key={one}
                  name={one}
                  icon={<span class={`swatch ${one === color ? "on" : ""}`} style={tint(value)} />}
                  onClick={() => dispatch({ type: "color-calendar", id, color: one })}
                />
              ))}
            </Menu>
          </li>
        ))}
      </ul>
    </aside>
  );
}
