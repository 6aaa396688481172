import { Checkbox, Link } from "halo-agent/site/app";
import type { JSX } from "preact";
import { found, tasksIn } from "../state/select.ts";
import { type CalTask, taskLists } from "../state/state.ts";
import { dayOf, hourText, longDay } from "../state/time.ts";
import { EventChip, TaskChip } from "./chips.tsx";
import { Button, type Props } from "./parts.tsx";

/** The page of tasks, of one list or of all. */
export function Tasks({ state, dispatch, list }: Props & { readonly list: string }): JSX.Element {
  const tasks = tasksIn(state, list);
  const entry = (to: string, name: string): JSX.Element => (
    <Link
      key={name}
      name={name}
      class={`list-link ${to === list ? "current" : ""}`}
      href={to === "" ? "/tasks" : `/tasks/${to}`}
      isCurrent={to === list}
      onFollow={() => dispatch({ type: "open-tasks", list: to })}
    >
      {name}
      <span class="quiet">{tasksIn(state, to).filter(({ isDone }) => !isDone).length}</span>
    </Link>
  );
  return (
    <main aria-label="Tasks" class="lists pane">
      <nav aria-label="Lists">{entry("", "All lists")}{taskLists.map((name) => entry(name, name))}</nav>
      {tasks.length === 0 && <p class="empty">Nothing to do here. Create a task and it shows up in this list.</p>}
      <ul class="task-rows">
        {tasks.map((task) => <TaskRow key={task.id} state={state} dispatch={dispatch} task={task} />)}
      </ul>
    </main>
  );
}

function TaskRow({ dispatch, task }: Props & { readonly task: CalTask }): JSX.Element {
  const { id, title } = task;
  return (
    <li class={task.isDone ? "done" : ""}>
      <Checkbox
        name={`Done: ${title}`}
        value={task.isDone ?? false}
        onToggle={() => dispatch({ type: "tick-task", id })}
      />
      <span class="task-title">{title}</span>
      <span class="quiet">{longDay(dayOf(task.due))}{task.allDay ? "" : `, ${hourText(task.due)}`}</span>
      <span class="list-name">{task.list}</span>
      <Button
        name={`Edit task ${title}`}
        icon="pen"
        isIconOnly
        onClick={() => dispatch({ type: "edit", kind: "task", id })}
      />
      <Button
        name={`Delete task ${title}`}
        icon="trash"
        isIconOnly
        onClick={() => dispatch({ type: "delete", kind: "task", id })}
      />
    </li>
  );
}

/** Most results that are shown. */
const most = 40;

/** Events and tasks that a search found. */
export function Results({ state, dispatch, query }: Props & { readonly query: string }): JSX.Element {
  const { events, tasks } = found(state, query);
  const shown = [
    ...events.slice(0, most).map((event) => ({
      day: dayOf(event.start),
      chip: <EventChip key={event.id} state={state} dispatch={dispatch} event={event} />,
    })),
    ...tasks.slice(0, most).map((task) => ({
      day: dayOf(task.due),
      chip: <TaskChip key={task.id} state={state} dispatch={dispatch} task={task} />,
    })),
  ];
  const n = events.length + tasks.length;
  return (
    <main aria-label="Results" class="lists pane">
      <p class="quiet" role="status">
        {n} {n === 1 ? "result" : "results"} for “{query}”{events.length > most ? `, the first ${most} events` : ""}
      </p>
      {n === 0 && <p class="empty">Nothing matches. Try fewer words, or look through a month.</p>}
      <div class="result-rows">
        {shown.map(({ day, chip }, i) => (
          <div key={i} class="result">
            <span class="result-day">{longDay(day)}</span>
            <ul>{chip}</ul>
          </div>
        ))}
      </div>
    </main>
  );
}
