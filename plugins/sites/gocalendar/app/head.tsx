import { Link, Menu, MenuItem, TextInput } from "halo-agent/site/app";
import type { JSX } from "preact";
import { spans, titleOf } from "../state/select.ts";
import { Icon } from "./icon.tsx";
import { Button, type Props } from "./parts.tsx";

/** The bar at the top: home, moving in time, search, how many days are shown. */
export function Head({ state, dispatch }: Props): JSX.Element {
  const { view } = state;
  const spanName = spans.find(([span]) => span === state.span)![1];
  const title = view.name === "tasks" ? "Tasks" : view.name === "search" ? "Search" : titleOf(state);
  return (
    <header>
      <Link name="GoCalendar home" class="logo" href="/calendar" onFollow={() => dispatch({ type: "home" })}>
        <span class="logo-mark" aria-hidden="true">18</span>
        <b>GoCalendar</b>
      </Link>
      <Button name="Today" onClick={() => dispatch({ type: "today" })} />
      <Button name="Previous" icon="left" isIconOnly onClick={() => dispatch({ type: "turn", by: -1 })} />
      <Button name="Next" icon="right" isIconOnly onClick={() => dispatch({ type: "turn", by: 1 })} />
      <h1 role="status">{title}</h1>
      <span class="spring" />
      <div class="search" role="search">
        <Icon name="search" />
        <TextInput
          id="search"
          type="search"
          class=""
          name="Search events"
          placeholder="Search events"
          value={state.searchInput}
          onInput={(text) => dispatch({ type: "search-input", text })}
          onEnter={() => dispatch({ type: "search" })}
        />
      </div>
      <span class="span-menu">
        <Menu
          name={`View: ${spanName}`}
          icon={<Icon name="day" />}
          opens="left"
          isOpen={state.menu === "span"}
          onToggle={() => dispatch({ type: "toggle-menu", menu: "span" })}
        >
          {spans.map(([span, name]) => (
            <MenuItem
              key={span}
              name={name}
              onClick={() => dispatch({ type: "show-span", span })}
            />
          ))}
        </Menu>
      </span>
      <nav aria-label="Pages">
        <Link
          name="Calendar"
          class={`page-link ${view.name === "tasks" ? "" : "current"}`}
          href="/calendar"
          isCurrent={view.name !== "tasks"}
          onFollow={() => dispatch({ type: "show-day", day: state.date })}
        >
          Calendar
        </Link>
        <Link
          name="Tasks"
          class={`page-link ${view.name === "tasks" ? "current" : ""}`}
          href="/tasks"
          isCurrent={view.name === "tasks"}
          onFollow={() => dispatch({ type: "open-tasks", list: "" })}
        >
          Tasks
        </Link>
      </nav>
    </header>
  );
}
